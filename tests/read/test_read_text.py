"""Plain text as scraped: what is the report, and what is the page around it."""

from __future__ import annotations

import pytest

from reportedly.read import read_report
from reportedly.records import Caption, Dateline, RawReport

BODY = (
    "Rebels shelled the town of Kadugli on Tuesday, the army said, and at least two people were wounded in the market."
)
MORE = "The rebels said that they had not been there and that the army was to blame for the shelling of the market."


def read(text: str, **given: str):
    return read_report(RawReport(id="a", content=text.encode(), kind="text", name="a.txt", **given))


def reasons(report) -> dict[str, str]:
    return {piece.text: piece.reason for piece in report.removed}


def test_a_scraped_page_is_taken_apart():
    report = read(
        "Rebels shell town, army says\n\nBY\n\n-\n\nTue, 07 May 2024 - 09:07 GMT\n\n"
        "BY\n\nTue, 07 May 2024 - 09:07 GMT\n\n"
        "A soldier on guard in Kadugli. Source: RadioExample\n\nA soldier on guard in Kadugli. Source: RadioExample\n\n"
        f"KHARTOUM – 7 May 2024: {BODY}\n\n5520\nThe market before the war. Photograph: Jane Doe/EX\n\n{MORE}\n\n"
        "Comments\n\n0\n\nLeave a Comment\n\nBe Social"
    )
    assert report.title == "Rebels shell town, army says"
    assert report.published == "2024-05-07T09:07:00+00:00"
    assert report.dateline == Dateline("Khartoum", "2024-05-07")
    assert report.captions == (
        Caption("A soldier on guard in Kadugli.", "RadioExample"),
        Caption("The market before the war.", "Jane Doe/EX"),
    )
    assert report.text == f"{BODY}\n{MORE}"


def test_every_removed_piece_is_listed_with_a_reason():
    report = read(f"Rebels shell town\n\nBy Jane Doe\n\nShare this\n\n{BODY}\n{MORE}\nAdvertisement")
    assert reasons(report) == {
        "Rebels shell town": "headline",
        "By Jane Doe": "byline",
        "Share this": "share box",
        "Advertisement": "advertisement",
    }


def test_nothing_is_both_kept_and_removed():
    text = f"Rebels shell town\nBy Jane Doe\n{BODY}\nRelated\nEnvoys meet in Oslo\n{MORE}\n(Reporting by Jane Doe)"
    report = read(text)
    assert sorted(text.split("\n")) == sorted([*report.text.split("\n"), *(piece.text for piece in report.removed)])


def test_a_first_line_that_ends_like_a_sentence_is_no_title():
    report = read(f"Rebels shelled a town.\n{BODY}")
    assert report.title is None
    assert report.text.startswith("Rebels shelled a town.")


def test_a_text_of_one_line_is_all_body():
    assert read("Rebels shell town").text == "Rebels shell town"


def test_explicit_values_beat_what_is_found():
    report = read(
        f"Rebels shell town\n7 May 2024\n{BODY}",
        title="Town shelled",
        published="2024-05-08",
        publisher="Example Times",
        url="https://a.example",
    )
    assert (report.title, report.published, report.publisher, report.url) == (
        "Town shelled",
        "2024-05-08",
        "Example Times",
        "https://a.example",
    )
    assert report.text == BODY


def test_an_explicit_title_leaves_the_body():
    assert read(f"Rebels Shell Town!\n{BODY}", title="Rebels shell town").text == BODY


def test_the_name_of_the_site_leaves_the_title():
    assert read(f"Rebels shell the town - Example News\n{BODY}").title == "Rebels shell the town"
    assert read(f"Rebels shell the town | The Gulf\n{BODY}").title == "Rebels shell the town"
    assert read(f"Sudan - Rebels shell the town\n{BODY}").title == "Sudan - Rebels shell the town"


@pytest.mark.parametrize(
    ("printed", "dateline"),
    [
        ("CAIRO – 17 May 2019: ", Dateline("Cairo", "2019-05-17")),
        ("MEXICO CITY (AP) ", Dateline("Mexico City", agency="AP")),
        ("BEIRUT (AP) \ufffd ", Dateline("Beirut", agency="AP")),
        ("WASHINGTON—", Dateline("Washington")),
        ("LONDON, June 12 (Reuters) - ", Dateline("London", "2019-06-12", "Reuters")),
        ("LONDON, Dec 30 (Reuters) - ", Dateline("London", "2018-12-30", "Reuters")),
        ("TURNBERRY/GLASGOW, Scotland — ", Dateline("Turnberry/Glasgow, Scotland")),
        ("PORT-AU-PRINCE, Haiti (AP) -- ", Dateline("Port-au-Prince, Haiti", agency="AP")),
        ("WASHINGTON, D.C. (UPI) -- ", Dateline("Washington, D.C.", agency="UPI")),
        ("Washington (CNN)", Dateline("Washington", agency="CNN")),
        ("Istanbul (dpa) - ", Dateline("Istanbul", agency="dpa")),
        ("(Reuters) - ", Dateline(agency="Reuters")),
        ("MOSCOW, May 17. /TASS/. ", Dateline("Moscow", "2019-05-17", "TASS")),
        ("KABUL: ", Dateline("Kabul")),
        ("OSLO - OSLO (AP) - ", Dateline("Oslo", agency="AP")),
    ],
)
def test_a_dateline_is_parsed_and_leaves_the_body(printed, dateline):
    report = read(f"Rebels shell the town\n{printed}{BODY}", published="2019-06-12")
    assert report.dateline == dateline
    assert report.text == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "WATCH: The army shelled the town of Kadugli on Tuesday, and the rebels said that two people had been killed.",
        "Two hostages — an American and an Australian — were freed by the rebels in the north on Monday.",
        "NATO (the alliance) said on Tuesday that it would not send troops to the town or to the region around it.",
        "Iran - the country that borders Iraq - said on Tuesday that it would answer the attack within a week.",
        "DEAR READER: This is what we know about the attack on the town, and what the army says about it.",
        "The U.S. said on Tuesday that the rebels (AP) were to blame for the attack on the town and for the fire.",
    ],
)
def test_a_sentence_is_no_dateline(sentence):
    report = read(f"What we know so far\n{sentence}\n{MORE}")
    assert report.dateline is None
    assert report.text == f"{sentence}\n{MORE}"


def test_where_nothing_else_is_dated_the_dateline_dates_the_report():
    assert read(f"CAIRO – 17 May 2019: {BODY}").published == "2019-05-17"


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By Jane Doe and John Roe, Reuters", "Jane Doe and John Roe, Reuters"),
        ("Jane Doe and John Roe, Associated Press", "Jane Doe and John Roe, Associated Press"),
        ("By Jane Doe - Associated Press - Tuesday, May 7, 2024", "Jane Doe, Associated Press"),
        ("Jane Doe , USA TODAY Published 6:16 p.m. ET May 7, 2024", "Jane Doe, USA TODAY"),
        ("Analysis by Jane Doe", "Jane Doe"),
    ],
)
def test_a_byline_is_kept_without_by(printed, byline):
    report = read(f"Rebels shell the town\n{printed}\n{BODY}")
    assert report.byline == byline
    assert report.text == BODY


def test_a_sentence_that_begins_with_by_is_no_byline():
    line = "By Tuesday the rebels had taken the town"
    assert line in read(f"Rebels shell the town\n{BODY}\n{line}\n{MORE}").text


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Jane Doe; Editing by John Roe)",
        "Reporting by Jane Doe in Cairo; Writing by John Roe",
        "Example Press writers Jane Doe and John Roe contributed to this report.",
        "Doe reported from Cairo.",
    ],
)
def test_credit_lines_are_kept_apart(line):
    report = read(f"{BODY}\n{MORE}\n{line}")
    assert report.text == f"{BODY}\n{MORE}"
    assert reasons(report)[line] == "credit line"


def test_a_credit_at_the_end_of_the_last_paragraph_is_cut_off():
    report = read(f"{BODY}\n{MORE} (Reporting by Jane Doe; Editing by John Roe)")
    assert report.text == f"{BODY}\n{MORE}"
    assert reasons(report) == {"(Reporting by Jane Doe; Editing by John Roe)": "credit line"}


def test_readers_comments_are_no_part_of_the_report():
    report = read(
        f"{BODY}\n{MORE}\n{BODY} It burned.\n3 Comments\nGeorge\nShame on the army, I say, and on all of you."
    )
    assert report.text == f"{BODY}\n{MORE}\n{BODY} It burned."


def test_headlines_in_a_box_go_and_the_report_goes_on_behind_it():
    report = read(f"Rebels shell the town\n{BODY}\nRelated Content\nEnvoys meet in Oslo\nTalks on aid begin\n{MORE}")
    assert report.text == f"{BODY}\n{MORE}"


def test_newspaper_punctuation_stays_and_blanks_are_evened_out():
    report = read(
        "“It was\u00a0not a call  to arms,”\u200b he said.\u2028‘Never’ — so the so\u00adurce"
        "\r\n\r\n\r\n\tIt&#39;s over &amp; done."
    )
    assert report.text == "“It was not a call to arms,” he said.\n‘Never’ — so the source\nIt's over & done."


def test_doubled_quotes_of_a_csv_file_are_undone():
    report = read(
        f'{BODY}\n"The army warned ""of the consequences"", according to the agency."\n"We will answer," he said.'
    )
    assert report.text.split("\n")[1:] == [
        'The army warned "of the consequences", according to the agency.',
        '"We will answer," he said.',
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    wrapped = (
        "Rebels shelled the town of Kadugli on Tuesday, the army said, and at\n"
        "least two people were wounded in the market of the town, which lies\n"
        "in the south of the country.\n\nThe rebels denied it.\n"
    )
    assert read(wrapped).text.split("\n") == [" ".join(wrapped.split("\n")[:3]), "The rebels denied it."]


def test_a_date_within_the_report_stays():
    assert (
        "July 15, 2018"
        in read(f"{BODY}\n" * 3 + "".join(f"{n}. {MORE}\n" for n in range(15)) + f"July 15, 2018\n{MORE}").text
    )
