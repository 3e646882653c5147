"""Review: what waits, judgements by form, and what becomes of them."""

from __future__ import annotations

import json

import pytest
from made_news import NEWS, client, form_of, links_of, stored, text_of, told

from reportedly.archive import merge_store
from reportedly.store.review_reading import krippendorff_alpha


def event_of(ask, filters="country=SDN"):
    return next(link for link in links_of(ask.get(f"/events?{filters}")) if link.startswith("/events/")).split("/")[2]


def judge(ask, **form):
    answer = ask.post("/judge", data=form_of(ask.get("/review")) | form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer


def test_doubtful_and_disputed_events_wait_first(store):
    stored(
        store,
        told("sure", "Rebels shelled the port of Kadugli.", confidence=0.99),
        told("doubtful", "Gunmen raided the bank in Aden.", act="raided", who="Gunmen", whom="the bank", where="Aden",
             confidence=0.2),
    )  # fmt: skip
    page = text_of(client(store).get("/review"))
    assert page.index("Gunmen") < page.index("Rebels")


def test_a_judged_event_waits_no_more_but_for_others_it_does(ask):
    event = event_of(ask)
    judge(ask, target=event, verdict="confirm", reviewer="Ann")
    assert "Rebels" not in text_of(ask.get("/review"))
    ask.cookies.set("desk_reviewer", "Bob", domain="127.0.0.1")
    assert "Rebels" in text_of(ask.get("/review"))


def test_all_right_leads_to_the_next_event(ask):
    first = next(link for link in links_of(ask.get("/review")) if link.startswith("/review/") and len(link) == 24)
    page = ask.get(first)
    then = next(link for link in links_of(page) if link.startswith("/review/") and link != first and len(link) == 24)
    answer = judge(ask, target=first.split("/")[2], verdict="confirm", then=then)
    assert answer.headers["location"] == then


def test_a_rejected_claim_leaves_its_event_when_events_are_brought_up_to_date(ask):
    judge(ask, target="blue-claim", verdict="reject", reviewer="Ann", note="a film review")
    page = ask.get("/")
    assert "older than the latest reports or judgements" in text_of(page)
    ask.post("/merge", data=form_of(page))
    assert "1 report, 1 independent source" in text_of(ask.get("/events?country=SDN"))
    history = text_of(ask.get("/review/history"))
    assert "a film review" in history


def test_a_corrected_field_has_its_new_value(ask, store):
    judge(ask, target="aden-claim", verdict="correct", field="event", value="COERCE", reviewer="Ann")
    merge_store(store)
    assert "COERCE" in text_of(ask.get("/events?country=YEM"))


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "correct", "field": "event", "value": "WAR"},
        {"verdict": "correct", "field": "nothing", "value": "x"},
        {"verdict": "correct"},
        {"verdict": "confirm", "field": "event"},
        {"verdict": "praise"},
        {"verdict": "undo", "number": "x"},
        {},
    ],
)
def test_a_judgement_that_cannot_be_is_refused_in_plain_words(ask, store, form):
    answer = ask.post("/judge", data=form_of(ask.get("/review")) | {"target": "aden-claim"} | form)
    assert answer.status_code == 400
    assert store.judgements() == []


def test_an_event_is_split_and_the_split_undone(ask, store):
    event = event_of(ask)
    judge(ask, target=event, verdict="split", claims="blue-claim", reviewer="Ann")
    merge_store(store)
    assert "3 events" in text_of(ask.get("/events"))
    split = store.judgements()[-1].number
    assert f"judgement {split}" in text_of(ask.get(f"/events/{event}"))
    judge(ask, verdict="undo", number=str(split), reviewer="Ann")
    merge_store(store)
    assert "2 events" in text_of(ask.get("/events"))
    assert [j.verdict for j in store.judgements()] == ["split", "undo"]


def test_ticked_claims_of_a_form_are_split_off_together(store):
    stored(store, *NEWS, told("red", "Rebels shelled the port of Kadugli again.", publisher="Red Sea Times"))
    ask = client(store)
    event = event_of(ask)
    form = form_of(ask.get("/review")) | {"target": event, "verdict": "split", "claims": ["blue-claim", "red-claim"]}
    assert ask.post("/judge", data=form, follow_redirects=False).status_code == 303
    assert set(store.judgements()[0].value.split(",")) == {"blue-claim", "red-claim"}


def test_two_events_are_merged(ask, store):
    judge(ask, target=event_of(ask), verdict="merge", other=event_of(ask, "country=YEM"), reviewer="Ann")
    merge_store(store)
    assert "1 event" in text_of(ask.get("/events"))


def test_reviewers_who_disagree_are_shown_with_their_alpha(ask):
    for who, verdict in (("Ann", "confirm"), ("Bob", "reject")):
        judge(ask, target="aden-claim", verdict=verdict, reviewer=who)
    page = text_of(ask.get("/review/agreement"))
    assert "1 claim judged by two or more" in page
    assert "Ann says confirm; Bob says reject" in page


def test_alpha_is_that_of_the_published_example():
    """Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: nominal data, 0.743."""
    coders = {
        "A": "1 2 3 3 2 1 4 1 2 . . .", "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .", "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }  # fmt: skip
    units = {}
    for coder, values in coders.items():
        for unit, value in enumerate(values.split()):
            if value != ".":
                units.setdefault(str(unit), {})[coder] = value
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_alpha_is_nothing_where_nobody_judged_the_same():
    assert krippendorff_alpha({"a": {"Ann": "confirm"}, "b": {"Bob": "reject"}}) is None
    assert krippendorff_alpha({"a": {"Ann": "confirm", "Bob": "confirm"}}) == 1.0


def test_judged_reports_come_out_as_gold(ask):
    judge(ask, target="nile-claim", verdict="confirm")
    judge(ask, target="aden-claim", verdict="reject")
    judge(ask, target="nile-claim", verdict="correct", field="where", value="Wau")
    lines = ask.get("/review/gold.jsonl").text.splitlines()
    gold = {one["id"]: one for one in map(json.loads, lines)}
    assert set(gold) == {"nile", "aden"}
    assert gold["nile"]["claims"][0]["where"]["any"][-1] == "Wau"
    assert gold["nile"]["claims"][0]["required"] is True
    assert gold["aden"]["claims"] == []
    assert gold["aden"]["traps"] == [{"events": ["ASSAULT"], "evidence": "Gunmen raided the bank in Aden."}]


def test_a_note_with_markup_stays_text(ask):
    judge(ask, target="aden-claim", verdict="confirm", note="<script>alert(1)</script>", reviewer="<b>Ann</b>")
    for address in ("/review/history", "/reports/aden", f"/events/{event_of(ask, 'country=YEM')}"):
        page = ask.get(address).text
        assert "<script>alert" not in page
        assert "<b>Ann" not in page


def test_history_is_a_table_for_spreadsheets_as_well(ask):
    judge(ask, target="aden-claim", verdict="confirm", note="=1+1", reviewer="Ann")
    lines = ask.get("/review/history?format=csv").text.splitlines()
    assert lines[0].startswith("number,made_at,reviewer")
    assert "'=1+1" in lines[1]
