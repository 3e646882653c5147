"""What stands above a report: title, byline, timestamps, dateline."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from reportedly.knowledge import read_toml
from reportedly.read.page import MASTHEAD_LINES, Page, is_paragraph, same_words
from reportedly.read.published import CLOCK, MONTH, find_stamp, make_date, read_month
from reportedly.records import Dateline, Removed

_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]*|al-[A-Z]\w+)"
_LINK = r"(?:,|/| [|–—-]|,? and| &| of the| of| in| for| de la| de| la| van der| van| von| bin| el| al| da)"
_NAMES = re.compile(rf"{_NAME}(?:{_LINK}? {_NAME}|/{_NAME})*")


# --- title -----------------------------------------------------------------------------------------------------------


def take_title(page: Page) -> Page:
    """The page with its title found and taken out of the body, together with the labels above and below it.

    A line is a title only if it stands above the first paragraph, is short and does not end like a sentence.
    """
    if len(page.lines) < 2:
        return page
    if page.title:
        return _drop_given_title(page, page.title)
    above = page.lines[: min(page.body_starts, len(page.lines) - 1)]
    candidates = [line for line in above if _may_be_title(line)]
    title = next((line for line in candidates if line.count(" ") >= 3), None)
    if title is None and candidates and candidates[0] == page.lines[0] and " " in candidates[0]:
        title = candidates[0]
    if title is None:
        return _drop_labels(page)
    page = page.without(lambda index, line: "headline" if index < MASTHEAD_LINES and line == title else None)
    return _drop_labels(replace(page, title=strip_site(title, page.publisher)))


def _drop_given_title(page: Page, title: str) -> Page:
    def judge(index: int, line: str) -> str | None:
        return "headline" if index < MASTHEAD_LINES and same_words(strip_site(line, page.publisher), title) else None

    less = page.without(judge) if any(judge(*pair) is None for pair in enumerate(page.lines)) else page
    if less is page and not page.is_html and page.body_starts < len(page.lines) and _may_be_title(page.lines[0]):
        if (
            page.body_starts > 0 and page.lines[0].count(" ") >= 3
        ):  # the page's own headline, where the feed gave another
            less = page.without(lambda index, _: "headline" if index == 0 else None)
    return _drop_labels(less)


def _drop_labels(page: Page) -> Page:
    """Site and section names: lines of one to three words above the first paragraph."""
    first = page.body_starts
    if first == len(page.lines):
        return page
    return page.without(lambda index, line: "masthead" if index < first and _is_masthead(line) else None)


def _is_masthead(line: str) -> bool:
    filed = _match_dateline(line)
    return (line.count(" ") < 3 or _names_site(line)) and not (filed and filed.end() == len(line))


def _names_site(line: str) -> bool:
    """ "The Boston Example", "Example News Videos •": a short line that ends in what sites are called."""
    words = re.findall(r"\w+", line.lower())
    return line.endswith("•") or (0 < len(words) <= 4 and words[-1] in _site_words())


def _may_be_title(line: str) -> bool:
    if line.count(" ") >= 30 or len(line) > 220 or is_paragraph(line) or _names_site(line):
        return False
    if line.startswith(("—", "–", "-", "|", "•", "(", "@")) or line.endswith((":", ";", ",")):
        return False
    return not line.endswith(".") or line.endswith("...")


def strip_site(title: str, publisher: str | None) -> str:
    """A title without the name of its site: "Rebels take town - Example News" -> "Rebels take town"."""
    parts = re.split(r"\s+(?:[|–—·»]|-|::)\s+", title.strip())
    while len(parts) > 1 and _is_site(parts[-1], publisher, bar=bool(re.search(r"[|»]\s+\S[^|»]*$", title))):
        title = title[: title.rindex(parts.pop())].rstrip(" |–—·»:-")
    return title.strip()


def _is_site(tail: str, publisher: str | None, *, bar: bool) -> bool:
    words = re.findall(r"\w+", tail.lower())
    if not words or len(words) > 6:
        return False
    if publisher and "".join(words) in re.sub(r"\W", "", publisher.lower()):
        return True
    by_name = bool(set(words) & _site_words()) or bool(re.search(r"\.\w{2,3}$", tail))
    return (by_name and (bar or len(words) <= 5)) or (bar and len(words) <= 3)


@cache
def _site_words() -> frozenset[str]:
    return frozenset(read_toml("furniture.toml")["title"]["site_words"])


# --- byline and timestamps -------------------------------------------------------------------------------------------


def take_masthead(page: Page) -> Page:
    """The page with its byline and timestamps taken out of the lines above, around and below the title.

    A time labelled as published beats an unlabelled one, and that one beats an update; page metadata beats all.
    """
    stamps: dict[str, str] = {}
    bylines: list[str] = []
    last = max((index for index, line in enumerate(page.lines) if is_paragraph(line)), default=0)
    first = page.body_starts
    seen: set[str] = set()

    def judge(index: int, line: str) -> str | None:
        masthead = index < MASTHEAD_LINES
        stamp = find_stamp(line) if len(line) <= 160 else None
        rest = line if stamp is None else stamp.rest
        byline = read_byline(rest, bare=index < 5) if rest and masthead else None
        if rest and masthead and byline is None and (stamp and "T" in (stamp.iso or "")) and rest.count(" ") < 3:
            rest = ""  # "Politics 07/16/2018, 06:45am"
        if stamp and (not rest or byline) and (masthead or index > last or line in seen):
            seen.add(line)
            if stamp.iso:
                stamps.setdefault(stamp.label, stamp.iso)
        elif byline is None:
            return "timestamp" if index < first and CLOCK.fullmatch(line) else None
        if byline:
            bylines.append(byline)
        return "byline" if byline else "timestamp"

    page = page.without(judge)
    printed = stamps.get("published") or stamps.get("") or stamps.get("updated")
    return replace(page, published=page.published or printed, byline=page.byline or next(iter(bylines), None))


def read_byline(line: str, *, bare: bool = False) -> str | None:
    """Who signed: "By Jane Doe and John Roe, Reuters" -> "Jane Doe and John Roe, Reuters"; None if it is no byline.

    With `bare`, names that end in an agency's ("Jane Doe, Associated Press") are a byline without "By".
    """
    line = re.split(r"\s[|–—-]\s(?=by\s)", line, flags=re.IGNORECASE)[-1].strip(" |•·*").rstrip(":;,–—- ")
    if len(line) > 160:
        return None
    lead = _lead().match(line)
    names = line[lead.end() :] if lead else line
    names = re.sub(r"\s+[|–—-]\s+|\s*[|•,]\s*", ", ", names).strip(" ,")
    signed = re.split(r",? (?:in|for|at) |, |/| and | & ", names)[-1]
    if not _NAMES.fullmatch(names) or names.count(" ") >= 16:
        return None
    return names if lead or (bare and signed.casefold() in agencies()) else None


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(read_toml("furniture.toml")["byline"]["lead"], re.IGNORECASE)


@cache
def agencies() -> frozenset[str]:
    """Names of news agencies, case folded."""
    return frozenset(name.casefold() for name in read_toml("furniture.toml")["agencies"]["names"])


# --- dateline --------------------------------------------------------------------------------------------------------

_CAPITALS = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’]*[A-ZÀ-Þ.](?:-[A-ZÀ-Þ'’]+|-[a-z]{2}-[A-ZÀ-Þ]+)*|Mc[A-Z]+)"
_WORD = r"[A-ZÀ-Þ][\w.'’-]+"
_REGIONS = rf"(?:, {_WORD}(?: (?:and |of |the )?{_WORD}){{0,3}}){{0,2}}"
_LOUD = rf"{_CAPITALS}(?:(?: |/|, ?| and | AND ){_CAPITALS}){{0,5}}{_REGIONS}"
_QUIET = rf"{_WORD}(?:[ /](?:al-|and |of |the )?{_WORD}){{0,3}}{_REGIONS}"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:(?P<month>(?i:{MONTH})) (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?P<month2>(?i:{MONTH})))"
    r"(?:,? (?P<year>\d{4}))?"
)
_DASH = r"(?:[–—―\ufffd-]{1,3}|:{1,2}|>{2})"
_AGENCY = r"[(\[/](?P<agency>[^()\[\]/]{2,40}(?:/[A-Z]{2,6})?)[)\]/]"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<place>{_LOUD}),? ?(?:{_DAY})?[.,]? ?{_AGENCY}\.? ?{_DASH}?\s*",
        rf"(?P<place>{_QUIET}),? (?:{_DAY})?[.,]? ?{_AGENCY}\.? ?{_DASH}?\s*",
        rf"(?P<place>{_LOUD})(?:,? ?{_DASH}? ?{_DAY})? ?{_DASH}\s*",
        rf"(?P<place>{_QUIET})(?:,? {_DASH}? ?{_DAY}) ?{_DASH}\s*",
        rf"(?P<place>{_QUIET}) {_DASH} ",
        rf"(?P<day3>){_AGENCY}\.? ?{_DASH}?\s*",
    )
)
_BODY = re.compile(r"[A-ZÀ-Þ0-9\"“‘'«(\[$€£…]|al-[A-Z]|$")


def take_dateline(page: Page) -> Page:
    """The page without the dateline of its first paragraph, whose place, date and agency are kept.

    Where nothing else says when the report was published, the day of its dateline does.
    """
    page = _drop_publisher(page)
    for index, line in enumerate(page.lines[:4]):
        match = _match_dateline(line)
        again = match and _match_dateline(line[match.end() :])  # "HELSINKI - HELSINKI (AP) - "
        cut = match.end() + (again.end() if again else 0) if match else 0
        if match is None or (cut == len(line) and len(page.lines) == 1):
            continue
        dateline = _read_dateline(again or match, page.published)
        lines = (*page.lines[:index], line[cut:], *page.lines[index + 1 :])
        return replace(
            page,
            lines=tuple(filter(None, lines)),
            dateline=dateline,
            published=page.published or dateline.date,
            removed=(*page.removed, Removed(line[:cut].strip(), "dateline")),
        )
    return page


def _drop_publisher(page: Page) -> Page:
    """ "Example.Net - The army said …": the publisher's name where a dateline would stand."""
    first = page.lines[0] if page.lines else ""
    if not page.publisher or not first.startswith(page.publisher):
        return page
    match = re.match(rf"\s*(?:{_DASH})\s+", first[len(page.publisher) :])
    if match is None:
        return page
    cut = len(page.publisher) + match.end()
    gone = Removed(first[:cut].strip(), "masthead")
    return replace(page, lines=(first[cut:], *page.lines[1:]), removed=(*page.removed, gone))


def _match_dateline(line: str) -> re.Match[str] | None:
    head = line[:160]
    for number, form in enumerate(_FORMS):
        match = form.match(head)
        if match is None or not _BODY.match(line[match.end() :]):
            continue
        part = match.groupdict()
        known_agency = (part.get("agency") or "").casefold() in agencies()
        if number in (1, 5) and not known_agency:
            continue
        if number == 0 and not known_agency and not re.search(rf"{_DASH}\s*$", match.group()):
            continue  # "NATO (the alliance) said"
        if number in (0, 2) and (_is_label(match) or not re.search(r"[a-z]{3}", line[match.end() :] or "abc")):
            continue
        if number in (2, 4) and 0 < line.count(" ", match.end()) + (match.end() < len(line)) < 5:
            continue  # "Example Wire - Jane Doe"
        if number == 4 and (
            line.count(match.group().strip()[-1], match.end(), match.end() + 200) or ":" in match.group()
        ):
            continue  # a second dash closes a parenthesis
        return match
    return None


def _is_label(match: re.Match[str]) -> bool:
    """Whether words in capitals are a label ("WATCH:", "JUST IN:") and no place."""
    words = match["place"].split()
    if match["place"] in _labels():
        return True
    return match.group().rstrip().endswith(":") and (len(words) > 2 or not _labels().isdisjoint(words))


@cache
def _labels() -> frozenset[str]:
    return frozenset(read_toml("furniture.toml")["dateline"]["labels"])


def _read_dateline(match: re.Match[str], published: str | None) -> Dateline:
    part = match.groupdict()
    place = part.get("place")
    agency = part.get("agency")
    day = _read_day(part, published)
    return Dateline(_title_case(place) if place else None, day.isoformat() if day else None, agency)


def _read_day(part: dict[str, str | None], published: str | None) -> date | None:
    """The dateline's day. Without a year it is the last such day up to the day after publication."""
    month, day = part.get("month") or part.get("month2"), part.get("day") or part.get("day2")
    if not month or not day:
        return None
    if part.get("year"):
        return make_date(int(part["year"] or 0), read_month(month), int(day))
    try:
        latest = date.fromisoformat((published or "")[:10]) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    days = (make_date(year, read_month(month), int(day)) for year in (latest.year, latest.year - 1))
    return next((each for each in days if each and each <= latest), None)


def _title_case(place: str) -> str:
    """ "MEXICO CITY" -> "Mexico City", "PORT-AU-PRINCE, Haiti" -> "Port-au-Prince, Haiti"; "D.C." stays."""
    kept = read_toml("furniture.toml")["dateline"]["kept_capitals"]

    def one(match: re.Match[str]) -> str:
        word = match.group()
        state = len(word) == 2 and place[: match.start()].endswith(", ")  # "New York, NY"
        if not word.isupper() or word in kept or state or re.fullmatch(r"(?:\w\.)+", word):
            return word
        small = match.start() > 0 and word in ("AND", "OF", "THE", "AU", "DE", "DU", "SUR", "LES")
        return word.lower() if small else word.capitalize()

    return re.sub(r"[\w.'’]+", one, place)
