"""Second step of reading times: which runs of words are time expressions, and of which sort.

A rule is a regular expression over word kinds (`time_words.py`): `month small` matches "May 7". Words in capitals are
the fragments below. Rules are tried in order at every word; what a match means is for `time_readings.py` to say.
"""

from __future__ import annotations

import re
from functools import cache

from reportedly.resolve.time_words import kind_codes

FRAGMENTS = {
    "STAGE": "(?:stage|earlier|later)",
    "MONTH": "(?:month|mon dot|mon(?=(?:small|nth|year|comma)))",
    "DAY": "(?:small|nth|ordinal)",
    "YEAR": "(?:year bc?|short|(?:integer|small) bc)",
    "DOMINICAL": "(?: comma? YEAR| of the? YEAR| comma? OFYEAR)",
    "OFYEAR": "(?: (?:of|in)? (?:this|that|last|next|the? (?:same|previous|following|next|last)) (?=unit) unit)",
    "MONTHDAY": "(?:MONTH the? (?:small|nth)(?! hyphen? (?:unit|clock|ampm)) DOMINICAL?)",
    "DAYMONTH": "(?:the? DAY of? MONTH DOMINICAL?)",
    "CALENDAR": "(?:(?:weekday dot? comma? (?:the(?=nth|small))?)? (?:MONTHDAY|DAYMONTH)|iso)",
    "WHICH": "(?:(?:this|that) same|this (?:next|last)|the? PLACED+|this|that)",
    "PLACED": "(?:last|next|previous|following|same|latest|current)",
    "HINTED": "(?:WHICH? weekday(?! part))",
    "PIVOT": "(?:CALENDAR|HINTED|deictic|the? (?:same|next|following|previous) unit)",
    "CLOCK": "(?:HALFCLOCK hyphen? ampm? zone?|(?:integer|year|small) zone|hour zone?)",
    "HALFCLOCK": "(?:clock|small ampm|number ampm|small dot small ampm)",
    "PLAIN": "(?:(?:integer|year|small) scale*|SPOKEN(?: (?:hyphen|and(?=SPOKEN))? SPOKEN)*)",
    "SPOKEN": "(?:number|scale)",
    "NUMBER": "(?:PLAIN (?:fraction|and art? (?:half|fraction))?|half art|fraction of? art|few|art)",
    "COUNT": "(?:(?:bound|few)* NUMBER(?: (?:or|to|hyphen) PLAIN)?)",
    "EDGE": "(?:the? edge of|the? stage (?:hyphen|in)? of?|STAGE (?:hyphen|in|on)?)",
    "PARTNAME": "(?:STAGE hyphen? )?part",
    "OWNER": "(?:WHICH unit poss|YEAR(?: poss)?|unit hyphen? (?:ago|earlier)|fiscal)",
    "NODAY": "(?:unit|clock|ampm|number|MONTH)",
    "QUARTER": "(?:ordinal hyphen? (?:unit|half)|last half)",
}

RULES = (
    ("clocked", "bound? CLOCK comma? on? the? PIVOT"),
    ("clocked", "EDGE? PIVOT comma? (?:PARTNAME comma?)? (?:at|in)? bound? CLOCK(?! unit)"),
    ("clocked", "bound? CLOCK(?: (?:in the part|this part|that part))?"),
    ("clocked", "(?:number|small) in the part"),
    ("habit", "(?:weekday (?:and|or|comma))* weekday part"),
    ("parted", "EDGE? (?:the|on)? PARTNAME (?:of|on) PIVOT"),
    ("parted", "EDGE? (?:CALENDAR|WHICH? weekday|deictic|holiday) (?:comma )?(?:in the )?PARTNAME"),
    ("parted", "EDGE? (?:WHICH|number) PARTNAME"),
    ("parted", "EDGE? the PARTNAME"),
    ("parted", "stage hyphen? part deictic?"),
    ("overnight", "part"),
    ("relative_day", "(?:the? unit (?:before|after) PIVOT)"),
    ("calendar", "(?:EDGE|bound|WHICH|the)? CALENDAR"),
    ("day_before_month", "the? (?:small|nth)(?= (?:hyphen|and|comma|to|or) the? (?:small|nth) of? MONTH)"),
    ("day_after_month", "(?<=(?:hyphen|and|comma|to|or)) the? (?:small|nth)(?! hyphen? NODAY)"),
    ("day_of_here", "the nth(?! hyphen? unit)"),
    ("spoken_year", "the unit number scale"),
    ("fiscal", "the? fiscal YEAR"),
    ("quarter", "(?:the )?OWNER? fiscal? hyphen? WHICH? QUARTER (?:of (?:the )?(?:fiscal )?YEAR|OFYEAR)?"),
    ("year_ago", "(?:the other? )?unit hyphen (?:ago|earlier) (?:period|unit|QUARTER)?"),
    ("year_ago", "the YEAR (?:period|unit)"),
    ("month", "(?:EDGE|bound|WHICH EDGE?|the)? MONTH (?:comma? of? the? YEAR|OFYEAR)"),
    ("month", "(?:EDGE|bound|WHICH EDGE?)? MONTH"),
    ("season", "(?:EDGE|WHICH|the)* STAGE? season (?:hyphen|comma)? (?:of|in)? (?:the )?(?:YEAR|OFYEAR)"),
    ("season", "(?:EDGE|the)? YEAR season"),
    ("season", "(?:EDGE|WHICH|the)* STAGE? season"),
    ("decade", "(?:the )?EDGE? (?:hyphen )?(?:decade|the spoken) bc?"),
    ("century", "(?:the )?EDGE? (?:hyphen )?(?:the )?(?:nth|ordinal) hyphen? unit bc?"),
    ("ago", "COUNT hyphen? more? unit (?:or other)? (?:ago|hence)"),
    ("ago", "bound? unit (?:ago|hence)"),
    ("shifted", "COUNT hyphen? more? unit (?:later|earlier|before(?= (?:dot|comma|break)))"),
    ("shifted", "(?:the )unit (?:before|after|previous|following|earlier)(?= (?:dot|comma|break))"),
    ("shifted", "unit (?:later|earlier)"),
    ("straight", "(?:the )?(?:ordinal|nth) straight unit"),
    ("straight", "COUNT straight unit"),
    ("stretch", "(?:each of)? (?:the )?(?:PLACED|recent)+ COUNT (?:more|last|straight)* unit"),
    ("stretch", "(?:the )?(?:ordinal|last) COUNT unit (?:of (?:the )?(?:YEAR|month DOMINICAL?))?"),
    ("recent", "(?:the )?(?:recent|this? next|last(?! unit dot)) unit(?: and unit)?"),
    ("relative", "(?:EDGE|the edge of)? WHICH fiscal? unit"),
    ("relative", "(?:EDGE|the edge of) the? unit"),
    ("relative", "(?:EDGE|WHICH)? unit (?:hyphen|poss)? edge"),
    ("relative", "the more? (?:fiscal )?unit(?! of)"),
    ("plural", "the (?:STAGE|ordinal|edge)? unit(?! year)"),
    ("set", "(?:each|per) (?:other|straight)? COUNT? (?:unit|weekday|month|season|part|holiday)"),
    ("set", "frequency"),
    ("set", "weekday part? (?:and|or) weekday part"),
    ("duration", "COUNT (?:hyphen|more)* unit(?: (?:and|hyphen) (?:art|hyphen)* half)?(?: hyphen? long)?"),
    ("duration", "bound? PLAIN other unit"),
    ("duration", "unit hyphen long"),
    ("duration", "unit (?:(?:and|or) unit)?"),
    ("weekday", "EDGE? WHICH? weekday(?: of? WHICH unit)?"),
    ("deictic", "EDGE? deictic"),
    ("holiday", "(?:EDGE|WHICH|the)? holiday (?:comma? (?:of|in)? YEAR|OFYEAR)?"),
    ("former", "former"),
    ("reference", "reference"),
    ("reference", "current"),
    ("reference", "recent"),
    ("past", "the last(?= (?:dot|comma|break|other|and))"),
    ("year", "(?:bound|EDGE|the unit|the more? of)? year bc?"),
    ("year", "(?:bound|EDGE)? short"),
    ("year", "(?:EDGE|bound)? (?:integer|small) bc"),
    ("year", "(?:integer|small)(?= (?:to|hyphen|dash) (?:integer|small) bc)"),
    ("year", "(?<=year (?:hyphen|slash)) (?:small|integer)"),
)  # fmt: skip


SMALL_WORDS = (
    "the", "art", "of", "this", "that", "and", "or", "to", "from", "between", "in", "on", "at", "for", "since",
    "before", "after", "same", "hyphen", "dash", "comma", "poss", "slash", "straight", "long", "more", "old",
    "half", "ad", "bound", "few", "number", "ordinal", "scale", "fraction", "small", "integer", "stage", "edge",
    "next", "previous", "following", "earlier", "later", "ago", "hence", "each", "per", "fiscal", "latest",
)  # fmt: skip
"""Kinds that no expression is made of alone."""


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every rule's name and its expression over kind characters."""
    return tuple((name, re.compile(spell_out(rule))) for name, rule in RULES)


@cache
def likely_chunks() -> re.Pattern[str]:
    """Runs of words that the grammar knows, with a time word among them or one word on."""
    codes = kind_codes()
    unknown = "".join(codes[kind] for kind in ("other", "dot", "break", "quote"))
    small = "".join(codes[kind] for kind in SMALL_WORDS)
    return re.compile(f"[{small}]*(?:[^{small}{unknown}]|{spell_out('PLAIN other unit')})[^{unknown}]*")


@cache
def starters() -> re.Pattern[str]:
    """Any rule, to find where an expression may begin."""
    return re.compile("|".join(f"(?:{spell_out(rule)})" for _, rule in RULES))


def spell_out(rule: str) -> str:
    """A rule with its fragments put in and every kind replaced by its character."""
    while re.search("[A-Z]{3}", rule):
        rule = re.sub(r"[A-Z]{3,}", lambda name: FRAGMENTS[name.group()], rule)
    codes = kind_codes()
    return re.sub(r"[a-z]+", lambda word: codes[word.group()], rule).replace(" ", "")
