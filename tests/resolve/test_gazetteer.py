"""The gazetteer says what places a name can mean."""

import time

import pytest

from reportedly.errors import KnowledgeBroken
from reportedly.globe import km_apart
from reportedly.resolve.gazetteer import Gazetteer, fold_name

HEADER = "name\talternates\tlat\tlon\tcountry\tadmin1\tfcode\tradius_km\tpopulation\n"


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


def first(gazetteer, name):
    return gazetteer.lookup(name)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Fallūjah", "al fallujah"),
        ("St. Louis", "Saint Louis"),
        ("The Hague", "hague"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert fold_name(one) == fold_name(other)


def test_the_arabic_article_does_not_matter(gazetteer):
    assert {c.id for c in gazetteer.lookup("Fallujah")} == {c.id for c in gazetteer.lookup("al-Fallujah")}


def test_old_and_new_names_are_one_town(gazetteer):
    kyiv = {c.geonameid for c in gazetteer.lookup("Kiev")}
    assert kyiv & {c.geonameid for c in gazetteer.lookup("Kyiv")}


def test_a_country_lies_where_geonames_has_it(gazetteer):
    iraq = gazetteer.country("IRQ")
    assert (iraq.lat, iraq.lon, iraq.level) == (33.0, 44.0, "country")


def test_an_adjective_speaks_of_a_country(gazetteer):
    assert gazetteer.adjective("Saudi").country == "SAU"
    assert gazetteer.adjective("Syrians").country == "SYR"
    assert gazetteer.adjective("green") is None


@pytest.mark.parametrize(
    ("name", "level", "lat", "lon"),
    [
        ("Strait of Hormuz", "sea", 26.6, 56.3),
        ("Bab el-Mandeb", "sea", 12.6, 43.3),
        ("Donbas", "region", 48.4, 38.3),
        ("Helmand", "admin1", 31.0, 64.0),
        ("Diyala Governorate", "admin1", 34.0, 45.0),
        ("Bagram Air Base", "point", 34.9, 69.3),
        ("Kutupalong", "city", 21.2, 92.2),
        ("Gaza Strip", "admin1", 31.4, 34.3),
    ],
)
def test_places_of_conflict_are_known(gazetteer, name, level, lat, lon):
    place = first(gazetteer, name)
    assert place.level == level
    assert km_apart(place.lat, place.lon, lat, lon) < 60


def test_order_is_the_same_every_time(gazetteer):
    assert gazetteer.lookup("Springfield") == Gazetteer.open().lookup("Springfield")


def test_an_unknown_name_means_nothing(gazetteer):
    assert gazetteer.lookup("Qwertystan") == ()
    assert gazetteer.lookup("") == ()


def test_a_user_may_add_and_prefer_places(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text(HEADER + "Camp Example\tExample Base|Paris\t10.5\t20.5\tTCD\t\tINSM\t3\t\n", encoding="utf-8")
    gazetteer = Gazetteer.open(own)
    assert first(gazetteer, "example base").country == "TCD"
    assert first(gazetteer, "Paris").name == "Camp Example"


def test_a_place_that_is_nowhere_is_refused(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text(HEADER + "Nowhere\t\t120\t20\t\t\tPPL\t3\t\n", encoding="utf-8")
    with pytest.raises(KnowledgeBroken, match="nowhere"):
        Gazetteer.open(own)


def test_it_opens_at_once():
    start = time.process_time()
    Gazetteer.open()
    assert time.process_time() - start < 0.1
