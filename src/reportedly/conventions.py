"""Events in the columns of GDELT 2.0, ACLED and UCDP GED, as far as the fields exist; gaps: docs/store.md."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from reportedly.knowledge import DATA, read_table, read_toml
from reportedly.precisions import acled_geo_precision, acled_time_precision, ucdp_date_prec, ucdp_where_prec
from reportedly.records import EventField, Toponym
from reportedly.store import corrected
from reportedly.store.reading import StoredClaim, StoredEvent

Row = dict[str, Any]
_ARMED = ("State forces", "Rebel group", "Political militia", "External/Other forces")

_GDELT_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GDELT_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{part}" for n in (1, 2) for part in _GDELT_ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in _GDELT_GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def gdelt_row(stored: StoredEvent, claims: Mapping[str, StoredClaim]) -> Row:
    """A row of GDELT's 61 columns. GoldsteinScale is PLOVER's score; NumMentions counts claims, NumSources roots."""
    event, first = stored.event, first_claim(stored, claims)
    code = cameo_code(event.event, event.modes)
    day = date.fromisoformat(event.first) if event.first else None
    geo = {f"ActionGeo_{part}": value for part, value in _gdelt_geo(stored).items()}
    return {
        "GLOBALEVENTID": event.id,
        "SQLDATE": day and day.strftime("%Y%m%d"),
        "MonthYear": day and day.strftime("%Y%m"),
        "Year": day and day.year,
        "FractionDate": day and f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        **_gdelt_actor("Actor1", stored.actor, stored.actor_country, _sector(claims, stored, "actors")),
        **_gdelt_actor("Actor2", stored.recipient, stored.recipient_country, _sector(claims, stored, "recipients")),
        "IsRootEvent": int(_in_first_sentences(first)),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad_class(code),
        "GoldsteinScale": first.claim.score if first else None,
        "NumMentions": len(event.claims),
        "NumSources": event.independent_sources,
        "NumArticles": len(event.reports),
        **geo,
        "SOURCEURL": first.report.url if first else None,
    }


def cameo_code(event: str, modes: Iterable[str]) -> str:
    """The CAMEO code of a PLOVER type with its modes, by the first mode that has one."""
    codes = _conventions()["cameo"][event]
    return str(next((codes[mode] for mode in modes if mode in codes), codes[""]))


def quad_class(code: str) -> int:
    """GDELT's QuadClass by CAMEO root: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 14 else 4


def _gdelt_actor(whose: str, name: str | None, country: str | None, sector: str | None) -> Row:
    kind = _conventions()["cameo_sectors"].get(sector, sector) if sector else None
    return {
        f"{whose}Code": ((country or "") + (kind or "")) or None,
        f"{whose}Name": name and name.upper(),
        f"{whose}CountryCode": country,
        f"{whose}Type1Code": kind,
    }


def _gdelt_geo(stored: StoredEvent) -> Row:
    """GDELT's geography: type 1 country, 4 world city, 5 world state; FIPS country codes."""
    if stored.country is None and stored.lat is None:
        return {}
    where = stored.event.where
    kind = {"country": 1, "region": 5, "sea": 5}.get(stored.precision or "country", 4)
    return {
        "Type": kind,
        "Fullname": stored.place,
        "CountryCode": _codes().get(stored.country or "", {}).get("fips"),
        "Lat": stored.lat,
        "Long": stored.lon,
        "FeatureID": where.geonameid if where else None,
    }


# --- ACLED -----------------------------------------------------------------------------------------------------------


def acled_row(stored: StoredEvent, claims: Mapping[str, StoredClaim]) -> Row | None:
    """A row of ACLED's columns; None for what is no event in ACLED's sense, or is denied, retracted, undated."""
    event = stored.event
    kinds = [_acled_actor(_sector(claims, stored, side)) for side in ("actors", "recipients")]
    types = _acled_type(event.event, event.modes, kinds)
    if types is None or event.status in ("denied", "retracted") or event.first is None:
        return None
    first, codes = first_claim(stored, claims), _codes().get(stored.country or "", {})
    where, killed = event.where, event.field("killed")
    violent = _disorder(types[0]) == "Political violence"
    return {
        "event_id_cnty": f"{stored.country or 'XXX'}{event.id}",
        "event_date": event.first,
        "year": event.first[:4],
        "time_precision": acled_time_precision(*_days(stored)),
        "disorder_type": _disorder(types[0]),
        "event_type": types[0],
        "sub_event_type": types[1],
        "actor1": stored.actor,
        "inter1": kinds[0],
        "actor2": stored.recipient,
        "inter2": kinds[1],
        "interaction": "-".join(kind for kind in kinds if kind),
        "civilian_targeting": "Civilian targeting" if violent and kinds[1] == "Civilians" else None,
        "iso": codes.get("iso_numeric"),
        "country": codes.get("name"),
        "admin1": where.admin1 if where else None,
        "location": stored.place,
        "latitude": stored.lat,
        "longitude": stored.lon,
        "geo_precision": _place_precision(stored, acled_geo_precision),
        "source": "; ".join(event.publishers),
        "notes": first.claim.evidence.text if first else None,
        "fatalities": killed.best if killed else None,
        "tags": f"{event.status}; {event.told_by}",
    }


def _acled_type(event: str, modes: Iterable[str], kinds: list[str | None]) -> tuple[str, str] | None:
    table = _conventions()["acled"].get(event)
    if table is None:
        return None
    found = next((table[mode] for mode in modes if mode in table), table.get(""))
    if found and found[0] == "Battles" and kinds[1] not in _ARMED:
        return "Violence against civilians", "Attack"
    return (found[0], found[1]) if found else None


def _acled_actor(sector: str | None) -> str | None:
    return next((kind for kind, sectors in _conventions()["acled_actors"].items() if sector in sectors), None)


def _disorder(event_type: str) -> str:
    if event_type in ("Protests", "Riots"):
        return "Demonstrations"
    return "Strategic developments" if event_type == "Strategic developments" else "Political violence"


# --- UCDP GED --------------------------------------------------------------------------------------------------------


def ucdp_row(stored: StoredEvent, claims: Mapping[str, StoredClaim]) -> Row | None:
    """A row of UCDP GED's columns; None for what is no deadly assault, or is denied, retracted, undated."""
    event, killed = stored.event, stored.event.field("killed")
    if event.event != "ASSAULT" or not killed or not _number(killed.best) or event.status in ("denied", "retracted"):
        return None
    if event.first is None:
        return None
    first, where = first_claim(stored, claims), event.where
    kinds = [_acled_actor(_sector(claims, stored, side)) for side in ("actors", "recipients")]
    return {
        "id": event.id,
        "year": event.first[:4],
        "type_of_violence": _violence(kinds),
        "dyad_name": f"{stored.actor or 'Unknown'} - {stored.recipient or 'Unknown'}",
        "side_a": stored.actor,
        "side_b": stored.recipient,
        "number_of_sources": event.independent_sources,
        "source_article": first.report.url if first else None,
        "source_office": first.report.publisher if first else None,
        "source_date": (first.report.published or "")[:10] if first else None,
        "source_headline": first.report.title if first else None,
        "source_original": "; ".join(source.name for source in event.sources),
        "where_prec": _place_precision(stored, ucdp_where_prec),
        "where_coordinates": stored.place,
        "where_description": where.text if where else None,
        "adm_1": where.admin1 if where else None,
        "latitude": stored.lat,
        "longitude": stored.lon,
        "geom_wkt": f"POINT ({stored.lon} {stored.lat})" if stored.lat is not None else None,
        "priogrid_gid": priogrid(stored.lat, stored.lon),
        "country": _codes().get(stored.country or "", {}).get("name"),
        "event_clarity": _clarity(stored),
        "date_prec": ucdp_date_prec(*_days(stored)),
        "date_start": event.first,
        "date_end": event.last,
        **_deaths(killed, kinds[1]),
    }


def _deaths(killed: EventField, kind: str | None) -> Row:
    best = _number(killed.best)
    column = "deaths_civilians" if kind == "Civilians" else "deaths_unknown"
    low, high = killed.low if killed.low is not None else best, killed.high if killed.high is not None else best
    return {column: best, "best": best, "low": _whole(low), "high": _whole(high)}


def _violence(kinds: list[str | None]) -> int:
    """1 state-based, 2 non-state, 3 one-sided, as UCDP defines them."""
    if kinds[1] == "Civilians":
        return 3
    return 1 if "State forces" in kinds else 2


def priogrid(lat: float | None, lon: float | None) -> int | None:
    """The number of the PRIO-GRID cell (half a degree) of a point (Tollefsen and others 2012)."""
    if lat is None or lon is None:
        return None
    return math.floor((lat + 90) * 2) * 720 + math.floor((lon + 180) * 2) + 1


# --- what they share -------------------------------------------------------------------------------------------------

CONVENTIONS: Mapping[
    str, tuple[tuple[str, ...], Callable[[StoredEvent, Mapping[str, StoredClaim]], Row | None], str]
] = {
    "gdelt": (GDELT_COLUMNS, gdelt_row, "\t"),
    "acled": (ACLED_COLUMNS, acled_row, ","),
    "ucdp": (UCDP_COLUMNS, ucdp_row, ","),
}
"""Format -> its columns, what makes a row, and what stands between cells."""


def first_claim(stored: StoredEvent, claims: Mapping[str, StoredClaim]) -> StoredClaim | None:
    """The first claim that still counts, as people corrected it."""
    live = (c for c in stored.event.claims if c in claims and c not in stored.event.superseded)
    first = next((claims[c] for c in live), None)
    return replace(first, claim=corrected(first.claim, first.judgements)) if first else None


def _place_precision(stored: StoredEvent, scale: Callable[[Toponym], int]) -> int | None:
    """How precisely the place is known; as in a country where only that is known."""
    where = stored.event.where
    if where is None and stored.country is not None:
        where = Toponym(0, 0, "", stored.country, stored.country, None, None, "country")
    return scale(where) if where is not None else None


def _days(stored: StoredEvent) -> tuple[date, date]:
    event = stored.event
    first = date.fromisoformat(event.first or "")
    return first, date.fromisoformat(event.last) if event.last else first


def _sector(claims: Mapping[str, StoredClaim], stored: StoredEvent, side: str) -> str | None:
    """The sector that a claim gives the best participant of a side."""
    best = stored.actor if side == "actors" else stored.recipient
    for id in stored.event.claims:
        for participant in getattr(claims[id].claim, side) if id in claims else ():
            if participant.actor.name == best and participant.actor.sector:
                return str(participant.actor.sector)
    return None


def _in_first_sentences(first: StoredClaim | None) -> bool:
    """GDELT's IsRootEvent is true for what stands in the lead; 400 characters are two sentences or three."""
    return first is not None and first.claim.evidence.start < 400


def _clarity(stored: StoredEvent) -> int:
    """UCDP's `event_clarity`: 1 an event by itself, 2 one told of a longer stretch than a week."""
    first, last = _days(stored)
    return 1 if (last - first).days < 7 else 2


def _number(text: str) -> int | None:
    try:
        return int(float(text))
    except ValueError:
        return None


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


@cache
def _conventions() -> dict[str, Any]:
    return read_toml("conventions.toml")


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    return {row["iso3"]: row for row in read_table(DATA / "country_codes.tsv")}
