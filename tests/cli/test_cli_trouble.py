"""Bad options and bad input: one line that says what to do, a documented exit code, never a traceback."""

from __future__ import annotations

import json
import os

import pytest

from reportedly.settings import Settings

LINE = {"id": "good", "text": "Rebels shelled the port of Kadugli on Monday, the army said."}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code"], "Missing argument"),
        (["cod", "x.txt"], "No such command"),
        (["code", "x.txt", "--formt", "csv"], "No such option"),
        (["code", "x.txt", "--format", "xml"], "--format"),
        (["code", "x.txt", "--jobs", "0"], "--jobs"),
        (["code", "x.txt", "--min-confidence", "2"], "--min-confidence"),
        (["code", "x.txt", "--published", "2019-02-30"], "2019-02-30"),
        (["code", "x.txt", "--actors", "nowhere.tsv"], "--actors nowhere.tsv is no file"),
        (["code", "x.txt", "--places", "nowhere.tsv"], "--places nowhere.tsv is no file"),
    ],
)
def test_what_cannot_be_asked_for_is_one_line_and_code_2(reportedly, arguments, message):
    run = reportedly(*arguments)
    assert run.code == 2
    assert run.out == ""
    (line,) = run.err.splitlines()
    assert line.startswith("reportedly: ")
    assert message in line


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"\x7fELF\x00\x01\x02" * 300, "binary"),
        (b"<html><head><title>A page</title></head><body><p>Rebels shelled the port.</p><p cla", "cut off"),
        (b"a" * 5_000_001, "larger than"),
        ("Les rebelles ont bombardé le port lundi, a dit l'armée, qui accuse une milice. " * 5, "not in English"),
        ("Повстанцы обстреляли порт в понедельник, заявила армия. " * 5, "another script"),
    ],
)
@pytest.mark.parametrize("command", ["code", "read"])
def test_a_bad_file_is_rejected_with_its_reason(reportedly, tmp_path, command, content, reason):
    path = tmp_path / ("page.html" if content[:1] in (b"<",) else "report.txt")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    run = reportedly(command, path)
    first, summary = run.err.splitlines()
    assert run.code == 3
    assert first.startswith(f"reportedly: {path}: ")
    assert reason in first
    assert "rejected 1 (" in summary


def test_an_endless_file_is_not_read_to_its_end(reportedly):
    if not os.path.exists("/dev/zero"):  # noqa: PTH110 - a device
        pytest.skip("no /dev/zero here")
    run = reportedly("code", "/dev/zero")
    assert run.code == 3
    assert "larger than" in run.err


@pytest.mark.parametrize("given", ["missing.txt", "."])
def test_missing_paths_and_empty_folders_are_rejections(reportedly, tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    run = reportedly("code", given)
    assert run.code == 3
    assert run.err.splitlines()[-1].startswith("reportedly: coded 0, rejected 1 (")


def test_broken_lines_of_a_batch_cost_none_of_the_others(reportedly, tmp_path):
    batch = tmp_path / "batch.jsonl"
    lines = [json.dumps(LINE), "{broken", '{"text": "no id"}', '{"id": "x"}', json.dumps(LINE | {"id": "last"})]
    lines += [json.dumps(LINE | {"id": "never", "published": "2019-13-45"}), json.dumps(LINE)]
    batch.write_text("\n".join(lines), encoding="utf-8")
    run = reportedly("code", batch, "--format", "json")
    assert [json.loads(line)["id"] for line in run.out.splitlines()] == ["good", "last"]
    assert [f"{batch}:{number}:" in run.err for number in (2, 3, 4, 6, 7)] == [True] * 5
    assert "coded 2, rejected 5 (" in run.err
    assert "2 other reasons" in run.err


def test_names_cannot_steer_the_terminal(reportedly, tmp_path):
    path = tmp_path / "na\x1b[31mme\n.txt"
    path.touch()
    run = reportedly("code", path)
    assert "\x1b" not in run.err
    assert len(run.err.splitlines()) == 2


def test_a_missing_model_says_how_to_get_it(reportedly, tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    path.write_text(LINE["text"], encoding="utf-8")
    monkeypatch.setattr("reportedly.cli_options.DEFAULT", Settings(model="no_such_model"))
    run = reportedly("code", path)
    assert run.code == 4
    assert run.err == "reportedly: no language model no_such_model (run `pip install no_such_model`)\n"


HEAD = "id\tname\taliases\tcountry\tsector\twhat\trelations\n"


@pytest.mark.parametrize("table", ["no header\n", HEAD + "only-one-cell\n", HEAD + "\t".join("abcdefghi"), b"\xff\xfe"])
def test_a_broken_table_of_actors_is_code_4(reportedly, tmp_path, table):
    own, path = tmp_path / "own.tsv", tmp_path / "report.txt"
    path.write_text(LINE["text"], encoding="utf-8")
    own.write_bytes(table if isinstance(table, bytes) else table.encode())
    run = reportedly("code", path, "--actors", own)
    assert run.code == 4
    (line,) = run.err.splitlines()
    assert str(own) in line
