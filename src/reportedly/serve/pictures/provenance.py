"""Where an event comes from: who said it first, who passed it on, in which reports it stands, which only copy others.

From left to right; what nobody else has passed on leads straight to its report. A denial is a broken red line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from reportedly.serve.pictures.svg import element, fitting, labelled_link, number, picture, text

Layer = Literal["root", "passed on", "report", "copy", "event"]
LAYERS: Mapping[Layer, str] = {
    "root": "first said by", "passed on": "passed on by", "report": "in reports", "copy": "copied in", "event": "event",
}  # fmt: skip
WIDTH, TOP = 960.0, 34.0
ROW, TALL = 46.0, 37.0
MOST = 24
"""So many marks of a layer are drawn; those beyond are counted in one more."""
SHARE = 0.82
"""Of a column's width that its boxes take."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A mark: its label and a note beneath it; `title` says more. `kind` is "party" (a side of the event), "copy",
    "event" or "".
    """

    key: str
    layer: Layer
    label: str
    title: str
    href: str
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """`source` was passed on by, printed in, or copied into `target`; `kind` is "denies", "copy" or ""."""

    source: str
    target: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    wide: float


def draw_provenance(origins: Sequence[Origin], flows: Sequence[Flow]) -> Markup:
    """The graph of an event: `origins` in any order, joined by `flows`."""
    shown, homes = _shown(origins)
    joined = sorted(
        {Flow(homes[f.source], homes[f.target], f.kind) for f in flows}, key=lambda f: (f.source, f.target, f.kind)
    )
    layers = [layer for layer in LAYERS if any(origin.layer == layer for origin in shown)]
    columns = _ordered({layer: [o.key for o in shown if o.layer == layer] for layer in layers}, joined)
    rows = max((len(column) for column in columns), default=1)
    boxes = _boxes(columns, rows)
    heads = (text(boxes[c[0]].x, 16, LAYERS[layer], "pic-small") for layer, c in zip(layers, columns, strict=True) if c)
    body = (*heads, *(_flow(f, boxes) for f in joined), *(_mark(o, boxes[o.key]) for o in shown))
    counts = (sum(o.layer == layer for o in origins) for layer in ("root", "report", "copy"))
    told = "{} first sources, {} reports, {} copies.".format(*counts)
    return picture("provenance", WIDTH, TOP + rows * ROW + 6, "Where it comes from", told, *body)


def _shown(origins: Sequence[Origin]) -> tuple[list[Origin], dict[str, str]]:
    """The marks that are drawn, and key -> the mark that stands for it."""
    shown: list[Origin] = []
    homes: dict[str, str] = {}
    for layer in LAYERS:
        these = [origin for origin in origins if origin.layer == layer]
        kept, rest = these[:MOST], these[MOST:]
        if len(rest) == 1:
            kept, rest = these, []
        shown += kept
        homes |= {origin.key: origin.key for origin in kept}
        if rest:
            names = "; ".join(origin.label for origin in rest[:30]) + ("; …" if len(rest) > 30 else "")
            shown.append(Origin(f"{layer} rest", layer, f"and {len(rest):,} more", names, "#claims"))
            homes |= {origin.key: f"{layer} rest" for origin in rest}
    return shown, homes


def _ordered(columns: Mapping[Layer, list[str]], flows: Sequence[Flow]) -> list[list[str]]:
    """Each column by the mean row of what its marks are joined to (barycentres: Sugiyama and others 1981)."""
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for flow in flows:
        joined[flow.source].append(flow.target)
        joined[flow.target].append(flow.source)
    found = [list(column) for column in columns.values()]
    for _ in range(6):
        for column in found:
            row = {key: at / max(len(other), 1) for other in found for at, key in enumerate(other)}
            mean = {
                key: sum(row[k] for k in joined[key]) / len(joined[key]) if joined[key] else row[key] for key in column
            }
            column.sort(key=lambda key: (mean[key], key))
    return found


def _boxes(columns: Sequence[Sequence[str]], rows: int) -> dict[str, _Box]:
    """Columns side by side, each centred from top to bottom."""
    wide = (WIDTH - 8) / max(len(columns), 1)
    boxes = {}
    for at, column in enumerate(columns):
        step = rows * ROW / max(len(column), 1)
        for row, key in enumerate(column):
            boxes[key] = _Box(4 + at * wide, TOP + step * (row + 0.5) - TALL / 2, wide * SHARE)
    return boxes


def _mark(origin: Origin, box: _Box) -> Markup:
    frame = element(
        "rect", x=box.x, y=box.y, width=box.wide, height=TALL, rx=4, class_=f"pic-node {_kind(origin.kind)}".strip()
    )
    words = [text(box.x + 7, box.y + 15, fitting(origin.label, box.wide - 12))]
    if origin.note:
        words.append(text(box.x + 7, box.y + 30, fitting(origin.note, box.wide - 12, 11), "pic-small"))
    return labelled_link(origin.href, origin.title, (box.x, box.y, box.wide, TALL), frame, *words)


def _kind(kind: str) -> str:
    return f"pic-node-{kind}" if kind else ""


def _flow(flow: Flow, boxes: Mapping[str, _Box]) -> Markup:
    a, b = boxes[flow.source], boxes[flow.target]
    x, y, far, end = a.x + a.wide, a.y + TALL / 2, b.x, b.y + TALL / 2
    bend = max((far - x) / 2, 18)
    points = ((x, y), (x + bend, y), (far - bend, end), (far, end))
    start, *others = (f"{number(left)},{number(top)}" for left, top in points)
    path = f"M{start}C{' '.join(others)}"
    return element("path", d=path, class_="pic-flow" + (f"-{flow.kind}" if flow.kind else ""))
