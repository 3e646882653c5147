"""Bytes -> characters: finds the encoding, refuses what is no text, and evens out how text is typed."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from itertools import pairwise

from reportedly.errors import UnreadableReport

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ", "compressed"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d{0,2});|&nbsp\b", re.IGNORECASE)
_MANY_CONTROLS = 0.005  # text has none; one in two hundred is what a stray escape sequence or two give


def decode(content: bytes, *, is_html: bool = False) -> str:
    """The characters of a report.

    A byte order mark decides, then UTF-8, then what an HTML page declares, then Windows-1252 and Latin-1.
    Raises UnreadableReport if the bytes are empty, binary, or cut off inside a character.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableReport("it is empty", hint="give a file that has text in it")
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableReport(f"it is {what}, not text", hint="convert it to plain text or HTML first")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _refuse_binary(_decode_or_refuse(content, encoding))
    if b"\x00" in content:
        raise UnreadableReport("it holds NUL bytes: binary, or a download that was cut off", hint="fetch it again")
    return _refuse_binary(_decode_unmarked(content, is_html))


def _decode_or_refuse(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"it is no valid {encoding.upper()}: {error.reason}", hint="fetch it again") from None


def _decode_unmarked(content: bytes, is_html: bool) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        good = sum(byte >= 0xC2 for byte in content[: error.start])
        if good and error.reason == "unexpected end of data":
            raise UnreadableReport("it is cut off inside a character", hint="fetch it again") from None
        mended = content.decode("utf-8", "replace")
        if good and mended.count("\ufffd") * 4 <= sum(c >= "\x80" for c in mended):
            return mended  # UTF-8 with a few bytes damaged on the way
    declared = _CHARSET.search(content[:4096]) if is_html else None
    for encoding in (declared.group(1).decode("ascii") if declared else "cp1252", "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _refuse_binary(text: str) -> str:
    if len(_CONTROLS.findall(text)) > _MANY_CONTROLS * len(text):
        raise UnreadableReport("it is binary or in an unknown encoding", hint="save it as UTF-8 text")
    return text


def tidy(text: str) -> str:
    """The same words, typed evenly: NFC, "\\n" for every kind of line end, plain blanks, nothing invisible.

    Quotation marks, dashes and broken characters stay as they are. HTML entities that a scraper left are resolved.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _NEWLINES.sub("\n", text)))
    return _BLANKS.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))


def split_lines(text: str) -> tuple[str, ...]:
    """The non-blank lines of tidy text, one paragraph each; hard-wrapped lines are joined, CSV quoting is undone."""
    text = _undo_csv(text.strip())
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text)]
    lines = _unwrap(blocks) if _is_wrapped(blocks) else [line for block in blocks for line in block]
    stripped = (_undo_csv(line.strip()) for line in lines)
    return tuple(line for line in stripped if line)


def _undo_csv(text: str) -> str:
    """`"He said ""no""."` -> `He said "no".`: what is left where one cell of a CSV file was cut out."""
    if len(text) > 2 and text[0] == text[-1] == '"' and '""' in text[1:-1] and '"' not in text[1:-1].replace('""', ""):
        return text[1:-1].replace('""', '"').strip()
    return text


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """Whether lines were broken at a fixed width: most that are followed by another end in mid-sentence."""
    inner = [(one, two) for block in blocks for one, two in pairwise(block)]
    broken = sum(50 <= len(one) <= 100 and two[:1].islower() for one, two in inner)
    return len(inner) >= 2 and broken >= 0.4 * len(inner)


def _unwrap(blocks: list[list[str]]) -> list[str]:
    width = max(len(line) for block in blocks for line in block)
    paragraphs: list[str] = []
    for block in blocks:
        full = False  # whether the line above runs to the right edge, so that this one continues it
        for line in block:
            if full:
                paragraphs[-1] += " " + line.strip()
            else:
                paragraphs.append(line)
            full = len(line) >= 0.7 * width
    return paragraphs
