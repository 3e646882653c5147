"""Stage 3, times: the time expressions of a text, and the days that they mean.

Four steps, one module each: words to kinds (`time_words`), kinds to expressions (`time_grammar`), expressions to values
(`time_readings`) in the light of what was told before (`time_scene`). Types and values are TIMEX3's (TimeML 1.2.1).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reportedly.records import Timex
from reportedly.resolve.time_grammar import likely_chunks, rules, starters
from reportedly.resolve.time_readings import READERS
from reportedly.resolve.time_runs import Reading, Run
from reportedly.resolve.time_scene import Scene
from reportedly.resolve.time_values import precision_of
from reportedly.resolve.time_words import Words, kind_code, split_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

YEARS = range(1500, 2200)  # that a report can be published in; any other is taken as unknown
LONGEST = 20  # words that an expression may go on after the run of time words that it begins in


def find_timexes(doc: Doc, published: date | None, dateline: date | None = None) -> tuple[Timex, ...]:
    """Every time expression of a text, in its order, none overlapping another. Offsets are characters of `doc.text`.

    `doc` needs tags; a parse is not used. `dateline` stands in for `published` where that is unknown. Words like
    "yesterday" count from publication, words like "two days later" from the last date of the narrative. `first` and
    `last` are the days that an act so dated can have happened on: "since Saturday" lasts until publication, and both
    ends of "from May to July" have the whole range. In a text about the past (many years named, all long before
    publication) or one without publication date, everything counts from the dates that the text itself names.
    """
    text = doc.text
    words = split_words(text)
    known = published or dateline
    scene = Scene(doc, text, words, known if known and known.year in YEARS else None)
    found: list[tuple[int, int, Timex]] = []
    at = 0
    for chunk in likely_chunks().finditer(words.kinds):
        at = max(at, chunk.start())
        while at < chunk.end() and (match := starters().search(words.kinds, at, chunk.end() + LONGEST)):
            at = match.start()
            if at >= chunk.end():
                break
            end, reading = read_at(scene, at)
            if reading is not None:
                found.append((at, end, as_timex(scene, at, end, reading)))
            at = end
    return tuple(timex for _, _, timex in widen(found, words, scene))


def read_at(scene: Scene, at: int) -> tuple[int, Reading | None]:
    """The first rule that matches at a word and means something; where to go on, and what it means."""
    for name, rule in rules():
        match = rule.match(scene.words.kinds, at)
        if match and match.end() > at:
            reading = READERS[name](Run(scene, at, match.end()))
            if reading is not None:
                if reading.period is not None and not scene.is_reporting(at, match.end()):
                    scene.remember(reading.period, at, match.end())
                return match.end(), reading
    return at + 1, None


def as_timex(scene: Scene, first: int, last: int, reading: Reading) -> Timex:
    """A reading as the record that later stages use."""
    start, end = scene.words.starts[first], scene.words.ends[last - 1]
    return Timex(
        start=start,
        end=end,
        text=scene.text[start:end],
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        first=reading.first,
        last=reading.last,
        precision=reading.precision,
    )


def widen(found: list[tuple[int, int, Timex]], words: Words, scene: Scene) -> list[tuple[int, int, Timex]]:
    """Give both ends of "from X to Y" the days in between, and "since X" those up to publication."""
    codes = {kind: kind_code(kind) for kind in ("to", "hyphen", "and", "from", "between", "since")}
    done = list(found)
    for i, (first, last, timex) in enumerate(found):
        before = words.kinds[first - 1 : first]
        after = found[i + 1] if i + 1 < len(found) else None
        if before == codes["since"] and timex.first and scene.published and timex.first <= scene.published:
            if not scene.history:
                done[i] = (first, last, spread(timex, timex.first, scene.published))
        elif after and after[0] == last + 1 and timex.first and after[2].last and timex.first <= after[2].last:
            link = words.kinds[last]
            opened = before in (codes["from"], codes["between"])
            if link == codes["hyphen"] or (opened and link in (codes["to"], codes["and"])):
                done[i] = (first, last, spread(timex, timex.first, after[2].last))
                found[i + 1] = done[i + 1] = (*after[:2], spread(after[2], timex.first, after[2].last))
    return done


def spread(timex: Timex, first: date, last: date) -> Timex:
    """The same expression with other days."""
    return replace(timex, first=first, last=last, precision=precision_of(first, last))
