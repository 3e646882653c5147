"""Pictures are exact: of where, of when, of who; and nothing of a report's words becomes part of their code."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from reportedly.serve.pictures.circle import order_of
from reportedly.serve.pictures.files import as_png, standalone
from reportedly.serve.pictures.frame import Frame, frame_around
from reportedly.serve.pictures.map import draw_map, frame_of
from reportedly.serve.pictures.map_spots import CountrySpot, Spot, grouped
from reportedly.serve.pictures.network import Dealing, Party, Tie, draw_network
from reportedly.serve.pictures.palette import score_class
from reportedly.serve.pictures.provenance import Flow, Origin, draw_provenance
from reportedly.serve.pictures.spark import draw_spark
from reportedly.serve.pictures.timeline import Day, draw_timeline
from reportedly.serve.pictures.world import countries, outlines

ADEN = Spot("Aden", 12.8, 45.0, "city", 5, -9.5, "/events?place=Aden")
HORMUZ = Spot("Strait of Hormuz", 26.5, 56.3, "sea", 2, -2.5, "/events?place=Strait+of+Hormuz")
YEMEN = CountrySpot("YEM", 3, -8.0, "/events?country=YEM", 15.5, 47.5)
DAYS = (
    Day("2024-05-06", (("material conflict", 2),), (("verbal cooperation", 1),), -16.5, 3, reports=2),
    Day("2024-05-09", (), (("verbal conflict", 1),), -2.0, 1, reports=1),
)
EVIL = '</title><script>alert(1)</script>" onload="alert(2)\x00\x07'


def elements(picture, name):
    return ElementTree.fromstring(str(picture)).iter(f"{{http://www.w3.org/2000/svg}}{name}")


def pictures():
    return list(_pictures())


def _pictures():
    yield draw_map([ADEN, HORMUZ], [YEMEN])
    yield draw_timeline(DAYS, "2024-05-05", "2024-05-10", "/events?since={since}&until={until}")
    yield draw_network(
        [Party("Rebels", "SDN", 3, "/actors/Rebels"), Party("Army", "SDN", 2, "/actors/Army")],
        [Dealing("Rebels", "Army", 2, -9.0, "/events?actor=Rebels")],
        [Tie("Army", "at_war_with", "Rebels", 1, "/actors/Army")],
    )
    yield draw_provenance(
        [Origin("r", "root", "the army", "the army", "#c"), Origin("p", "report", "Nile Post", "t", "/reports/p"),
         Origin("event", "event", "ASSAULT", "t", "#main", "disputed", "event")],
        [Flow("r", "p"), Flow("p", "event", "denies")],
    )  # fmt: skip


# --- the globe -------------------------------------------------------------------------------------------------------


def test_a_point_in_the_middle_of_the_frame_is_in_the_middle_of_the_picture():
    frame = Frame(40, 10, 60, 20, 960, 540)
    assert frame.place(50, 15) == pytest.approx((480, 270))


@pytest.mark.parametrize("box", [(40, 10, 60, 20), (-170, -57, 190, 84), (170, -20, 200, 0)])
def test_north_is_up_and_east_is_right_and_the_corners_are_on_the_picture(box):
    frame = Frame(*box, 960, 540)
    west, south, east, north = box
    x, y = frame.place((west + east) / 2, (south + north) / 2)
    assert frame.place((west + east) / 2, north)[1] < y and frame.place(east, (south + north) / 2)[0] > x
    for lon, lat in ((west, south), (east, north), (west, north)):
        at = frame.place(lon, lat)
        assert -1 <= at[0] <= 961 and -1 <= at[1] <= 541


def test_fiji_and_samoa_lie_side_by_side_across_the_180th_meridian():
    frame = frame_around([(178.4, -18.1), (-171.8, -13.8)], 960, 540)
    assert frame.east - frame.west < 40
    suva, apia = frame.place(frame.turned(178.4), -18.1), frame.place(frame.turned(-171.8), -13.8)
    assert 0 < suva[0] < apia[0] < 960


def test_without_any_place_the_whole_world_is_shown():
    assert frame_around([], 960, 540).wide


@pytest.mark.parametrize("box", [(-170, -57, 190, 84), (150, 50, 200, 75), (40, 10, 60, 20)])
def test_borders_are_cut_at_the_edge_and_none_runs_across_the_whole_picture(box):
    frame = Frame(*box, 960, 540)
    for country, path in outlines(frame):
        for ring in path.split("Z")[:-1]:
            points = [tuple(map(float, xy.split(","))) for xy in ring[1:].split("L")]
            assert all(-1 <= x <= 961 and -1 <= y <= 541 for x, y in points), country.name
            if frame.wide:
                leaps = [abs(a[0] - b[0]) for a, b in pairwise(points)]
                assert max(leaps) < 400, country.name


def test_the_map_knows_nearly_every_country_and_no_antarctica():
    codes = {country.code for country in countries("near")}
    assert {"YEM", "BHR", "XKX", "SSD", "FJI", "SGP"} <= codes and "ATA" not in codes and len(codes) > 220


# --- the map ---------------------------------------------------------------------------------------------------------


def test_an_event_somewhere_in_a_country_is_no_pin_but_shades_the_country():
    picture = draw_map([], [YEMEN])
    assert not [c for c in elements(picture, "circle") if float(c.get("cx"))]  # those of the legend are at 0
    shades = [p for p in elements(picture, "path") if "pic-shade" in p.get("class", "")]
    assert len(shades) == 1
    assert "somewhere in Yemen: 3 events" in picture


def test_what_lies_on_a_sea_is_an_area_and_says_so():
    picture = draw_map([HORMUZ])
    assert "somewhere in Strait of Hormuz (sea): 2 events" in picture
    area = next(c for c in elements(picture, "circle") if "pic-water" in c.get("class") and float(c.get("cx")) > 0)
    assert float(area.get("r")) >= 14


def test_more_events_make_a_greater_dot_and_area_counts():
    small, great = Spot("A", 10, 40, "city", 1, 0, "/a"), Spot("B", 20, 50, "city", 100, 0, "/b")
    picture = draw_map([small, great], box=(30, 0, 60, 30))
    dots = [c for c in elements(picture, "circle") if "pic-mark" in c.get("class") and float(c.get("cx"))]
    assert len(dots) == 2 and float(dots[0].get("r")) > 2 * float(dots[1].get("r"))


def test_places_that_would_cover_each_other_are_one_dot_with_the_sum():
    near = Spot("Crater", 12.78, 45.03, "city", 2, 4.0, "/events?place=Crater")
    far = Spot("Sanaa", 15.35, 44.2, "city", 1, -9.0, "/events?place=Sanaa")
    some = grouped([ADEN, near, far], frame_of([ADEN, near, far]), 5)
    assert [(one.first.name, one.events) for one in some] == [("Aden", 7), ("Sanaa", 1)]
    assert some[0].score == pytest.approx((5 * -9.5 + 2 * 4.0) / 7)
    assert "Aden (5), Crater (2)" in some[0].name


def test_one_event_far_away_does_not_shrink_all_others():
    near = [Spot(f"town {i}", 12 + i / 10, 45, "city", 3, -9, "/x") for i in range(9)]
    frame = frame_of([*near, Spot("Reykjavik", 64, -22, "city", 1, 0, "/x")])
    assert frame.east - frame.west < 30


@pytest.mark.parametrize(("score", "expected"), [(-10, 1), (-6, 1), (-5.9, 2), (0, 3), (2.1, 4), (10, 5), (None, 0)])
def test_scores_fall_into_five_classes(score, expected):
    assert score_class(score) == f"pic-s{expected}"


# --- the timeline ----------------------------------------------------------------------------------------------------


def test_conflict_grows_upwards_cooperation_downwards_and_vague_days_are_pale():
    picture = draw_timeline(DAYS, "2024-05-06", "2024-05-06", "/e")
    bars = {box.get("class"): box for box in elements(picture, "rect") if box.get("y") != "8"}
    conflict, cooperation = bars["pic-material-conflict"], bars["pic-verbal-cooperation pic-vague"]
    axis = float(conflict.get("y")) + float(conflict.get("height"))
    assert float(cooperation.get("y")) == pytest.approx(axis, abs=0.1)


def test_days_without_a_report_are_hatched():
    picture = draw_timeline(DAYS, "2024-05-05", "2024-05-10", "/e")
    gaps = [r for r in elements(picture, "rect") if r.get("class") == "pic-gap" and r.get("y") != "8"]
    assert len(gaps) == 4
    assert "no report in 4 of 6 days" in picture


@pytest.mark.parametrize(
    ("since", "until", "length"),
    [("2024-05-01", "2024-05-31", "day"), ("2024-01-01", "2025-06-30", "week"), ("2016-01-01", "2024-12-31", "month"),
     ("1950-01-01", "2024-12-31", "year"), ("0001-01-01", "9999-12-31", "year")],
)  # fmt: skip
def test_long_times_are_put_together_so_that_bars_stay_few(since, until, length):
    picture = draw_timeline(DAYS, since, until, "/e")
    assert f"Events by {length}" in picture
    assert len(picture) < 100_000


def test_a_bar_leads_to_the_events_of_its_days():
    picture = draw_timeline(DAYS, "2024-05-05", "2024-05-10", "/events?type=ASSAULT&since={since}&until={until}")
    assert {a.get("href") for a in elements(picture, "a")} == {
        f"/events?type=ASSAULT&since={day}&until={day}" for day in ("2024-05-06", "2024-05-09")
    }


# --- the network, where it comes from, and small bars ----------------------------------------------------------------


def test_actors_of_a_country_stand_together():
    order = order_of({"A": "SDN", "B": "YEM", "C": "SDN", "D": "YEM"}, [("A", "B", 5), ("C", "D", 1)])
    assert abs(order.index("A") - order.index("C")) == 1 and abs(order.index("B") - order.index("D")) == 1


def test_there_and_back_are_two_arrows_and_what_one_does_to_itself_a_loop():
    parties = [Party("Rebels", None, 3, "/r"), Party("Army", None, 2, "/a")]
    deals = [
        Dealing("Rebels", "Army", 2, -9.0, "/1"),
        Dealing("Army", "Rebels", 1, 5.0, "/2"),
        Dealing("Army", "Army", 1, None, "/3"),
    ]
    picture = draw_network(parties, deals)
    lines = [p.get("d") for p in elements(picture, "path") if "pic-line" in p.get("class") and "h22" not in p.get("d")]
    assert len(set(lines)) == 3
    assert "Rebels &gt; Army: 2 events, score -9.0" in picture


def test_a_graph_of_a_thousand_reports_stays_small_and_says_how_many_it_does_not_show():
    origins = [Origin(f"report {i}", "report", f"Paper {i}", "t", "#c") for i in range(1000)]
    picture = draw_provenance(
        [*origins, Origin("event", "event", "E", "E", "#")], [Flow(o.key, "event") for o in origins]
    )
    assert "and 976 more" in picture and len(picture) < 40_000


def test_small_bars_say_in_words_what_they_show():
    picture = draw_spark([0, 2, 4], "events a day, 6 to 8 May")
    assert [r.get("height") for r in elements(picture, "rect")] == ["10", "20"]
    assert picture.count("events a day, 6 to 8 May") == 2


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("picture", pictures(), ids=["map", "timeline", "network", "provenance"])
def test_every_mark_is_a_link_with_a_title_and_nothing_has_a_style_of_its_own(picture):
    links = list(elements(picture, "a"))
    assert links and all(a.get("href") and a.get("aria-label") and a[0].text == a.get("aria-label") for a in links)
    assert "style" not in picture and "<script" not in picture and not re.search(r"\son\w+=", picture)
    assert next(elements(picture, "title")).text and next(elements(picture, "desc")).text


@pytest.mark.parametrize("picture", pictures(), ids=["map", "timeline", "network", "provenance"])
def test_colours_are_left_to_the_style_sheet_so_that_they_turn_dark(picture):
    assert not re.search(
        r"#[0-9a-fA-F]{3,8}\b(?!\w*\")|rgb\(|fill=\"(?!url)|stroke=\"", re.sub(r'(href|id)="[^"]*"', "", picture)
    )


def test_words_of_reports_stay_words():
    spot = Spot(EVIL, 12.8, 45.0, "city", 1, None, '/events?place="><script>')
    party = [Party(EVIL, None, 1, "/a"), Party("b", None, 1, "/b")]
    drawn = (
        draw_map([spot]),
        draw_network(party, [Dealing(EVIL, "b", 1, 0, "/x")], [Tie(EVIL, EVIL, "b", 1, "/x")]),
        draw_provenance([Origin("x", "report", EVIL, EVIL, "#c", EVIL)], []),
        draw_spark([1], EVIL),
    )
    for picture in drawn:
        for some in (str(picture), standalone(picture)):
            found = ElementTree.fromstring(some)  # is well-formed, without the control characters
            assert not [e for e in found.iter() if e.tag.endswith("script")]
            assert not [key for e in found.iter() for key in e.attrib if key.startswith("on")]


def test_a_downloaded_picture_needs_nothing_else():
    for picture in pictures():
        file = standalone(picture, "http://127.0.0.1:8000")
        assert "var(" not in file and "@media" not in file and 'href="/' not in file
        classes = {name for found in re.findall(r'class="([^"]+)"', file) for name in found.split()}
        looks = file.partition("<style>")[2].partition("</style>")[0]
        plain = {"pic", "pic-countries", "pic-legend", "pic-map", "pic-timeline", "pic-network", "pic-provenance"}
        assert {name for name in classes - plain if f".{name}" not in looks} == set()


def test_a_picture_as_png_has_letters_in_it_without_any_font_of_the_system():
    bare = as_png(draw_provenance([Origin("x", "report", " ", " ", "#c")], []))
    named = as_png(draw_provenance([Origin("x", "report", "Nile Post", " ", "#c")], []))
    assert named.startswith(b"\x89PNG") and named != bare


def test_the_same_values_give_the_same_bytes_whatever_the_hash_seed():
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests/serve')\n"
        "from test_pictures import pictures\n"
        "print(hashlib.sha256(''.join(pictures()).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
