"""Time expressions of invented news, read as of Friday, 17 May 2019 unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from reportedly.resolve.times import find_timexes

FRIDAY = date(2019, 5, 17)


@pytest.fixture
def read(nlp):
    def read(text, published=FRIDAY, dateline=None):
        return find_timexes(nlp(text), published, dateline)

    return read


@pytest.fixture
def values(read):
    def values(text, published=FRIDAY):
        return [(timex.text, timex.value) for timex in read(text, published)]

    return values


@pytest.fixture
def days(read):
    def days(text, published=FRIDAY):
        return [(timex.text, str(timex.first), str(timex.last)) for timex in read(text, published)]

    return days


def test_a_weekday_in_the_past_tense_is_the_last_one(values):
    assert values("Two tankers were sabotaged on Sunday.") == [("Sunday", "2019-05-12")]


def test_a_weekday_ahead_is_the_next_one(values):
    assert values("The ministers will meet on Sunday.") == [("Sunday", "2019-05-19")]
    assert values("The talks are scheduled for Tuesday.") == [("Tuesday", "2019-05-21")]


def test_a_headline_looks_ahead_with_an_infinitive(values):
    assert values("Ministers to meet on Sunday") == [("Sunday", "2019-05-19")]


def test_as_early_as_looks_ahead(values):
    assert values("Officials said troops could leave as early as Tuesday.") == [("Tuesday", "2019-05-21")]


def test_on_a_sunday_last_week_is_the_week_that_ends(days):
    assert days("Rebels fired last week.", date(2018, 7, 15)) == [("last week", "2018-07-09", "2018-07-15")]


def test_overnight_is_the_night_before_publication(days):
    assert days("Four people were arrested overnight.") == [("overnight", "2019-05-16", "2019-05-17")]


def test_the_weekday_of_publication_is_that_day(values):
    assert values("Rebels shelled the port on Friday.") == [("Friday", "2019-05-17")]


def test_a_month_without_a_year_goes_by_its_tense(values):
    assert values("He was shot dead in December.") == [("December", "2018-12")]
    assert values("The vote will be held in March.") == [("March", "2020-03")]


def test_a_sentence_keeps_the_year_that_it_names(values):
    text = "Protests began in February 2011; the following month the army intervened, and by August thousands had died."
    assert values(text) == [("February 2011", "2011-02"), ("the following month", "2011-03"), ("August", "2011-08")]


def test_the_narrative_goes_on_from_the_last_date(values):
    text = "Rebels struck the pipeline on 12 May. The following day, a tanker burned. Two days later, the army came."
    assert [value for _, value in values(text)] == ["2019-05-12", "2019-05-13", "2019-05-15"]
    text = "Rebels struck the town on 5 March. That evening, the council met. The same day, the mayor fled."
    assert [value for _, value in values(text)] == ["2019-03-05", "2019-03-05TEV", "2019-03-05"]


def test_a_dated_statement_does_not_move_the_narrative(values):
    text = "Rebels struck the town on 5 March, police said on Thursday. The following day, the army came."
    assert values(text)[-1] == ("The following day", "2019-03-06")


def test_deictic_words_count_from_publication(values):
    text = "Yesterday rebels fired. Last week they had not, three weeks ago they had, and last month too."
    assert [value for _, value in values(text)] == ["2019-05-16", "2019-W19", "2019-W17", "2019-04"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Monday, 6 May 2019", "2019-05-06"),
        ("the 19th of October 1950", "1950-10-19"),
        ("Nov. 9, 2018", "2018-11-09"),
        ("2019-05-05", "2019-05-05"),
        ("17.05.2019", "2019-05-17"),
        ("the summer of 2014", "2014-SU"),
        ("the late 1990s", "199"),
        ("the 19th century", "18"),
        ("the third quarter of 2018", "2018-Q3"),
        ("the second half of 2018", "2018-H2"),
        ("nineteen ninety-six", "1996"),
    ],
)
def test_calendar_words(values, text, value):
    assert values(f"It ended in {text}.") == [(text, value)]


def test_two_days_of_one_month(values):
    assert values("They met on 24 and 25 April.") == [("24", "2019-04-24"), ("25 April", "2019-04-25")]
    assert values("They met on April 24 and 25.") == [("April 24", "2019-04-24"), ("25", "2019-04-25")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The truce lasted three days.", "P3D"),
        ("A 72-hour truce held.", "PT72H"),
        ("They fought for two and a half years.", "P2Y6M"),
        ("They have fought for decades.", "PXE"),
        ("Several weeks of talks failed.", "PXW"),
    ],
)
def test_lengths(values, text, value):
    assert [found for _, found in values(text)] == [value]


def test_a_stretch_up_to_now_has_its_days(days):
    assert days("Over the past five years hundreds have died.") == [("the past five years", "2014-05-17", "2019-05-17")]
    assert days("They fought for the fourth straight day.") == [("the fourth straight day", "2019-05-14", "2019-05-17")]


def test_since_lasts_until_publication(days):
    assert days("About 300 people have fled since Saturday.") == [("Saturday", "2019-05-11", "2019-05-17")]


def test_both_ends_of_a_range_have_the_whole_range(days):
    found = days("The border was closed from Monday to Thursday.")
    assert found == [("Monday", "2019-05-13", "2019-05-16"), ("Thursday", "2019-05-13", "2019-05-16")]


def test_earlier_this_year_ends_with_publication(days):
    assert days("They were banned earlier this year.") == [("earlier this year", "2019-01-01", "2019-05-17")]


def test_recently_is_an_honest_range(read):
    (timex,) = read("The general recently met the militias.")
    assert (timex.value, timex.precision, timex.last) == ("PAST_REF", "vague", FRIDAY)
    assert timex.first < date(2019, 5, 1)


def test_times_of_day_find_their_day(values):
    assert values("It happened at 0600 GMT (09:00 local time) on Tuesday morning.") == [
        ("0600 GMT", "2019-05-14T06:00"),
        ("09:00 local time", "2019-05-14T09:00"),
        ("Tuesday morning", "2019-05-14TMO"),
    ]
    assert values("Police fired at 10 p.m. on Wednesday.") == [("10 p.m. on Wednesday", "2019-05-15T22:00")]


def test_sets(values):
    assert values("They gather every Friday.") == [("every Friday", "XXXX-WXX-5")]
    assert values("Shells fall daily.") == [("daily", "P1D")]


def test_religious_feasts_are_dated(days):
    ((_, first, _),) = days("The army attacked during Ramadan.")
    assert first.startswith("2019-05")


@pytest.mark.parametrize(
    "text",
    [
        "A five-year-old girl was hurt.",
        "The minister, 52 years old, resigned.",
        "The army may march on the capital.",
        "She said May was tired.",
        "About 2000 soldiers fled.",
        "Two flights a week were cancelled.",
        "A second attack failed.",
    ],
)
def test_what_is_no_time(read, text):
    assert read(text) == ()


def test_a_history_is_dated_by_itself_and_not_by_its_publication(values):
    text = (
        "The war began on 1 September 1939. In October, the city fell. In 1940 and 1941, the front moved. "
        "On 22 June 1941, the army crossed the river. The next day, it took the bridge. In December it was beaten. "
        "By 1943 it had retreated. In 1945 the war ended."
    )
    found = dict(values(text, date(2009, 12, 19)))
    assert (found["October"], found["The next day"], found["December"]) == ("1939-10", "1941-06-23", "1941-12")


def test_without_publication_the_dates_of_the_text_count(read):
    first, second = read("Rebels took the port on 5 March 2012. Two days later, they left.", None)
    assert (first.value, second.value) == ("2012-03-05", "2012-03-07")


def test_without_any_date_a_weekday_stays_open(read):
    (timex,) = read("Rebels took the port on Friday.", None)
    assert (timex.value, timex.first) == ("XXXX-WXX-5", None)


def test_the_dateline_stands_in_for_publication(read):
    (timex,) = read("Rebels took the port on Sunday.", None, date(2019, 5, 17))
    assert timex.value == "2019-05-12"


def test_offsets_point_at_the_words_and_do_not_overlap(read):
    text = "On Sunday night, 12 May, rebels struck; two days later, at noon on Tuesday, the army came back last week."
    found = read(text)
    assert all(text[timex.start : timex.end] == timex.text for timex in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "the", "1", "May", "'", "now", "the past", "99999999999999999999 years ago"]
)
def test_odd_texts_do_not_break_it(read, text):
    read(text)
    read(text, None)
