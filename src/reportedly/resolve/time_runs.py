"""A run of words in its scene, and the `Reading` that it gets: what the readers of times share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportedly.records import TimePrecision, TimexType
from reportedly.resolve.time_scene import Scene
from reportedly.resolve.time_values import Period, precision_of
from reportedly.resolve.time_words import kind_code

NO_KIND = " "
BACK, AHEAD = ("last", "previous"), ("next", "following")


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, value and modifier of TIMEX3, and the days meant. `period` is what the narrative goes on from."""

    type: TimexType
    value: str
    mod: str | None = None
    first: date | None = None
    last: date | None = None
    precision: TimePrecision = "vague"
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The words `first` to `last` (exclusive) of a scene."""

    scene: Scene
    first: int
    last: int

    def get(self, kind: str) -> Any:  # noqa: ANN401
        """Value of the first word of a kind, or None."""
        return self.scene.words.find(kind, self.first, self.last)

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of the kinds is there."""
        return any(self.scene.words.has(kind, self.first, self.last) for kind in kinds)

    def all(self, *kinds: str) -> list[Any]:
        """Values of all words of the kinds, in order."""
        words, codes = self.scene.words, {kind_code(kind) for kind in kinds}
        return [words.values[at] for at in range(self.first, self.last) if words.kinds[at] in codes]

    def before(self) -> str:
        """Kind character of the word before; no kind's at the start."""
        return self.scene.words.kinds[self.first - 1] if self.first else NO_KIND

    def after(self) -> str:
        """Kind character of the word after; no kind's at the end."""
        kinds = self.scene.words.kinds
        return kinds[self.last] if self.last < len(kinds) else NO_KIND

    @property
    def spelt(self) -> str:
        """The words as they are in the text, in lower case."""
        words = self.scene.words
        return self.scene.text[words.starts[self.first] : words.ends[self.last - 1]].lower()

    @property
    def tag(self) -> str:
        """Penn tag of the first word."""
        return str(self.scene.doc[self.scene.token_at(self.first)].tag_)

    @property
    def following_tag(self) -> str:
        """Penn tag of the token after the words; empty at the end of the text."""
        return self.scene.tag_after(self.last)

    @property
    def mod(self) -> str | None:
        """TIMEX3's modifier by the words before a period or a length."""
        if self.has("earlier"):
            return "START"
        if self.has("later"):
            return "END"
        found = self.get("stage") or self.get("edge") or self.get("bound")
        return str(found) if found else None

    @property
    def way(self) -> int:
        """-1 for "last" and "previous", 1 for "next" and "following", 0 for "this", "that" and "same"."""
        return -1 if self.has(*BACK) else 1 if self.has(*AHEAD) else 0

    @property
    def from_here(self) -> bool:
        """Whether the words count from the last date told and not from publication."""
        return self.has("that", "same", "following", "previous")


def codes(*kinds: str) -> str:
    """Characters of some kinds."""
    return "".join(kind_code(kind) for kind in kinds)


def dated(period: Period | None, mod: str | None = None) -> Reading | None:
    """A DATE of a period."""
    if period is None:
        return None
    days = period.narrowed(mod)
    precision: TimePrecision = "day" if period.grain == "day" else precision_of(days.first, days.last)
    return Reading("DATE", period.value, mod, days.first, days.last, precision, period)


def origin(run: Run) -> Period | None:
    """What a relative expression counts from."""
    scene = run.scene
    if run.from_here and scene.here is not None:
        return scene.latest if run.get("unit") in ("Y", "X", "C") else scene.here
    return scene.today


def written_year(run: Run) -> int | None:
    """The year that is written in a run, also as "'89" or "490 BC"."""
    year = run.get("year")
    if run.has("bc"):
        year = year or run.get("integer") or run.get("small")
        return -int(year) if year else None
    if year is None and (short := run.get("short")) is not None:
        return expand(short, run.scene)
    return int(year) if year is not None else None


def expand(short: int, scene: Scene) -> int:
    """Two digits as a year: in the century of the last date told, else the last such year up to ten years hence."""
    base = scene.here.year if scene.here and scene.history else scene.published.year if scene.published else 2000
    year = base // 100 * 100 + short
    return year if scene.history else year - 100 if year > base + 10 else year


def year_by_words(run: Run) -> int | None:
    """The year of "last year", "that year" beside a month or a season."""
    if not run.has("unit"):
        return None
    start = origin(run)
    return start.year + run.way if start else None


def is_plural(run: Run) -> bool:
    """Whether the last unit ends in s (or is "centuries")."""
    words = run.scene.words
    at = max(i for i in range(run.first, run.last) if words.kinds[i] == kind_code("unit"))
    return run.scene.text[words.ends[at] - 1] in "sa"
