"""Every page of the desk on the sample archive, in a real browser: for all eyes, screens and keyboards."""

from __future__ import annotations

import pytest

from conftest import axe_findings, crawl

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KINDS = {"/", "/events", "/map", "/timeline", "/network", "/review", "/events/…", "/reports/…"}
"""Pages that a walk through the desk must come by, whatever else there is."""


def paths(visited):
    from conftest import shape_of

    return {shape_of(url).partition("?")[0] for url in visited}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(look, desk, scheme):
    page = look(color_scheme=scheme)
    found = {}
    visited = []
    for url in crawl(page, desk + "/"):
        visited.append(url)
        if findings := axe_findings(page):
            found[url] = findings
    assert paths(visited) >= KINDS
    assert found == {}


def test_on_a_phone_no_page_is_wider_than_the_screen(look, desk):
    page = look(width=360, height=740, is_mobile=True, has_touch=True)
    wide = {}
    for url in crawl(page, desk + "/"):
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[url] = width
    assert wide == {}


def test_every_page_has_a_title_of_its_own_one_heading_and_landmarks(look, desk):
    page = look()
    titles = {}
    for url in crawl(page, desk + "/"):
        assert page.locator("h1").count() == 1, url
        assert page.locator("main").count() == 1 and page.locator("nav").count() >= 1, url
        titles.setdefault(page.title(), set()).add(url.partition("?")[0])
    assert not {title: urls for title, urls in titles.items() if len(urls) > 1}


def test_in_the_dark_ground_and_pictures_are_dark_and_letters_light(look, desk):
    shades = """() => {
        const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, c) => sum + +c, 0) / 765;
        const of = (selector, what) => light(getComputedStyle(document.querySelector(selector))[what]);
        return [of("body", "backgroundColor"), of("body", "color"), of(".pic-land", "fill"), of(".pic-label", "fill")];
    }"""
    ground, ink, land, label = (shades_of(look, desk, scheme, shades) for scheme in ("dark", "light", "dark", "light"))
    assert ground[0] < 0.2 < 0.7 < ground[1] and ground[2] < 0.3 < 0.7 < ground[3]
    assert ink[0] > 0.9 and ink[1] < 0.3 and ink[2] > 0.8 and ink[3] < 0.3
    assert (land, label) == (ground, ink)


def shades_of(look, desk, scheme, script):
    page = look(color_scheme=scheme)
    page.goto(desk + "/map")
    return page.evaluate(script)


def test_pages_work_without_javascript(look, desk):
    page = look(java_script_enabled=False)
    page.goto(desk + "/events")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("type").select_option("ASSAULT")
    page.get_by_role("button", name="Show").click()
    assert "type=ASSAULT" in page.url
    assert set(page.locator(".events .type").all_inner_texts()) == {"ASSAULT"}


def test_printed_pages_have_the_picture_and_no_menus(look, desk):
    page = look()
    page.goto(desk + "/timeline")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("svg.pic-timeline").is_visible()
    ground = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--pic-ground').trim()")
    assert ground == "#ffffff"
