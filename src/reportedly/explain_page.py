"""An explained report as one HTML page that needs nothing else: no script, no font, no address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from reportedly.explain import attribution_note, claim_notes, opinion_note, passed_note
from reportedly.show import report_line

if TYPE_CHECKING:
    from reportedly.explain import Explained, Sentence

STYLE = """
body { font: 1rem/1.5 Georgia, serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1b1b;
  background: #fff; }
h1 { font-size: 1.4rem; } .facts, .legend { color: #555; }
.sentence { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 4fr); gap: 2rem; padding: .6rem 0;
  border-top: 1px solid #ddd; }
.sentence p { margin: 0; } .margin { font: .85rem/1.45 system-ui, sans-serif; } .margin p { margin: 0 0 .3rem; }
.claim { border-left: 3px solid #a33; padding-left: .6rem; margin-bottom: .6rem; } .claim b { display: block; }
.says { font-style: italic; } .passed-note { color: #666; }
mark { color: inherit; background: none; } mark.act { background: #f6d5d0; font-weight: bold; }
mark.source { background: #d7e6f5; } mark.cue { border-bottom: 2px solid #5b86b0; }
mark.passed { border-bottom: 1px dashed #888; }
@media (max-width: 45rem) { .sentence { grid-template-columns: 1fr; gap: .4rem; } }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; } .sentence { border-color: #444; }
  .facts, .legend, .passed-note { color: #aaa; } mark.act { background: #6b2c24; }
  mark.source { background: #1f3d5c; } }
"""

HEAD = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>reportedly explains</title>
<style>{STYLE}</style>
</head>
<body>
<p class="legend"><mark class="act">act that was coded</mark>, <mark class="source">who says so</mark>,
<mark class="cue">by which word</mark>, <mark class="passed">passed over</mark>. What is said is not thereby true.</p>
"""

TAIL = "</body>\n</html>\n"


def html_page(reports: Iterable[Explained]) -> Iterator[str]:
    """The page in pieces. Everything that comes from a report is escaped."""
    yield HEAD
    for explained in reports:
        report = explained.coded.report
        yield f"<article>\n<h1>{escape(report.title or report.id)}</h1>\n"
        yield f'<p class="facts">{escape(report_line(replace(report, title=None)))}</p>\n'
        for sentence in explained.sentences:
            yield _sentence(sentence)
        yield "</article>\n"
    yield TAIL


def _sentence(sentence: Sentence) -> str:
    notes = [f'<p class="says">{escape(attribution_note(a))}</p>' for a in sentence.attributions]
    for claim in sentence.claims:
        opinion = sentence.opinion_on(claim)
        lines = [*claim_notes(claim), *([opinion_note(opinion)] if opinion else [])]
        what, *rest = (escape(line) for line in lines)
        notes.append(f'<div class="claim" id="claim-{escape(claim.id)}"><b>{what}</b>{"<br>".join(rest)}</div>')
    notes += [f'<p class="passed-note">passed over {escape(passed_note(d))}</p>' for d in sentence.passed]
    missed = (opinion_note(o) for o in sentence.opinions if o.coded is None)
    notes += [f'<p class="passed-note">perhaps missed {escape(note)}</p>' for note in missed]
    return (
        f'<section class="sentence">\n<p>{_marked(sentence)}</p>\n'
        f'<div class="margin">{"".join(notes)}</div>\n</section>\n'
    )


def _marked(sentence: Sentence) -> str:
    pieces, at, text = [], 0, sentence.span.text
    for mark in sentence.marks:
        pieces.append(escape(text[at : mark.start]))
        pieces.append(f'<mark class="{mark.kind}">{escape(text[mark.start : mark.end])}</mark>')
        at = mark.end
    return "".join([*pieces, escape(text[at:])])
