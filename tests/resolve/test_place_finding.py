"""Places are found beyond the entity recogniser, and chosen by what else the report says."""

import pytest

from reportedly.precisions import acled_geo_precision, ucdp_where_prec
from reportedly.records import Dateline, Report
from reportedly.resolve.gazetteer import Gazetteer
from reportedly.resolve.places import find_adjectival, find_places


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture
def places(nlp, gazetteer):
    def find(text, **about):
        return {t.text: t for t in find_places(nlp(text), Report("r", text, **about), gazetteer)}

    return find


def test_what_follows_a_name_says_where_it_lies(places):
    assert places("Clashes broke out in Tripoli, Lebanon, on Monday.")["Tripoli"].country == "LBN"
    assert places("A tornado struck Paris, Texas, on Monday.")["Paris"].admin1 == "Texas"
    assert places("Police in Athens, Ala., arrested two men.")["Athens"].admin1 == "Alabama"


def test_the_other_places_of_a_report_decide(places):
    libya = places("Militias from Misrata and Zintan fought in Tripoli. Benghazi was calm, Libya's government said.")
    assert libya["Tripoli"].country == "LBY"


def test_the_publisher_decides_where_the_text_does_not(places):
    text = "A man from Athens was arrested on Monday after a fire on the edge of town."
    assert places(text, publisher="athensreview.com")["Athens"].admin1 == "Texas"
    assert places(text, publisher="ekathimerini.com")["Athens"].country == "GRC"


def test_the_dateline_counts(places):
    text = "Soldiers shelled Tripoli overnight."
    assert places(text, dateline=Dateline("Beirut"))["Tripoli"].country == "LBN"


def test_towns_that_the_recogniser_takes_for_people_are_found(places):
    found = places("Russian forces shelled Bakhmut and Avdiivka, and rebels entered Goma.")
    assert {"Bakhmut", "Avdiivka", "Goma"} <= set(found)


def test_people_are_no_places(places):
    found = places("Jordan Smith, a teacher, met Abraham Lincoln Jones in Amman, Jordan. Smith said he was glad.")
    assert set(found) == {"Amman", "Jordan"}
    assert places("Ms. Paris Johnson spoke.") == {}


def test_seas_bases_camps_and_crossings_are_places(places):
    text = "Ships left the Strait of Hormuz. Rockets hit the Ain al-Asad base. Pakistan closed the Torkham crossing."
    found = places(text)
    assert found["Strait of Hormuz"].precision == "sea"
    assert found["Ain al-Asad"].precision == "point"
    assert found["Torkham"].country == "PAK"


def test_waters_off_a_coast_are_sea_near_the_country(places):
    off = places("Two tankers were sabotaged off the UAE coast.")["UAE"]
    assert (off.precision, off.country) == ("sea", "ARE")
    assert places("Pirates boarded a ship off the coast of Somalia.")["Somalia"].precision == "sea"
    assert places("The plane took off from Yemen.")["Yemen"].precision == "country"


def test_a_bare_name_is_the_town_and_province_says_province(places):
    assert places("Missiles fell on Kharkiv.")["Kharkiv"].precision == "city"
    assert places("Villages in Kharkiv province were shelled.")["Kharkiv"].precision == "region"


def test_an_embassy_stands_where_it_is(places):
    embassy = places("A shell landed near the U.S. Embassy in Baghdad.")["U.S. Embassy"]
    assert embassy.country == "IRQ"


def test_a_government_is_told_from_the_ground_it_stands_on(places):
    said = places("Washington said it would impose sanctions.")["Washington"]
    assert said.metonym
    assert said.admin1 == "District of Columbia"
    assert not places("Thousands marched in Washington.")["Washington"].metonym


def test_adjectives_are_left_to_another_function(places, nlp, gazetteer):
    text = "Drones struck Saudi pipelines near Yanbu."
    assert set(places(text)) == {"Yanbu"}
    assert [t.country for t in find_adjectival(nlp(text), gazetteer)] == ["SAU"]


def test_given_spans_are_resolved_and_nothing_else(nlp, gazetteer):
    text = "Rebels left Goma for Bukavu."
    found = find_places(nlp(text), Report("r", text), gazetteer, [(21, 27)])
    assert [(t.text, t.country) for t in found] == [("Bukavu", "COD")]


def test_offsets_point_at_the_words(nlp, gazetteer):
    text = "In the West Bank, troops entered Jenin.\nGaza was quiet."
    found = find_places(nlp(text), Report("r", text), gazetteer)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert [t.start for t in found] == sorted(t.start for t in found)


def test_empty_and_placeless_texts_have_no_places(places):
    assert places("") == {}
    assert places("Nothing happened, he said.") == {}


@pytest.mark.parametrize(
    ("text", "name", "ucdp", "acled"),
    [
        ("A bomb went off in Mogadishu.", "Mogadishu", 1, 1),
        ("Fighting spread across Helmand province.", "Helmand", 4, 3),
        ("Fighting spread across Afghanistan.", "Afghanistan", 6, 3),
        ("A tanker was hit in the Red Sea.", "Red Sea", 7, 3),
    ],
)
def test_precision_converts_to_the_scales_of_ucdp_and_acled(places, text, name, ucdp, acled):
    place = places(text)[name]
    assert (ucdp_where_prec(place), acled_geo_precision(place)) == (ucdp, acled)
