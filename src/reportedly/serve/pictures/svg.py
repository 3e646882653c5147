"""SVG elements as text. What is no markup yet is escaped, so that no word of a report ever becomes an element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from markupsafe import Markup, escape

XMLNS = "http://www.w3.org/2000/svg"
# What XML 1.0 (5th edition, 2.2) does not allow at all.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[\w .,:;/#%()+=?-]*", re.ASCII)
_WIDE = frozenset("mwMWOQGCDHNU@%—")
_SLIM = frozenset("iljtfrI.,:;'’|!()[] ")


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """An element; of an attribute's name an underscore at the end is dropped, others become "-". None is left out."""
    parts = [f" {_name(key)}={_quoted(value)}" for key, value in attributes.items() if value is not None]
    opening = name + "".join(parts)
    if not children:
        return Markup(f"<{opening}/>")  # noqa: S704 # nosec
    return Markup(f"<{opening}>{''.join(map(clean, children))}</{name}>")  # noqa: S704 # nosec


def clean(text: str) -> Markup:
    """Text with all that means something in XML escaped, and what XML forbids replaced; markup as it is."""
    if isinstance(text, Markup):
        return text
    if _PLAIN.fullmatch(text):  # nearly all are, and a picture has thousands
        return Markup(text)  # noqa: S704 # nosec
    return escape(_FORBIDDEN.sub("\ufffd", text))


@cache
def _name(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")


def _quoted(value: str | float) -> str:
    return f'"{clean(value) if isinstance(value, str) else number(value)}"'


def number(value: float) -> str:
    """A length in pixels: one decimal at most."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def group(class_: str, members: Iterable[str]) -> Markup:
    """Members under one class."""
    return element("g", *members, class_=class_)


def link(href: str, title: str, *children: str, class_: str | None = None) -> Markup:
    """A mark that leads somewhere: its title is shown on hover, read aloud, and found with the keyboard."""
    return element("a", element("title", title), *children, href=href, aria_label=title, class_=class_)


def labelled_link(href: str, title: str, box: tuple[float, float, float, float], *shown: str) -> Markup:
    """A mark with words in it: what is shown, and above it a link that is not seen, as large as `box`.

    The words, which may be cut off, are not read aloud; the title is, which has them whole.
    """
    left, top, wide, tall = box
    area = element("rect", x=left, y=top, width=wide, height=tall, class_="pic-hit")
    return Markup().join((element("g", *shown, aria_hidden="true"), link(href, title, area)))


def text(x: float, y: float, words: str, class_: str = "pic-label", anchor: str | None = None) -> Markup:
    """Words at a baseline; `anchor` is SVG's text-anchor."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def picture(kind: str, width: float, height: float, title: str, desc: str, *body: str) -> Markup:
    """A whole picture, `width` by `height` pixels; it shrinks with the page. `desc` says in words what is shown."""
    return element(
        "svg", element("title", title), element("desc", desc), *body,
        xmlns=XMLNS, viewBox=f"0 0 {number(width)} {number(height)}", width=width, height=height,
        role="group", aria_label=title, class_=f"pic pic-{kind}",
    )  # fmt: skip


def width_of(words: str, size: float = 12) -> float:
    """About how wide words are in a sans-serif font of that size, in pixels; enough to keep labels apart."""
    return size * 1.06 * sum(0.82 if c in _WIDE else 0.32 if c in _SLIM else 0.56 for c in words)


def shortened(words: str, most: int) -> str:
    """At most that many characters, the last one "…" where something was cut."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def fitting(words: str, wide: float, size: float = 12) -> str:
    """Words cut to about that many pixels."""
    most = len(words)
    while most > 1 and width_of(shortened(words, most), size) > wide:
        most -= 1
    return shortened(words, most)


def rows_of(widths: Sequence[float], left: float, right: float, top: float, tall: float) -> list[tuple[float, float]]:
    """Where things of those widths begin, one beside the other and in a row beneath where no room is left."""
    places, x, y = [], left, top
    for wide in widths:
        if x > left and x + wide > right:
            x, y = left, y + tall
        places.append((x, y))
        x += wide
    return places


def many(count: int, thing: str) -> str:
    """ "1 event", "1,200 events"."""
    return f"{count:,} {thing}{'s'[: count != 1]}"
