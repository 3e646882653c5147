"""How precisely a place or a time is known, on the scales of UCDP and ACLED."""

from __future__ import annotations

from datetime import date

from reportedly.records import Toponym

NEAR_KM = 25.0
"""UCDP's surroundings of a place."""


def ucdp_where_prec(toponym: Toponym) -> int:
    """UCDP's `where_prec`, from 1 (exact place) to 7 (international waters or airspace).

    2 is the surroundings of a place (within about 25 km), 3 a second-order unit, 4 a first-order unit, 5 a line or a
    vague region, 6 a whole country. A place without coordinates is 6 where its country is known and 7 otherwise.
    Source: UCDP Georeferenced Event Dataset codebook, version 23.1.
    """
    radius = toponym.radius_km or 0.0
    if toponym.lat is None:
        return 6 if toponym.country else 7
    if toponym.precision == "sea":
        return 7
    if toponym.precision == "country":
        return 6
    if toponym.precision in {"point", "city"}:
        return 1 if radius <= 50 else 2
    if toponym.admin1 is None:
        return 5
    if toponym.name == toponym.admin1:
        return 4
    return 2 if radius <= NEAR_KM else 3 if radius <= 80 else 5


def acled_geo_precision(toponym: Toponym) -> int:
    """ACLED's `geo_precision`: 1 a named town or exact place, 2 a small part of a region, 3 a larger region.

    Source: ACLED codebook, 2023. Seas and countries are 3, as ACLED places them at a representative point.
    """
    where = ucdp_where_prec(toponym)
    return 1 if where == 1 else 2 if where in {2, 3} else 3


def ucdp_date_prec(first: date | None, last: date | None) -> int:
    """UCDP GED's `date_prec`: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 a year or longer, or unknown.

    Source: UCDP GED Codebook 23.1, `date_prec`.
    """
    if first is None or last is None:
        return 5
    days = (last - first).days + 1
    return 1 if days <= 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5


def acled_time_precision(first: date | None, last: date | None) -> int:
    """ACLED's `time_precision`: 1 the day is known, 2 the week, 3 the month or less is known.

    Source: ACLED Codebook 2023, `time_precision`.
    """
    return {1: 1, 2: 2, 3: 2}.get(ucdp_date_prec(first, last), 3)
