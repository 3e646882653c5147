"""Do two claims tell the same act? A table of named, weighted features, whose sum explains itself.

Each feature looks at a pair of tellings and gives a number: 0 where it has nothing to say, else how strongly it holds.
Number times weight, summed, is the score; above 0 the claims are one event. Weights: `data/merge.toml`, `[same_event]`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from reportedly import globe
from reportedly.merge.tellings import PRECISE, Spot, Telling, rules
from reportedly.records import MergeDecision, Toponym

_BREATH = 60  # characters between two claims of one sentence, or of two that follow each other
_RADIUS_KM = {"point": 10.0, "city": 25.0, "region": 100.0, "sea": 200.0}


class Pair:
    """Two tellings, the one of the smaller id first, with what several features ask about them."""

    __slots__ = ("_km", "_recipient", "a", "b", "gap")

    def __init__(self, one: Telling, other: Telling) -> None:
        self.a, self.b = (one, other) if one.id <= other.id else (other, one)
        self.gap = _days_between(one, other)
        """Whole days between the two times, 0 where they meet or one is unknown."""
        self._recipient = -1.0  # not asked for yet
        self._km: float | None = -1.0

    @property
    def km(self) -> float | None:
        """Kilometres from the edge of one place to the edge of the other; None unless both are precise."""
        if self._km == -1.0:
            self._km = _km_between_edges(self.a.place, self.b.place)
        return self._km

    @property
    def countries_meet(self) -> bool:
        """A country in common."""
        return not self.a.countries.isdisjoint(self.b.countries)

    @property
    def recipient(self) -> float:
        """How far what is acted on is the same, 0 to 1."""
        if self._recipient == -1.0:
            self._recipient = _same_things(self.a, self.b)
        return self._recipient

    @property
    def actor(self) -> bool:
        """A doer in common."""
        return not self.a.actors.isdisjoint(self.b.actors)

    @property
    def rivals(self) -> bool:
        """Doers that have nothing in common, not even their country."""
        a, b = self.a, self.b
        known = bool(a.actors) and bool(b.actors)
        return known and a.actors.isdisjoint(b.actors) and a.actor_countries.isdisjoint(b.actor_countries)

    @property
    def towns(self) -> bool:
        """Both are at a point or in a town."""
        return all(t.place is not None and t.place.precision in ("point", "city") for t in (self.a, self.b))

    @property
    def dated(self) -> bool:
        """Both say their time."""
        return self.a.stated and self.b.stated

    @property
    def meet(self) -> bool:
        """Both times are known at all, and can be the same."""
        return self.a.first is not None and self.b.first is not None and self.gap == 0

    @property
    def sure(self) -> float:
        """Half where a time is only implied."""
        return 0.5 if self.a.inferred or self.b.inferred else 1.0


def _km_between_edges(a: Spot | None, b: Spot | None) -> float | None:
    if a is None or b is None or a.precision not in PRECISE or b.precision not in PRECISE:
        return None
    km = km_between(a, b)
    return None if km is None else max(km - _reach(a) - _reach(b), 0.0)


def _days_between(a: Telling, b: Telling) -> int:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return 0
    return max(a.first - b.last, b.first - a.last, 0)


def _same_things(a: Telling, b: Telling) -> float:
    if not a.recipients.isdisjoint(b.recipients) or not a.names.isdisjoint(b.names):
        return 1.0
    things = a.things & b.things
    if not things:
        return 0.0
    if len(things) > 1 or "people" not in things:
        return 1.0
    return 0.0 if a.names and b.names else 0.5


@dataclass(frozen=True, slots=True)
class Feature:
    """A named question about two tellings, and the weight of its answer."""

    holds: Callable[[Pair], float]
    weight: float

    @property
    def name(self) -> str:
        """The name of the question, as in the table."""
        return self.holds.__name__


def judge(one: Telling, other: Telling) -> MergeDecision:
    """Whether two claims are one event, with every feature that had something to say."""
    pair = Pair(one, other)
    score = _start()
    because = [f"start {score:+.1f}"]
    for feature in features():
        value = feature.holds(pair)
        if value:
            score += value * feature.weight
            because.append(f"{feature.name} {value:.3g}: {value * feature.weight:+.1f}")
    return MergeDecision(pair.a.id, pair.b.id, score > 0, round(score, 3), tuple(because))


def score_of(one: Telling, other: Telling) -> float:
    """The score of `judge` without its reasons."""
    return _score(Pair(one, other))


def likeness(one: Telling, other: Telling) -> float | None:
    """The score of two claims that are one event, else None. Most pairs are told apart by day and place alone."""
    pair = Pair(one, other)
    hoped_for = _best_score()
    for most, alternatives in _telling_first():
        hoped_for -= most
        for feature in alternatives:
            hoped_for += feature.holds(pair) * feature.weight
        if hoped_for < 0:
            return None
    score = _score(pair)
    return score if score > 0 else None


def _score(pair: Pair) -> float:
    return _start() + sum(feature.holds(pair) * feature.weight for feature in features())


@cache
def _start() -> float:
    return float(rules()["same_event"]["start"])


@cache
def _telling_first() -> tuple[tuple[float, tuple[Feature, ...]], ...]:
    """The features in the order that tells most pairs apart soonest, with the most that each can add.

    Those that exclude each other stand together: of them, one at most adds something.
    """
    by_question = {feature.holds: feature for feature in features()}
    first: tuple[tuple[Callable[[Pair], float], ...], ...] = (
        (same_sentence,), (same_breath,), (days_apart,), (same_day, days_overlap), (days_retold,), (told_too_early,),
        (km_apart,), (same_place, same_region, same_country), (same_recipient, same_recipient_country),
        (same_actor, same_actor_country),
    )  # fmt: skip
    grouped = {question for group in first for question in group}
    rest = [(question,) for question in by_question if question not in grouped]
    groups = [tuple(by_question[question] for question in group) for group in (*first, *rest)]
    return tuple((max(0.0, *(feature.weight for feature in group)), group) for group in groups)


@cache
def _best_score() -> float:
    """The score of a pair of which every good feature holds, and a bit: rounding must not cost a pair its chance."""
    return _start() + sum(most for most, _ in _telling_first()) + 1e-6


@cache
def features() -> tuple[Feature, ...]:
    """The table, with its weights."""
    asked = (
        same_type, same_mode, same_actor, same_actor_country, other_actor, other_speaker, same_recipient,
        same_recipient_country, other_recipient, same_place, same_region, same_country, km_apart, other_country,
        same_day, days_overlap, days_apart, days_retold, no_time, told_too_early, negated_too_early, same_number,
        other_number, same_words, same_sentence, nothing_shared, same_report, same_breath,
    )  # fmt: skip
    weights = rules()["same_event"]
    return tuple(Feature(question, weights[question.__name__]) for question in asked)


# --- what -----------------------------------------------------------------------------------------------------------


def same_type(pair: Pair) -> float:
    """One PLOVER type; half for two of one family."""
    if pair.a.event == pair.b.event:
        return 1.0
    return 0.5 if family(pair.a) == family(pair.b) else 0.0


def family(telling: Telling) -> str:
    """The family of types that may be taken for one another; a type of no family is its own."""
    return _families().get(telling.event, telling.event)


@cache
def _families() -> dict[str, str]:
    return {event: name for name, types in rules()["types"].items() for event in types}


def same_mode(pair: Pair) -> float:
    """A mode in common: both by drone."""
    return float(not pair.a.modes.isdisjoint(pair.b.modes))


# --- who and whom ---------------------------------------------------------------------------------------------------


def same_actor(pair: Pair) -> float:
    """A doer in common."""
    return float(pair.actor)


def same_actor_country(pair: Pair) -> float:
    """Doers of one country: Iran here, its Guards there. Of speakers one must be the state itself."""
    a, b = pair.a, pair.b
    if pair.actor or a.actor_countries.isdisjoint(b.actor_countries):
        return 0.0
    return float(not a.speech or a.by_state or b.by_state)


def other_actor(pair: Pair) -> float:
    """Rival doers; they make an act disputed, and rarely two acts."""
    return float(not pair.a.speech and pair.rivals)


def other_speaker(pair: Pair) -> float:
    """Words of different speakers are different acts, whatever they say."""
    a, b = pair.a, pair.b
    speakers = a.speech and b.speech and a.by_somebody and b.by_somebody
    return float(speakers and not pair.actor and not same_actor_country(pair))


def same_recipient(pair: Pair) -> float:
    """The same one, or the same kind of thing, is acted on; half where all that is known is that it is people."""
    return pair.recipient


def same_recipient_country(pair: Pair) -> float:
    """Recipients of one country that are not otherwise the same."""
    return float(not pair.recipient and not pair.a.recipient_countries.isdisjoint(pair.b.recipient_countries))


def other_recipient(pair: Pair) -> float:
    """Ships here, a pipeline there. People can be hit in any thing or place, so they are no contradiction to one."""
    a, b = pair.a, pair.b
    if pair.recipient or not a.things or not b.things:
        return 0.0
    if a.names and b.names:
        return 1.0
    people = "people" in a.things or "people" in b.things
    return 0.3 if people or not a.recipient_countries.isdisjoint(b.recipient_countries) else 1.0


# --- where ----------------------------------------------------------------------------------------------------------


def same_place(pair: Pair) -> float:
    """Two points or towns within each other's reach."""
    return float(pair.km == 0 and pair.towns)


def same_region(pair: Pair) -> float:
    """A region or a stretch of sea, and a place within it."""
    return float(pair.km == 0 and not pair.towns)


def same_country(pair: Pair) -> float:
    """Places or recipients of one country, where no nearer place is known of both."""
    return float(pair.km is None and pair.countries_meet)


def km_apart(pair: Pair) -> float:
    """Kilometres between two precise places beyond their reach, at most 300."""
    return min(pair.km or 0.0, 300.0)


def other_country(pair: Pair) -> float:
    """Both have a country of their own, and not the same; half where one is only read off a recipient."""
    a, b = pair.a, pair.b
    if pair.km is not None or pair.countries_meet or not a.countries or not b.countries:
        return 0.0
    if any(t.place is not None and t.place.precision == "sea" for t in (a, b)):
        return 0.0
    return 1.0 if a.place is not None and b.place is not None else 0.5


def _reach(place: Spot) -> float:
    return max(place.radius_km or 0.0, _RADIUS_KM[place.precision])


def km_between(a: Spot | Toponym, b: Spot | Toponym) -> float | None:
    """Great-circle distance in kilometres; None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return globe.km_apart(a.lat, a.lon, b.lat, b.lon)


# --- when -----------------------------------------------------------------------------------------------------------


def same_day(pair: Pair) -> float:
    """Both say the day, and it is the same; half where one only implies it."""
    return pair.sure if pair.dated and pair.meet else 0.0


def days_overlap(pair: Pair) -> float:
    """The times can be the same, but one of them is inferred, or as wide as a week or a month."""
    return float(not pair.dated and pair.meet and not _is_timeless(pair.a) and not _is_timeless(pair.b))


def no_time(pair: Pair) -> float:
    """One tells no time, or years: "there have been attacks on ships this spring"."""
    return float(_is_timeless(pair.a) or _is_timeless(pair.b))


def days_apart(pair: Pair) -> float:
    """Days between two times that were both said, at most 10; half where one is only implied."""
    return min(pair.gap, 10) * pair.sure if pair.dated else 0.0


def days_retold(pair: Pair) -> float:
    """Days by which an undated mention lies behind the day that the other says, at most 20: background, retold."""
    return 0.0 if pair.dated else float(min(pair.gap, 20))


def negated_too_early(pair: Pair) -> float:
    """One says, before the other was printed, that nothing of the kind has happened: it cannot mean this."""
    return float(_negates_before(pair.a, pair.b) or _negates_before(pair.b, pair.a))


def _negates_before(a: Telling, b: Telling) -> bool:
    dated = a.published is not None and b.published is not None
    return a.polarity == "negated" and dated and (a.published or 0) < (b.published or 0)


def told_too_early(pair: Pair) -> float:
    """One was printed before the day on which the other says that it happened."""
    return float(_printed_before(pair.a, pair.b) or _printed_before(pair.b, pair.a))


def _printed_before(a: Telling, b: Telling) -> bool:
    return a.published is not None and b.stated and b.first is not None and a.published + 1 < b.first


def _is_timeless(telling: Telling) -> bool:
    return telling.first is None or telling.last is None or telling.last - telling.first > 31


# --- how many, in which words ---------------------------------------------------------------------------------------


def same_number(pair: Pair) -> float:
    """The same number of the same things."""
    a, b = pair.a.numbers, pair.b.numbers
    return float(any(a[k] == b[k] for k in a.keys() & b.keys()))


def other_number(pair: Pair) -> float:
    """Different numbers of the same things; counts grow, so they hardly tell acts apart."""
    a, b = pair.a.numbers, pair.b.numbers
    return float(any(a[k] != b[k] for k in a.keys() & b.keys()))


def same_words(pair: Pair) -> float:
    """The share of the shorter claim's stems that the longer has, too; of four where it has fewer."""
    a, b = pair.a.words, pair.b.words
    return len(a & b) / max(min(len(a), len(b)), 4)


def same_sentence(pair: Pair) -> float:
    """Word for word the same, in two reports: one was copied."""
    return float(pair.a.sentence == pair.b.sentence and pair.a.report != pair.b.report)


def nothing_shared(pair: Pair) -> float:
    """Neither recipient nor precise place nor number in common: "Iran denied it" is told every day."""
    return float(not (pair.recipient or same_place(pair) or same_number(pair)))


def same_report(pair: Pair) -> float:
    """One report tells both: its coder took them for two."""
    return float(pair.a.report == pair.b.report)


def same_breath(pair: Pair) -> float:
    """A deed and its victims, told side by side: "struck the market; nine people were killed"."""
    a, b = pair.a, pair.b
    if a.report != b.report or a.speech or family(a) != family(b):
        return 0.0
    victims = "people" in a.things or "people" in b.things
    return float(victims and max(a.start - b.end, b.start - a.end) < _BREATH and not pair.rivals)
