"""Third step of reading times: what a text has said so far, and which way from publication its verbs point.

A report is told from the day of publication; a history from the dates that it names. `Scene` knows which of the two a
text is, keeps the last date of the narrative, and says on which side of "now" the words around a date put it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml
from reportedly.resolve.time_values import Period, day_of, season_of
from reportedly.resolve.time_words import Words, kind_code

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

HISTORY_YEARS = 5  # explicit past years from which on a text can be a history
AHEAD_MODALS = {"will", "shall", "wo", "'ll", "’ll", "may", "might", "would", "should", "can", "must"}
NEAR_AHEAD = 20  # days that a date without a year may lie before publication though its verb is ahead
NEAR = 75  # days that a date without a year may lie on the other side of publication than its verb says
OPENING = re.compile(r"(?:^|[.!?\n\"”] ?)(?:(?:In|By|During|From|Early in|Late in|In early|In late) )?$")
REACH = 30  # tokens to either side in which the verb of a date is looked for


@dataclass(slots=True)
class Scene:
    """The running context of one text. `here` is the day that the narrative has got to, `latest` the last date named.

    `quarter` is the last quarter named, `quarter_at` its word.
    """

    doc: Doc
    text: str
    words: Words
    published: date | None
    here: Period | None = None
    latest: Period | None = None
    latest_end: int = -1
    here_end: int = -1
    quarter: Period | None = None
    quarter_at: int = -10000
    history: bool = field(init=False)
    _starts: list[int] | None = None

    def __post_init__(self) -> None:
        self.history = self.published is None or is_history(self.words, self.published.year)

    @property
    def today(self) -> Period | None:
        """The day that "ago" and "last week" count from: publication, in a history the last date told."""
        if self.history or self.published is None:
            return self.here
        return day_of(self.published)

    def remember(self, period: Period, at: int, end: int) -> None:
        """Make a period the last date of the narrative; its words are `at` to `end` (exclusive)."""
        if not self.history and period.grain == "year" and self.tag_after(end).startswith("NN"):
            return  # "the 2016 campaign" is a name
        self.latest, self.latest_end = period, end
        if self.history and not self.carries(period, at):
            return
        self.here, self.here_end = period, end
        if period.grain == "quarter":
            self.quarter, self.quarter_at = period, at

    def carries(self, period: Period, at: int) -> bool:
        """Whether a date moves a history on: no aside in brackets, and no bare year in mid-sentence."""
        if self.here is None:
            return True
        if self.text[max(self.words.starts[at] - 1, 0)] == "(":
            return False
        if period.grain not in ("year", "decade", "century"):
            return True
        line = self.text[max(self.words.starts[at] - 12, 0) : self.words.starts[at]]
        return bool(OPENING.search(line))

    def in_sentence(self, first: int, last: int) -> bool:
        """Whether no sentence ends between two words."""
        kinds = self.words.kinds
        ends = (kind_code("dot"), kind_code("break"))
        return all(kinds.find(end, first, last) < 0 for end in ends)

    def token_at(self, word: int) -> int:
        """The token that a word begins in."""
        if self._starts is None:
            self._starts = [token.idx for token in self.doc]
        return max(bisect_right(self._starts, self.words.starts[word]) - 1, 0)

    def tag_before(self, word: int) -> str:
        """Penn tag of the token before a word; empty at the start of the text."""
        token = self.token_at(word)
        return str(self.doc[token - 1].tag_) if token else ""

    def tag_after(self, word: int) -> str:
        """Penn tag of the token after the last of the words before `word`; empty at the end of the text."""
        token = self.token_at(word - 1) + 1
        return str(self.doc[token].tag_) if token < len(self.doc) else ""

    def is_reporting(self, first: int, last: int) -> bool:
        """Whether the words `first` to `last` date a speech: "said Friday", "told reporters on Friday"."""
        reporting = lists()["reporting"]
        start, end = self.token_at(first), self.token_at(last - 1)
        before = [token.lower_ for token in self.doc[max(start - 4, 0) : start]]
        if any(word in reporting for word in before[-2:]):
            return True
        return len(before) > 2 and before[-1] in ("on", "late", "early") and before[-3] in reporting and end >= start

    def direction(self, first: int, last: int) -> int:
        """-1 where the verb by the words `first` to `last` is in the past, 1 where it looks ahead, 0 if neither."""
        start, end = self.token_at(first), self.token_at(last - 1)
        ahead = lists()["ahead"]
        if start > 2 and self.doc[start - 1].lower_ == "as" and self.doc[start - 2].lower_ in ("soon", "early"):
            return 1
        if end + 2 < len(self.doc) and self.doc[end + 1].tag_ == "POS":  # "Saturday's attack"
            return 0 if self.doc[end + 2].lemma_ in lists()["appointed"] else -1
        limit = start > 0 and self.doc[start - 1].lower_ in ("until", "till", "by")
        if any(token.lower_ in ahead for token in self.doc[max(start - (8 if limit else 3), 0) : start]):
            return 1
        to_come = 0
        for at in range(start - 1, max(start - REACH, -1), -1):
            if self.doc[at].tag_ == "." or "\n" in self.doc[at].text:
                break
            if said := self.tense_of(at):
                return said
            if self.doc[at].tag_ == "VB" and at and self.doc[at - 1].tag_ == "TO":
                to_come = 1  # as headlines have it: "Ministers to meet on Sunday"
        for at in range(end + 1, min(end + REACH, len(self.doc))):
            if self.doc[at].tag_ == "." or "\n" in self.doc[at].text:
                break
            if said := self.tense_of(at):
                return said
        return to_come

    def tense_of(self, at: int) -> int:
        """Which way the token points if it is a finite verb, a modal, or a participle or infinitive with one."""
        token = self.doc[at]
        tag = token.tag_
        if tag == "MD":
            return 1 if token.lower_ in AHEAD_MODALS else 0
        if tag in ("VBD", "VBN") and token.lower_ in lists()["postponing"]:
            return 1
        if tag == "VBD":
            return -1
        if tag not in ("VB", "VBN", "VBZ", "VBP"):
            return 0
        before = self.doc[max(at - 4, 0) : at]
        if any(one.tag_ == "MD" and one.lower_ in AHEAD_MODALS for one in before):
            return 1
        if tag == "VBN":  # "are to be released", but "seem to have bombed"
            perfect = any(one.lower_ in ("have", "having") for one in before)
            return 1 if any(one.tag_ == "TO" for one in before) and not perfect else -1
        if tag == "VB":
            wider = self.doc[max(at - 6, 0) : at]
            if any(one.lower_ in lists()["heads"] for one in wider) or is_to_be(before):
                return 1
            return -1 if any(one.lower_ in ("did", "didn") for one in before) else 0
        light = (
            token.lower_ in lists()["reporting"]
            or token.lemma_ in lists()["reacting"]
            or token.lemma_ in ("be", "have", "do")
            or token.lower_ == "is"
        )
        return 0 if light or tag == "VBP" else 1

    def year_for(self, month: int, day: int | None, first: int, last: int) -> int | None:
        """The year of a month (and day) that is written without one; None where nothing in the text tells."""
        if self.history or self.published is None:
            return self.year_in_history(month)
        now = self.published.month * 31 + self.published.day
        then = month * 31 + (day if day is not None else self.published.day)
        way = self.direction(first, last)
        told = self.latest
        if way < 0 and told and told.year < self.published.year and self.in_sentence(self.latest_end, first):
            return told.year + (told.month is not None and month < told.month)
        gap = then - now  # days, roughly, to that date in the year of publication
        if way < 0:
            return self.published.year - (gap > NEAR)
        if way > 0:
            return self.published.year + (gap < -NEAR_AHEAD)
        return self.published.year + (1 if gap < -186 else -1 if gap > 186 else 0)

    def year_in_history(self, month: int) -> int | None:
        """The year of the last date told; January after November or December is in the next."""
        if self.here is None:
            return None
        return self.here.year + (self.here.month is not None and self.here.month - month > 9)

    def season_year(self, season: str) -> int | None:
        """The year of a season that is written without one: the last told, or the season nearest to publication."""
        if self.history or self.published is None:
            return self.here.year if self.here else None
        year = self.published.year
        found = season_of(year, season)
        return year - 1 if found.first and found.first > self.published and season == "WI" else year


def is_history(words: Words, published: int) -> bool:
    """Whether a text is about the past: it names many years, nearly all long gone, and hardly ever says "today"."""
    years = [year for kind, year in zip(words.kinds, words.values, strict=True) if kind == kind_code("year")]
    years += [0] * words.kinds.count(kind_code("bc"))
    past = sum(year < published - 1 for year in years)
    telling = words.kinds.count(kind_code("weekday")) + words.kinds.count(kind_code("deictic"))
    return bool(past >= HISTORY_YEARS and past >= 0.6 * len(years) and telling * 5 < past)


def is_to_be(before: Span) -> bool:
    """Whether an infinitive after these tokens is one of "is to meet", "are to vote"."""
    return len(before) > 1 and before[-1].tag_ == "TO" and before[-2].lower_ in ("is", "are", "was", "were")


def lists() -> dict[str, list[str]]:
    """The word lists of tense in times.toml."""
    tense: dict[str, list[str]] = read_toml("times.toml")["tense"]
    return tense
