"""Do two claims tell the same act? A table of named, weighted features, whose sum explains itself.

Each feature looks at two tellings and gives a number: 0 where it has nothing to say, else how strongly it holds. Number
times weight, summed, is the score; above 0 the claims are one event. Weights: `data/merge.toml`, `[same_event]`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from reportedly import globe
from reportedly.merge.tellings import PRECISE, Telling, rules
from reportedly.records import MergeDecision, Toponym

_BREATH = 60  # characters between two claims of one sentence, or of two that follow each other
_RADIUS_KM = {"point": 10.0, "city": 25.0, "region": 100.0, "sea": 200.0}


@dataclass(frozen=True, slots=True)
class Feature:
    """A named question about two tellings, and the weight of its answer."""

    holds: Callable[[Telling, Telling], float]
    weight: float

    @property
    def name(self) -> str:
        """The name of the question, as in the table."""
        return self.holds.__name__


def judge(a: Telling, b: Telling) -> MergeDecision:
    """Whether two claims are one event, with every feature that had something to say."""
    start = rules()["same_event"]["start"]
    score, because = start, [f"start {start:+.1f}"]
    for feature in features():
        value = feature.holds(a, b)
        if value:
            score += value * feature.weight
            because.append(f"{feature.name} {value:.3g}: {value * feature.weight:+.1f}")
    this, that = sorted((a.claim.id, b.claim.id))
    return MergeDecision(this, that, score > 0, round(score, 3), tuple(because))


def score_of(a: Telling, b: Telling) -> float:
    """The score of `judge` without its reasons."""
    start: float = rules()["same_event"]["start"]
    return start + sum(f.holds(a, b) * f.weight for f in features())


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


def same_type(a: Telling, b: Telling) -> float:
    """One PLOVER type; half for two of one family."""
    if a.claim.event == b.claim.event:
        return 1.0
    return 0.5 if family(a) == family(b) else 0.0


def family(telling: Telling) -> str:
    """The family of types that may be taken for one another; a type of no family is its own."""
    event = telling.claim.event
    return next((name for name, types in rules()["types"].items() if event in types), event)


def same_mode(a: Telling, b: Telling) -> float:
    """A mode in common: both by drone."""
    return float(bool(set(a.claim.modes) & set(b.claim.modes)))


# --- who and whom ---------------------------------------------------------------------------------------------------


def same_actor(a: Telling, b: Telling) -> float:
    """A doer in common."""
    return float(bool(a.actors & b.actors))


def same_actor_country(a: Telling, b: Telling) -> float:
    """Doers of one country: Iran here, its Guards there. Of speakers one must be the state itself."""
    if a.actors & b.actors or not a.actor_countries & b.actor_countries:
        return 0.0
    return float(not _is_speech(a) or _is_state(a) or _is_state(b))


def other_actor(a: Telling, b: Telling) -> float:
    """Rival doers; they make an act disputed, and rarely two acts."""
    return float(_rival_actors(a, b) and not _is_speech(a))


def other_speaker(a: Telling, b: Telling) -> float:
    """Words of different speakers are different acts, whatever they say."""
    known = bool(a.claim.actors) and bool(b.claim.actors)
    return float(known and _is_speech(a) and _is_speech(b) and not a.actors & b.actors and not same_actor_country(a, b))


def same_recipient(a: Telling, b: Telling) -> float:
    """The same one, or the same kind of thing, is acted on; half where all that is known is that it is people."""
    if a.recipients & b.recipients or a.names & b.names or (a.things & b.things) - {"people"}:
        return 1.0
    return 0.5 if "people" in a.things & b.things and not (a.names and b.names) else 0.0


def same_recipient_country(a: Telling, b: Telling) -> float:
    """Recipients of one country that are not otherwise the same."""
    return float(not same_recipient(a, b) and bool(a.recipient_countries & b.recipient_countries))


def other_recipient(a: Telling, b: Telling) -> float:
    """Ships here, a pipeline there. People can be hit in any thing or place, so they are no contradiction to one."""
    if same_recipient(a, b) or not a.things or not b.things:
        return 0.0
    if a.names and b.names:
        return 1.0
    if a.recipient_countries & b.recipient_countries or (a.things | b.things) & {"people"}:
        return 0.3
    return 1.0


def _is_speech(telling: Telling) -> bool:
    return telling.claim.quad.startswith("verbal")


def _is_state(telling: Telling) -> bool:
    return any(p.actor.kind == "state" for p in telling.claim.actors)


def _rival_actors(a: Telling, b: Telling) -> bool:
    known = bool(a.actors) and bool(b.actors)
    return known and not a.actors & b.actors and not a.actor_countries & b.actor_countries


# --- where ----------------------------------------------------------------------------------------------------------


def same_place(a: Telling, b: Telling) -> float:
    """Two points or towns within each other's reach."""
    return float(_near(a, b) and _both_in(a, b, ("point", "city")))


def same_region(a: Telling, b: Telling) -> float:
    """A region or a stretch of sea, and a place within it."""
    return float(_near(a, b) and not _both_in(a, b, ("point", "city")))


def same_country(a: Telling, b: Telling) -> float:
    """Places or recipients of one country, where no nearer place is known of both."""
    return float(_km_between(a, b) is None and bool(a.countries & b.countries))


def km_apart(a: Telling, b: Telling) -> float:
    """Kilometres between two precise places beyond their reach, at most 300."""
    return min(_km_between(a, b) or 0.0, 300.0)


def other_country(a: Telling, b: Telling) -> float:
    """Both have a country of their own, and not the same; half where one is only read off a recipient."""
    if _km_between(a, b) is not None or not a.countries or not b.countries or a.countries & b.countries:
        return 0.0
    placed = a.place is not None and b.place is not None
    at_sea = any(t.place is not None and t.place.precision == "sea" for t in (a, b))
    return 0.0 if at_sea else 1.0 if placed else 0.5


def _both_in(a: Telling, b: Telling, precisions: tuple[str, ...]) -> bool:
    return all(t.place is not None and t.place.precision in precisions for t in (a, b))


def _near(a: Telling, b: Telling) -> bool:
    return _km_between(a, b) == 0.0


def _km_between(a: Telling, b: Telling) -> float | None:
    """Kilometres from the edge of one place to the edge of the other; None unless both are precise."""
    if a.place is None or b.place is None or not _both_in(a, b, PRECISE):
        return None
    km = km_between(a.place, b.place)
    return None if km is None else max(km - _reach(a.place) - _reach(b.place), 0.0)


def _reach(place: Toponym) -> float:
    return max(place.radius_km or 0.0, _RADIUS_KM[place.precision])


def km_between(a: Toponym, b: Toponym) -> float | None:
    """Great-circle distance in kilometres; None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return globe.km_apart(a.lat, a.lon, b.lat, b.lon)


# --- when -----------------------------------------------------------------------------------------------------------


def same_day(a: Telling, b: Telling) -> float:
    """Both say the day, and it is the same; half where one only implies it."""
    return float(_overlap(a, b) and a.stated and b.stated) * _sure(a, b)


def days_overlap(a: Telling, b: Telling) -> float:
    """The times can be the same, but one of them is inferred, or as wide as a week or a month."""
    return float(_overlap(a, b) and not (a.stated and b.stated) and not _is_timeless(a) and not _is_timeless(b))


def no_time(a: Telling, b: Telling) -> float:
    """One tells no time, or years: "there have been attacks on ships this spring"."""
    return float(_is_timeless(a) or _is_timeless(b))


def days_apart(a: Telling, b: Telling) -> float:
    """Days between two times that were both said, at most 10; half where one is only implied."""
    return min(_gap(a, b), 10.0) * _sure(a, b) if a.stated and b.stated else 0.0


def days_retold(a: Telling, b: Telling) -> float:
    """Days by which an undated mention lies behind the day that the other says, at most 20: background, retold."""
    return 0.0 if a.stated and b.stated else min(_gap(a, b), 20.0)


def negated_too_early(a: Telling, b: Telling) -> float:
    """One says, before the other was printed, that nothing of the kind has happened: it cannot mean this."""
    return float(_negates_before(a, b) or _negates_before(b, a))


def _negates_before(a: Telling, b: Telling) -> bool:
    dated = a.published is not None and b.published is not None
    return a.claim.polarity == "negated" and dated and (a.published or 0) < (b.published or 0)


def told_too_early(a: Telling, b: Telling) -> float:
    """One was printed before the day on which the other says that it happened."""
    return float(_printed_before(a, b) or _printed_before(b, a))


def _printed_before(a: Telling, b: Telling) -> bool:
    return a.published is not None and b.stated and b.first is not None and a.published + 1 < b.first


def _overlap(a: Telling, b: Telling) -> bool:
    return a.first is not None and b.first is not None and _gap(a, b) == 0.0


def _sure(a: Telling, b: Telling) -> float:
    return 0.5 if any(t.claim.when is None or t.claim.when.inferred for t in (a, b)) else 1.0


def _is_timeless(telling: Telling) -> bool:
    return telling.first is None or telling.last is None or telling.last - telling.first > 31


def _gap(a: Telling, b: Telling) -> float:
    """Whole days between two ranges, 0 where they meet or one is unknown."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return 0.0
    return float(max(a.first - b.last, b.first - a.last, 0))


# --- how many, in which words ---------------------------------------------------------------------------------------


def same_number(a: Telling, b: Telling) -> float:
    """The same number of the same things."""
    return float(any(a.numbers[k] == b.numbers[k] for k in a.numbers.keys() & b.numbers.keys()))


def other_number(a: Telling, b: Telling) -> float:
    """Different numbers of the same things; counts grow, so they hardly tell acts apart."""
    return float(any(a.numbers[k] != b.numbers[k] for k in a.numbers.keys() & b.numbers.keys()))


def same_words(a: Telling, b: Telling) -> float:
    """The share of the shorter claim's stems that the longer has, too; of four where it has fewer."""
    return len(a.words & b.words) / max(min(len(a.words), len(b.words)), 4)


def same_sentence(a: Telling, b: Telling) -> float:
    """Word for word the same, in two reports: one was copied."""
    return float(a.claim.evidence.text == b.claim.evidence.text and a.claim.report != b.claim.report)


def nothing_shared(a: Telling, b: Telling) -> float:
    """Neither recipient nor precise place nor number in common: "Iran denied it" is told every day."""
    return float(not (same_recipient(a, b) or same_place(a, b) or same_number(a, b)))


def same_report(a: Telling, b: Telling) -> float:
    """One report tells both: its coder took them for two."""
    return float(a.claim.report == b.claim.report)


def same_breath(a: Telling, b: Telling) -> float:
    """A deed and its victims, told side by side: "struck the market; nine people were killed"."""
    if a.claim.report != b.claim.report or _is_speech(a) or family(a) != family(b):
        return 0.0
    apart = max(a.claim.evidence.start - b.claim.evidence.end, b.claim.evidence.start - a.claim.evidence.end)
    victims = "people" in a.things or "people" in b.things
    return float(victims and apart < _BREATH and not _rival_actors(a, b))
