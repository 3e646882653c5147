"""`reportedly code`: every format, what it says at the end, and where it writes to."""

from __future__ import annotations

import csv
import io
import json

import pytest

from reportedly.export import CSV_COLUMNS

SHELLED = "Rebels shelled the port of Kadugli on Monday, the army said."


def test_json_is_one_coded_report_a_line_with_the_stem_as_id(reportedly, report):
    run = reportedly("code", report, "--format", "json", "--published", "2024-05-08")
    (coded,) = map(json.loads, run.out.splitlines())
    assert coded["id"] == "kadugli"
    assert set(coded) == {"id", "report", "claims", "relations"}
    assert coded["report"]["body"] == SHELLED
    assert coded["report"]["published"] == "2024-05-08"
    assert coded["claims"][0]["event"] == "ASSAULT"
    assert run.code == 0


def test_jsonl_is_one_claim_a_line(reportedly, report):
    claims = [json.loads(line) for line in reportedly("code", report, "--format", "jsonl").out.splitlines()]
    assert [claim["report"] for claim in claims] == ["kadugli"]
    assert claims[0]["evidence"]["text"] in SHELLED


def test_csv_is_one_claim_a_row_with_a_header(reportedly, report):
    rows = list(csv.DictReader(io.StringIO(reportedly("code", report, "--format", "csv").out)))
    assert list(rows[0]) == list(CSV_COLUMNS)
    assert rows[0]["event"] == "ASSAULT"


def test_csv_has_its_header_even_without_claims(reportedly):
    run = reportedly("code", "-", "--format", "csv", stdin="It was a quiet day in the valley and nothing was said.")
    assert run.out.splitlines() == [",".join(CSV_COLUMNS)]


def test_plover_is_one_event_of_the_exchange_format_a_line(reportedly, report):
    (event,) = map(json.loads, reportedly("code", report, "--format", "plover").out.splitlines())
    assert event["event"] == "ASSAULT"
    assert event["text_info"]["document"] == "kadugli"


def test_the_table_fits_a_hundred_columns_and_shows_the_words(reportedly, report):
    long = SHELLED.replace("the army", "the governor of the northern province, who asked not to be named,")
    report.write_text(long + "\n", encoding="utf-8")
    out = reportedly("code", report, "--published", "2024-05-08", "--publisher", "Nile Post").out
    assert max(map(len, out.splitlines())) <= 100
    assert "“Rebels shelled the port of Kadugli on Monday" in out
    assert "who > whom" in out
    assert "Nile Post <" in out


def test_a_page_cannot_steer_the_terminal_through_the_table(reportedly, report):
    report.write_text("Rebels \x1b[31mshelled the port of Kadugli\x1b[0m on Monday, the army said.", encoding="utf-8")
    assert "\x1b" not in reportedly("code", report, "--explain").out


def test_a_batch_comes_from_standard_input_and_keeps_its_ids(reportedly):
    batch = "".join(json.dumps({"id": name, "text": SHELLED}) + "\n" for name in ("one", "two"))
    run = reportedly("code", "-", "--format", "json", stdin=batch)
    assert [json.loads(line)["id"] for line in run.out.splitlines()] == ["one", "two"]


def test_coded_and_rejected_add_up_to_what_was_given(reportedly, report):
    empty = report.with_name("empty.txt")
    empty.touch()
    run = reportedly("code", empty, report, report.with_name("missing.txt"), "--format", "jsonl")
    assert "reportedly: coded 1, rejected 2 (" in run.err.splitlines()[-1]
    assert run.err.count("reportedly: ") == 3
    assert f"{empty}: it is empty (" in run.err
    assert len(run.out.splitlines()) == 1
    assert run.code == 3


def test_claims_that_the_coder_is_unsure_of_can_be_left_out(reportedly, report):
    assert reportedly("code", report, "--format", "jsonl", "--min-confidence", "1").out == ""


def test_explain_adds_what_was_passed_over(reportedly, report):
    report.write_text("The army said that peace talks had been hit by the weather on Monday.", encoding="utf-8")
    coded = json.loads(reportedly("code", report, "--format", "json", "--explain").out)
    assert {"attributions", "decisions", "removed"} <= set(coded)
    assert all({"text", "because"} <= set(decision) for decision in coded["decisions"])


def test_explain_does_not_go_with_flat_formats(reportedly, report):
    run = reportedly("code", report, "--explain", "--format", "csv")
    assert run.code == 2
    assert "--explain does not go with --format csv" in run.err


def test_your_own_actors_go_before_the_bundled_ones(reportedly, report, tmp_path):
    own = tmp_path / "own.tsv"
    head = "id\tname\taliases\tcountry\tsector\twhat\trelations\n"
    own.write_text(head + "kordofan-front\tKordofan Front\tKF\tSDN\tREB\torganisation\t\n", encoding="utf-8")
    report.write_text("The Kordofan Front shelled the port of Kadugli on Monday.", encoding="utf-8")
    claim = json.loads(reportedly("code", report, "--format", "jsonl", "--actors", own).out.splitlines()[0])
    assert claim["actors"][0]["id"] == "kordofan-front"
    assert claim["actors"][0]["sector"] == "REB"


def test_your_own_places_are_found(reportedly, report, tmp_path):
    own = tmp_path / "own.tsv"
    head = "name\talternates\tlat\tlon\tcountry\tadmin1\tfcode\tradius_km\tpopulation\n"
    own.write_text(head + "Umm Dabbak\t\t11.5\t29.5\tSDN\t\tPPL\t5\t900\n", encoding="utf-8")
    report.write_text("Rebels shelled Umm Dabbak on Monday, the army said.", encoding="utf-8")
    claim = json.loads(reportedly("code", report, "--format", "jsonl", "--places", own).out.splitlines()[0])
    assert claim["where"]["name"] == "Umm Dabbak"
    assert claim["where"]["country"] == "SDN"


# --- where it writes to ----------------------------------------------------------------------------------------------


def test_output_goes_to_the_file_and_nothing_else_is_left(reportedly, report, tmp_path):
    to = tmp_path / "out" / "claims.jsonl"
    to.parent.mkdir()
    run = reportedly("code", report, "--format", "jsonl", "--output", to)
    assert run.out == ""
    assert json.loads(to.read_text(encoding="utf-8"))["event"] == "ASSAULT"
    assert list(to.parent.iterdir()) == [to]


def test_an_interrupted_run_leaves_the_earlier_file_alone(reportedly, report, tmp_path, monkeypatch):
    to = tmp_path / "out" / "claims.jsonl"
    to.parent.mkdir()
    to.write_text("as it was", encoding="utf-8")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("reportedly.pipeline.code_report", interrupted)
    run = reportedly("code", report, "--format", "jsonl", "--output", to)
    assert run.code == 130
    assert run.err == "reportedly: interrupted\n"
    assert to.read_text(encoding="utf-8") == "as it was"
    assert list(to.parent.iterdir()) == [to]


@pytest.mark.parametrize("path", ["/dev/full", "no-such-folder/claims.csv"])
def test_what_cannot_be_written_is_one_line_and_code_5(reportedly, report, path):
    run = reportedly("code", report, "--format", "csv", "--output", path)
    assert run.code == 5
    (line,) = run.err.splitlines()
    assert line.startswith(f"reportedly: {path} cannot be written: ")


def test_a_bug_in_one_report_costs_none_of_the_others(reportedly, report, monkeypatch):
    from reportedly import pipeline

    code_report = pipeline.code_report

    def stumbling(one, tools):
        if one.id == "bad":
            raise ZeroDivisionError("deep inside")
        return code_report(one, tools)

    monkeypatch.setattr(pipeline, "code_report", stumbling)
    bad = report.with_name("bad.txt")
    bad.write_text(SHELLED, encoding="utf-8")
    run = reportedly("code", bad, report, "--format", "jsonl")
    assert f"{bad}: internal error: ZeroDivisionError (please report it)" in run.err
    assert len(run.out.splitlines()) == 1
    assert run.code == 3
