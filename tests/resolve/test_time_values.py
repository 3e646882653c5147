"""Calendar periods and how finely codebooks class them."""

from __future__ import annotations

from datetime import date

import pytest

from reportedly.precisions import acled_time_precision, ucdp_date_prec
from reportedly.resolve.time_holidays import holiday_days
from reportedly.resolve.time_lengths import spell_length
from reportedly.resolve.time_values import (
    century_of,
    day_of,
    decade_of,
    easter_of,
    month_of,
    quarter_of,
    season_of,
    shift,
    week_of,
    year_of,
)


@pytest.mark.parametrize(
    ("period", "value", "first", "last"),
    [
        (week_of(date(2019, 5, 15)), "2019-W20", date(2019, 5, 13), date(2019, 5, 19)),
        (month_of(2020, 2), "2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        (quarter_of(2019, 4), "2019-Q4", date(2019, 10, 1), date(2019, 12, 31)),
        (season_of(2019, "WI"), "2019-WI", date(2019, 12, 1), date(2020, 2, 29)),
        (decade_of(1996), "199", date(1990, 1, 1), date(1999, 12, 31)),
        (century_of(20), "19", date(1900, 1, 1), date(1999, 12, 31)),
    ],
)
def test_a_period_has_a_timex3_value_and_inclusive_days(period, value, first, last):
    assert (period.value, period.first, period.last) == (value, first, last)


def test_a_year_before_our_era_has_a_value_and_no_days():
    assert (year_of(-490).value, year_of(-490).first) == ("BC0490", None)


def test_periods_shift_in_their_own_grain():
    assert shift(day_of(date(2020, 1, 31)), "month", 1).value == "2020-02"
    assert shift(quarter_of(1989, 1), "quarter", -4).value == "1988-Q1"
    assert shift(day_of(date(2019, 12, 31)), "day", 1).value == "2020-01-01"


def test_early_and_late_are_thirds():
    may = month_of(2019, 5)
    assert may.narrowed("START").last == date(2019, 5, 10)
    assert may.narrowed("END").first == date(2019, 5, 22)


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (3, "D", "P3D"),
        (90, "TM", "PT90M"),
        (2.5, "Y", "P2Y6M"),
        (2, "X", "P20Y"),
        (None, "W", "PXW"),
        (None, "TH", "PTXH"),
    ],
)
def test_lengths_are_spelt_as_timex3(number, unit, value):
    assert spell_length(number, unit) == value


def test_movable_feasts():
    assert easter_of(2024) == date(2024, 3, 31)
    assert holiday_days("11-4-4", 2019) == [date(2019, 11, 28)]
    assert abs(holiday_days("I-09", 2019)[0] - date(2019, 5, 6)).days <= 1


@pytest.mark.parametrize(
    ("first", "last", "ucdp", "acled"),
    [
        (date(2019, 5, 12), date(2019, 5, 12), 1, 1),
        (date(2019, 5, 12), date(2019, 5, 14), 2, 2),
        (date(2019, 5, 13), date(2019, 5, 19), 3, 2),
        (date(2019, 5, 1), date(2019, 5, 31), 4, 3),
        (date(2019, 1, 1), date(2019, 12, 31), 5, 3),
        (None, None, 5, 3),
    ],
)
def test_precision_converts_to_ucdp_and_acled(first, last, ucdp, acled):
    assert (ucdp_date_prec(first, last), acled_time_precision(first, last)) == (ucdp, acled)
