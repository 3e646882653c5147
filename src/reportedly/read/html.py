"""HTML pages -> Page: the body by Trafilatura; what the page says about itself from its metadata, JSON-LD and markup.

Trafilatura drops the time of day and alters authors, so only the body is left to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from reportedly.errors import UnreadableReport
from reportedly.read.clean import read_caption
from reportedly.read.decode import split_lines, tidy
from reportedly.read.masthead import read_byline, strip_site
from reportedly.read.page import Page, add_captions, same_words
from reportedly.read.published import find_stamp, read_published
from reportedly.records import Caption

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Opinion|Reportage|Analysis|Review|Backgrounder)?(?:Article|Posting|NewsArticle)|Report"
)
_TIME_NAMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:post_date",
    "article.published",
    "datepublished",
    "date_published",
    "published_time",
    "published-date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "dcterms.created",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "ptime",
    "date",
)
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
)
_ELSEWHERE = re.compile(
    r"related|recommend|more-on|most-|popular|trending|promo|teaser|sidebar|footer|newsletter|comment|outbrain|taboola|read-?next|widget|carousel",
    re.I,
)
_CAPTION = re.compile(r"caption(?!ed)|cutline|img-?desc|image-?desc|photo-?desc", re.I)
_CREDIT = re.compile(r"credit|copyright|photographer|image-?source|byline|attribution", re.I)
_LOWER = "translate({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"


def read_page(text: str, url: str | None = None) -> Page:
    """The lines of a page's body, and its title, times, names and captions where the page gives them.

    Raises UnreadableReport if there is no body to be found, or the page breaks off inside a tag.
    """
    if text.rfind("<") > text.rfind(">"):
        raise UnreadableReport("the page is cut off inside a tag", hint="fetch it again")
    tree = _parse(text)
    linked = tuple(_linked_data(tree))
    url = url or _find_url(tree, linked)
    publisher = _find_publisher(tree, linked, url)
    captions = _find_captions(tree)
    return Page(
        lines=_find_body(text, tree, captions),
        is_html=True,
        title=_find_title(tree, linked, publisher),
        published=_find_published(tree, linked, url),
        publisher=publisher,
        url=url,
        byline=_find_byline(tree, linked, publisher),
        captions=captions,
    )


def _parse(text: str) -> HtmlElement:
    """The page as an lxml tree; characters that XML does not know are gone."""
    printable = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        tree = lxml_html.document_fromstring(printable.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableReport(
            f"the page cannot be taken apart: {error}", hint="save it again from a browser"
        ) from None
    return tree


# --- body ------------------------------------------------------------------------------------------------------------


def _find_body(text: str, tree: HtmlElement, captions: tuple[Caption, ...]) -> tuple[str, ...]:
    body = ""
    for options in ({"favor_precision": True, "include_tables": False}, {"include_tables": True}):
        try:
            body = trafilatura.extract(text, output_format="txt", include_comments=False, **options) or ""
        except Exception as error:  # a library that meets a page it was not made for
            raise UnreadableReport(
                f"the page cannot be taken apart: {error}", hint="save it again from a browser"
            ) from None
        if len(body) >= 200:
            break
    lines = split_lines(tidy(body)) if body.strip() else _paragraphs(tree)
    if not lines:
        raise UnreadableReport(
            "the page holds no article text", hint="check that it was not cut off, or built by a script"
        )
    known = [caption.text for caption in captions]
    return tuple(re.sub(r"^- ", "", line) for line in lines if not any(same_words(line, text) for text in known))


def _paragraphs(tree: HtmlElement) -> tuple[str, ...]:
    """The text of a page's paragraphs: what is left to do where Trafilatura finds none."""
    for junk in tree.xpath("//script | //style | //nav | //footer | //noscript | //form"):
        junk.drop_tree()
    blocks = tree.xpath("//p[normalize-space()]") or tree.xpath("//body")
    return tuple(filter(None, (_text(block) for block in blocks)))


# --- what the page says about itself ---------------------------------------------------------------------------------


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page that are articles, wherever they are nested."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script.text or "")
        try:
            queue = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while queue:
            item = queue.pop(0)
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                if any(_ARTICLE_TYPES.fullmatch(str(kind)) for kind in _as_list(item.get("@type"))):
                    yield item
                queue.extend(
                    value
                    for key, value in item.items()
                    if key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                )


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(value: object) -> list[str]:
    """The names in a JSON-LD value: strings, objects with a name, or lists of either."""
    named = ((each.get("name") if isinstance(each, dict) else each) for each in _as_list(value))
    return [tidy(name).strip() for each in named for name in _as_list(each) if isinstance(name, str) and name.strip()]


def _meta(tree: HtmlElement, *names: str) -> Iterator[str]:
    """Contents of the page's meta elements of these names (lower case), in the order of `names`."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = tidy(element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            if element.get(key) and content:
                found.setdefault(element.get(key).strip().lower(), []).append(content)
    for name in names:
        yield from found.get(name, ())


def _text(element: HtmlElement) -> str:
    return tidy(" ".join(element.itertext())).replace("\n", " ").replace("  ", " ").strip()


def _find_url(tree: HtmlElement, linked: tuple[dict[str, Any], ...]) -> str | None:
    canonical = [link for link in tree.xpath("//link[@rel='canonical']/@href") if link.startswith("http")]
    ids = [item.get("url") for item in linked]
    return next(
        (
            each.strip()
            for each in (*canonical, *_meta(tree, "og:url"), *ids)
            if isinstance(each, str) and each.startswith("http")
        ),
        None,
    )


def _find_title(tree: HtmlElement, linked: tuple[dict[str, Any], ...], publisher: str | None) -> str | None:
    headings = [_text(heading) for heading in tree.xpath("//h1")]
    headlines = [name for item in linked for name in _names(item.get("headline"))]
    titles = [_text(title) for title in tree.xpath("//head/title")]
    found = (*_meta(tree, "og:title"), *headlines, *(headings if len(headings) == 1 else ()), *titles, *headings)
    return next((strip_site(title.replace("\n", " "), publisher) for title in found if title), None)


def _find_publisher(tree: HtmlElement, linked: tuple[dict[str, Any], ...], url: str | None) -> str | None:
    names = [name for item in linked for name in _names(item.get("publisher"))]
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    except ValueError:
        host = ""
    return next(
        iter(
            (
                *_meta(tree, "og:site_name"),
                *names,
                *_meta(tree, "application-name", "dc.publisher"),
                *filter(None, [host]),
            )
        ),
        None,
    )


def _find_byline(tree: HtmlElement, linked: tuple[dict[str, Any], ...], publisher: str | None) -> str | None:
    signed = [name for item in linked for key in ("author", "creator") for name in _names(item.get(key))]
    authors = [*_people(dict.fromkeys(signed), publisher)]
    if not authors:
        authors = [*_people(dict.fromkeys(_meta(tree, *_AUTHOR_NAMES)), publisher)]
    if not authors:
        marked = tree.xpath(
            f"//*[@rel='author' or @itemprop='author' or contains({_LOWER.format('@class')}, 'byline')]"
        )
        printed = (_text(element) for element in marked if not _is_elsewhere(element))
        lines = (find_stamp(line).rest if find_stamp(line) else line for line in printed if len(line) <= 200)  # type: ignore[union-attr]
        authors = [*_people((line if line[:3].lower() == "by " else f"By {line}" for line in lines), publisher)][:1]
    return authors[0] if len(authors) == 1 else f"{', '.join(authors[:-1])} and {authors[-1]}" if authors else None


def _people(names: Iterable[str], publisher: str | None) -> Iterator[str]:
    """Those of the names that a report can be signed with: no addresses, no name of the site itself."""
    for name in names:
        signed = read_byline(name) or name
        if "://" not in signed and len(signed) <= 120 and not (publisher and same_words(signed, publisher)):
            if re.search(r"[^\W\d_]{2}", signed) and not signed.lower().startswith("by "):
                yield signed


def _find_published(tree: HtmlElement, linked: tuple[dict[str, Any], ...], url: str | None) -> str | None:
    """When the page says it was published: metadata, JSON-LD, marked-up and printed times, the day in its address."""
    dated = [item.get("datePublished") for item in linked]
    marked = [
        each.get("datetime") or each.get("content")
        for each in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]")
    ]
    times = [time.get("datetime") for time in tree.xpath("//time[@datetime]") if not _is_elsewhere(time)]
    given = (*_meta(tree, *_TIME_NAMES[:2]), *dated, *_meta(tree, *_TIME_NAMES[2:]), *marked, *times[:1])
    known = [moment for value in given if isinstance(value, str) and (moment := read_published(value))]
    if known:
        return next((moment for moment in known if "T" in moment and moment[:10] == known[0][:10]), known[0])
    return _find_printed_time(tree) or _day_in(url)


def _find_printed_time(tree: HtmlElement) -> str | None:
    named = " or ".join(
        f"contains({_LOWER.format('@class')}, '{word}')" for word in ("date", "time", "publish", "byline")
    )
    marked = tree.xpath(f"//time | //*[{named}]")
    stamps = [find_stamp(_text(each)[:200]) for each in marked if not _is_elsewhere(each) and len(_text(each)) <= 200]
    found = [stamp for stamp in stamps if stamp and stamp.iso]
    return next((stamp.iso for label in ("published", "", "updated") for stamp in found if stamp.label == label), None)


def _day_in(url: str | None) -> str | None:
    match = re.search(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)", url or "")
    return read_published("{}-{:0>2}-{:0>2}".format(*match.groups())) if match else None


# --- captions --------------------------------------------------------------------------------------------------------


def _find_captions(tree: HtmlElement) -> tuple[Caption, ...]:
    """Captions that the markup calls so: figcaption, and classes with "caption" in their name."""
    marked = tree.xpath(
        f"//figcaption | //*[contains({_LOWER.format('@class')}, 'caption')] | //*[@itemprop='caption']"
    )
    found: list[Caption] = []
    for element in marked:
        classes = element.get("class") or ""
        if element.tag != "figcaption" and not _CAPTION.search(classes) and not element.get("itemprop"):
            continue
        if _is_elsewhere(element) or element.xpath(
            ".//figcaption | .//p[2] | .//a[2] | .//li | .//h3 | .//script | .//video | .//button"
        ):
            continue
        if any(_is_inside(element, other) for other in marked if other is not element and other.tag == "figcaption"):
            continue
        caption = _read_marked_caption(element)
        if caption:
            found.append(caption)
    return add_captions((), found)


def _read_marked_caption(element: HtmlElement) -> Caption | None:
    parts = [part for part in element.iter() if part is not element and isinstance(part.tag, str)]
    credits = [part for part in parts if _CREDIT.search(f"{part.get('class') or ''} {part.get('itemprop') or ''}")]
    outside = [] if credits else _credits_beside(element)
    credit = _text((credits or outside)[0]) if credits or outside else ""
    text = _text(element)
    if credits and credit:
        text = text.replace(credit, " ", 1) if text.count(credit) == 1 else text.removesuffix(credit)
    text = re.sub(r"^(?:image|media|photo)? ?caption:? ?", "", tidy(text).strip(" |"), flags=re.I).strip()
    credit = re.sub(
        r"^(?:photo(?:graph)?|image|picture|credit|source|copyright|©|by|courtesy)(?:\s?(?:by|of|credit|copyright|source))?\s?[:©]?\s+",
        "",
        credit,
        flags=re.I,
    )
    if not 2 < len(text) <= 900 or text.count(" ") < 2:
        return None
    parsed = None if credit else read_caption(text)
    return parsed or Caption(text, credit.strip(" ()|") or None)


def _credits_beside(element: HtmlElement) -> list[HtmlElement]:
    """Credits that stand next to a caption, in the same figure."""
    parent = element.getparent()
    if parent is None or len(parent) > 6:
        return []
    return [
        other
        for other in parent
        if other is not element and isinstance(other.tag, str) and _CREDIT.search(other.get("class") or "")
    ]


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element belongs to something other than the report: navigation, related stories, comments."""
    for above in (element, *element.iterancestors()):
        if above.tag in ("nav", "footer", "aside"):
            return True
        if above.tag not in ("body", "html", "main", "article") and _ELSEWHERE.search(
            f"{above.get('class') or ''} {above.get('id') or ''}"
        ):
            return True
    return False


def _is_inside(element: HtmlElement, other: HtmlElement) -> bool:
    return any(above is other for above in element.iterancestors())
