"""Writes the true intermediate output of the stages into docs/tour.md; `--check` only says whether it is still true.

A line `<!-- stage: NAME -->` in the tour is followed by a fenced block, which is filled with what `SHOW[NAME]` prints.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from pathlib import Path

from reportedly.code.acts import find_acts
from reportedly.code.attribution import as_triples, find_sayings
from reportedly.export import claim_dict
from reportedly.parse import parse_report
from reportedly.pipeline import CODER, code_parsed, make_tools
from reportedly.read import open_reports, read_report
from reportedly.resolve import resolve_mentions
from reportedly.samples_archive import samples_folder

TOUR = Path(__file__).parent.parent / "docs" / "tour.md"
SAMPLE = "2019-05-14-meridian-wire-pipeline.txt"
BLOCK = re.compile(r"(?P<head><!-- stage: (?P<name>\w+) -->\n\n?```(?:text|json)\n)(?P<body>.*?)(?P<tail>```)", re.S)
WIDTH = 110


class Tour:
    """One report, taken through the stages, with what each stage has to show."""

    def __init__(self):
        tools = make_tools()
        (self.raw,) = open_reports([samples_folder() / SAMPLE])
        self.report = read_report(self.raw)
        self.parsed = parse_report(self.report, tools.nlp)
        self.resolved = resolve_mentions(self.parsed, tools.lookups)
        self.sayings = find_sayings(self.parsed)
        self.found = find_acts(self.resolved)
        self.coded = code_parsed(self.parsed, tools)

    def bytes(self):
        """The file as it came."""
        for line in self.raw.content.decode().splitlines():
            yield from textwrap.wrap(line, WIDTH) or [""]

    def read(self):
        """Stage 1: the report, and what was taken out of the page."""
        report = self.report
        yield f"title      {report.title}"
        yield f"publisher  {report.publisher}"
        yield f"published  {report.published}"
        yield f"dateline   {report.dateline.place}, {report.dateline.date}, agency {report.dateline.agency}"
        yield f"text       {len(report.text)} characters, begins {_cut(report.text, 60)!r}"
        for removed in report.removed:
            yield f"removed    {_cut(removed.text, 60)!r} ({removed.reason})"

    def parse(self):
        """Stage 2: sentences with the word that everything hangs on, and quotations."""
        for number, sentence in enumerate(self.parsed.doc.sents, 1):
            if sentence.text.strip():
                yield f"sentence {number:2}  hangs on {sentence.root.text!r:13} {_cut(sentence.text, 72)}"
        for quote in self.parsed.quotes:
            yield f"quotation    {quote.start:4} to {quote.end:4}         {_cut(quote.text, 72)}"

    def actors(self):
        """Stage 3: who the words stand for."""
        for mention in self.resolved.mentions.values():
            actor = mention.actor
            if mention.acting and (actor.country or actor.sector):
                back = "" if mention.antecedent is None else f"  <- {self.parsed.doc[mention.antecedent].text}"
                code = f"{actor.country or '---'} {actor.sector or '---'}"
                yield f"{mention.start:4}  {_cut(mention.text, 40):40}  {code:8} {_cut(actor.name, 36)}{back}"

    def places(self):
        """Stage 3: where."""
        for place in self.resolved.toponyms:
            spot = "" if place.lat is None else f"{place.lat:.2f} {place.lon:.2f}"
            as_what = "stands for a government" if place.metonym else place.precision
            yield f"{place.start:4}  {place.text:18}  {place.name:18} {place.country or '---'}  {spot:14} {as_what}"

    def times(self):
        """Stage 3: when."""
        for timex in self.resolved.timexes:
            yield f"{timex.start:4}  {timex.text:36}  {timex.type:8} {timex.value:22} {timex.first} to {timex.last}"

    def attributions(self):
        """Stage 4: source, cue, content."""
        for triple in as_triples(self.sayings, self.parsed.doc):
            source = triple.source.text if triple.source else "nobody named"
            yield f"{_cut(source, 28):28} | {_cut(triple.cue.text, 14):14} | {_cut(triple.content.text, 60)}"

    def acts(self):
        """Stage 4: words that name acts, by the pattern that fitted."""
        for act in self.found.acts:
            carried = f" (carried by {act.verb.text!r})" if act.verb is not None else ""
            yield f"{act.trigger.idx:4}  {act.trigger.text + carried:32} {act.event:9} {_cut(act.pattern.text, 56)}"

    def claims(self):
        """Stage 4: the claims, as they print."""
        for claim in self.coded.claims:
            yield from textwrap.wrap(str(claim), WIDTH, subsequent_indent="    ")

    def refused(self):
        """Stage 4: what was passed over, and why."""
        for decision in self.coded.decisions:
            yield f"{decision.start:4}  {decision.text:12} {decision.outcome}: {_cut(decision.because, 80)}"

    def relations(self):
        """Stage 4: standing ties."""
        for tie in self.coded.relations:
            yield f"{tie.source.actor.name} {tie.kind} {tie.target.actor.name}: {tie.evidence.text!r}"

    def one(self):
        """One claim, whole: the one with the longest chain."""
        claim = max(self.coded.claims, key=lambda c: (len(c.attribution), len(c.modes), -c.evidence.start))
        whole = claim_dict(claim) | {"coder": CODER.split()[0]}
        lines = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in whole.items()]
        yield from (
            ("{" if n == 0 else " ") + line + ("," if line is not lines[-1] else "}") for n, line in enumerate(lines)
        )


def _cut(text, length):
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def refreshed(text: str) -> str:
    """The tour with every block as it is now. Raises AttributeError for a stage that does not exist."""
    tour = Tour()

    def fill(match):
        lines = [line.rstrip() for line in getattr(tour, match["name"])()]
        return match["head"] + "".join(f"{line}\n" for line in lines) + match["tail"]

    return BLOCK.sub(fill, text)


def main() -> int:
    """Write the tour, or with `--check` give 1 if it is no longer true."""
    shown = TOUR.read_text(encoding="utf-8")
    true = refreshed(shown)
    if "--check" in sys.argv[1:]:
        return int(shown != true)
    TOUR.write_text(true, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
