"""Lengths and sets: "three days", "the past five years", "for the fourth straight day", "every Friday"."""

from __future__ import annotations

from datetime import date

from reportedly.knowledge import read_toml
from reportedly.resolve.time_runs import Reading, Run, codes, is_plural
from reportedly.resolve.time_values import Period, move_day, plus_days, precision_of

LETTERS = {"TS": "S", "TM": "M", "TH": "H", "E": "D", "F": "W", "Q": "M", "X": "Y", "C": "Y", "L": "Y"}
LENGTH_AFTER = ("IN", "VBD", "VB", "VBN", "VBZ", "VBG", "RB", "RBR", "JJR", "TO", "RP", "WDT", "")
TIMES = {"E": 2, "F": 2, "Q": 3, "X": 10, "C": 100, "L": 1000}


def read_duration(run: Run) -> Reading | None:
    """A length: "three days", "a 10-year", "several weeks", "for decades"."""
    scene, unit = run.scene, run.get("unit")
    if (
        run.after() in codes("old")
        or is_age(run)
        or (unit == "Q" and (run.after() in codes("of") or run.has("few", "art")))
    ):
        return None
    if run.has("other") and not (is_plural(run) and scene.doc[scene.token_at(run.last - 2)].tag_ == "JJ"):
        return None
    bare = not run.has("small", "integer", "year", "number", "scale", "few", "art", "half", "fraction")
    if bare and not is_bare_length(run):
        return None
    if bare and not is_plural(run):
        return Reading("DURATION", spell_length(1, unit))
    if run.has("art") and not run.has("bound", "few", "more", "half") and not is_article_length(run):
        return None
    return Reading(
        "DURATION", spell_length(None if bare else number_of(run), unit), run.mod if run.has("bound") else None
    )


def is_age(run: Run) -> bool:
    """Whether the length is somebody's age: "a five-year-old", "52 years old", "37 years of age"."""
    token = run.scene.token_at(run.last - 1)
    after = [word.lower_ for word in run.scene.doc[token + 1 : token + 3]]
    return "old" in after or after == ["of", "age"] or after[:1] == ["olds"]


def is_bare_length(run: Run) -> bool:
    """Whether a unit without a number is a length: "for years", "within weeks", "years of war", "months-long"."""
    if run.has("long"):
        return True
    if not is_plural(run):
        return False
    before = run.before()
    return before in codes("for", "in", "after", "bound", "of", "last", "before", "to") or run.after() in codes(
        "of", "after", "before"
    )


def is_article_length(run: Run) -> bool:
    """Whether "a year" is a length, and not a rate as in "two flights a year"."""
    scene = run.scene
    tag = scene.tag_before(run.first)
    if run.before() in codes("few", "number", "small", "integer", "other") and tag in ("NN", "NNS", "CD", "NNP", "$"):
        return False
    return tag in LENGTH_AFTER or run.has("long", "hyphen")


def read_plural(run: Run) -> Reading | None:
    """Units with only "the": "the years that followed", "in the first days"."""
    if not is_plural(run) or run.get("unit") == "Q":
        return None
    return Reading("DURATION", spell_length(None, run.get("unit")))


def read_stretch(run: Run) -> Reading | None:
    """A counted stretch up to now or from now: "the past five years", "the next two weeks", "the first nine months"."""
    return stretched(run, number_of(run), run.get("unit"))


def stretched(run: Run, number: float | None, unit: str) -> Reading | None:
    """A DURATION with its days, which end (begin, for "next") with publication, in a history with the last date."""
    value = spell_length(number, unit)
    start = run.scene.today if not run.has("following", "previous") else run.scene.here
    mod = run.mod if run.has("bound") else None
    if run.has("ordinal") or start is None or start.first is None:
        return Reading("DURATION", value, mod)
    day = start.first
    ahead = run.has("next", "following")
    furthest = run.get("few")
    if number is None and furthest:
        number = furthest[1]
    other = reach_back(day, unit, -number if ahead and number is not None else number)
    if ahead and number is None:
        other = day + (day - other)
    first, last = min(day, other), max(day, other)
    return Reading("DURATION", value, mod, first, last, precision_of(first, last))


def read_recent(run: Run) -> Reading | None:
    """Units without a number around publication: "recent weeks", "the coming months"."""
    unit, plural = run.get("unit"), is_plural(run)
    if not plural:
        return None
    way = 1 if run.has("next") else -1
    found = vague(run, "", unit, way)
    return Reading("DURATION", spell_length(None, unit), None, found.first, found.last)


def vague(run: Run, value: str, unit: str, way: int, start: Period | None = None) -> Reading:
    """An indefinite stretch before or after publication, or after another period."""
    published = run.scene.published if not run.scene.history else None
    if start is not None:
        published = start.first
    if published is None:
        return Reading("DATE", value)
    far = reach_back(published, unit, None)
    if way < 0:
        return Reading("DATE", value, None, far, published)
    return Reading("DATE", value, None, published, published + (published - far))


def read_straight(run: Run) -> Reading | None:
    """An unbroken run of units up to publication: "for the fourth straight day" began three days before."""
    scene, unit = run.scene, run.get("unit")
    number = run.get("ordinal") or run.get("nth") or number_of(run)
    day = scene.today.first if scene.today else None
    value = spell_length(number, unit)
    if day is None or number is None or unit.startswith("T"):
        return Reading("DURATION", value)
    first = move_day(day, unit, -(int(number) - 1)) if unit == "D" else move_day(day, unit, -int(number))
    return Reading("DURATION", value, None, first, day, precision_of(first, day))


def read_set(run: Run) -> Reading | None:
    """What happens again and again: "every Friday", "daily", "each July"."""
    if run.has("frequency"):
        is_newspaper = run.following_tag == "NNP"
        return None if is_newspaper or run.tag[:2] not in ("RB", "JJ", "NN") else Reading("SET", run.get("frequency"))
    if (weekday := run.get("weekday")) is not None:
        part = run.get("part")
        return Reading("SET", f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""))
    if (month := run.get("month")) is not None:
        return Reading("SET", f"XXXX-{month:02d}")
    if (season := run.get("season")) is not None:
        return Reading("SET", f"XXXX-{season}")
    if (part := run.get("part")) is not None:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    unit = run.get("unit")
    if unit is None or (run.has("per") and unit.startswith("T") and unit != "TH"):
        return None
    number = 2.0 if run.has("other") else number_of(run)
    return Reading("SET", spell_length(number, unit))


def read_habit(run: Run) -> Reading | None:
    """The same part of every week: "Tuesday nights"."""
    if not run.spelt.endswith("s"):
        return None
    return Reading("SET", f"XXXX-WXX-{run.all('weekday')[-1]}T{run.get('part')}")


def number_of(run: Run) -> float | None:
    """The number in a run; None where it is indefinite ("several"), 1 for "a"."""
    words = run.scene.words
    total, part, seen = 0.0, 0.0, False
    few = run.get("few") is not None
    for at in range(run.first, run.last):
        kind, value = words.kinds[at], words.values[at]
        if seen and kind in codes("of"):
            break
        if kind in digits():
            if seen and kind not in codes("fraction", "half") and at and words.kinds[at - 1] in codes("or", "to"):
                break
            if seen and at and words.kinds[at - 1] in codes("hyphen") and kind not in codes("number", "scale"):
                break
            part, seen = (
                (part + value if kind in codes("fraction") else float(value) if part == 0 else part + value),
                True,
            )
            if kind in codes("scale"):
                total, part = total + (max(part - value, 1)) * value, 0.0
        elif kind in codes("half"):
            part, seen = part + 0.5 + (not seen and run.last - at == 1), True
    if seen:
        return total + part
    return None if few and not couple(run) else 2.0 if few else 1.0


def couple(run: Run) -> bool:
    """Whether the indefinite number is "a couple", which TIMEX3 counts as two."""
    return bool(run.get("few") == [2, 3])


def digits() -> str:
    """Characters of the kinds that count."""
    return codes("small", "integer", "year", "number", "scale", "fraction")


def spell_length(number: float | None, unit: str) -> str:
    """A TIMEX3 length: P3D, PT90M, P2Y6M; X where the number is indefinite ("several years" PXY)."""
    letter, prefix = LETTERS.get(unit, unit), "PT" if unit.startswith("T") else "P"
    if number is None:
        return f"{prefix}X{'E' if unit == 'X' else 'C' if unit == 'C' else letter}"
    number *= TIMES.get(unit, 1)
    whole, half = int(number), number - int(number)
    smaller = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S") if prefix == "PT" else (0, "")}.get(letter)
    if half and smaller and smaller[0]:
        rest = f"{round(half * smaller[0])}{smaller[1]}"
        return f"{prefix}{whole}{letter}{rest}" if whole else f"{prefix}{rest}"
    return f"{prefix}{number:g}{letter}"


def reach_back(day: date, unit: str, count: float | None) -> date:
    """The day that lies `count` units before (after, if negative) a day; the furthest one if it is indefinite."""
    if count is None:
        return plus_days(day, -int(read_toml("times.toml")["recent_days"][unit]))
    whole = int(count) if count == int(count) else count
    if isinstance(whole, int) or unit.startswith("T"):
        return move_day(day, unit, -int(whole))
    return day - (day - move_day(day, unit, -1)) * whole
