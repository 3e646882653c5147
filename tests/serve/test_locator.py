"""Small pictures as they are drawn: a map around one place, and a network around one actor."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from reportedly.serve.pictures.locator import draw_locator, locator_frame
from reportedly.serve.pictures.map_spots import CountrySpot, Spot
from reportedly.serve.pictures.network import Dealing, Party, draw_network

ADEN, TRIPOLI = (
    Spot("Aden", 12.8, 45.0, "city", 2, -9.0, "/events?place=Aden"),
    Spot("Tripoli", 32.9, 13.2, "city", 5, -9.0, "/events?place=Tripoli&country=LBY"),
)
HORMUZ = Spot("Strait of Hormuz", 26.6, 56.5, "sea", 2, -5.0, "/events?place=Strait+of+Hormuz")


def elements(picture, tag):
    return [e for e in ElementTree.fromstring(picture).iter() if e.tag.endswith("}" + tag)]


def test_the_one_that_a_network_is_about_stands_in_its_middle_and_a_loop_can_be_seen():
    parties = [Party(name, None, 2, f"/{name}") for name in ("Army", "Rebels", "Police")]
    deals = [Dealing("Rebels", "Army", 2, -9.0, "/1"), Dealing("Rebels", "Rebels", 1, None, "/2")]
    picture = draw_network(parties, deals, middle="Rebels")
    circles = [(float(c.get("cx")), float(c.get("cy"))) for c in elements(picture, "circle")]
    assert circles.count((480.0, 320.0)) == 1 and len(set(circles)) == 3
    lines = [p.get("d") for p in elements(picture, "path") if p.get("class").startswith("pic-line pic-s0")]
    corners = {tuple(pair.split(",")) for pair in re.findall(r"[\d.]+,[\d.]+", lines[0])}
    assert len(corners) == 3


def test_two_places_of_one_name_are_both_on_the_map():
    lebanon = Spot("Tripoli", 34.4, 35.8, "city", 1, -9.0, "/events?place=Tripoli&country=LBN")
    frame = locator_frame([TRIPOLI, lebanon], [])
    assert frame.west < 13.2 and frame.east > 35.8
    assert len(elements(draw_locator([TRIPOLI, lebanon], []), "a")) == 2


@pytest.mark.parametrize(("lon", "lat"), [(179.9, -16.5), (-179.9, 66.0), (0.0, 89.0), (0.0, -90.0)])
def test_places_at_the_edges_of_the_globe_are_on_the_map(lon, lat):
    spot = Spot("Edge", lat, lon, "city", 1, None, "/x")
    frame = locator_frame([spot], [])
    x, y = frame.place(frame.turned(lon), min(max(lat, frame.south), frame.north))
    assert 0 <= x <= frame.width and -1 <= y <= frame.height + 1
    assert "Edge: 1 event" in draw_locator([spot], [])


@pytest.mark.parametrize("code", ["YEM", "RUS", "USA", "FJI", "BHR"])
def test_countries_of_every_size_have_a_map(code):
    assert len(elements(draw_locator([], [CountrySpot(code, 1, -9.0, "/x", 0.0, 0.0)]), "a")) == 1


def test_the_legend_of_a_small_map_has_the_signs_that_are_on_it():
    assert "somewhere on a sea" in draw_locator([HORMUZ], []) and "a town" not in draw_locator([HORMUZ], [])
    assert "a town" in draw_locator([ADEN], []) and "somewhere in the country" not in draw_locator([ADEN], [])
