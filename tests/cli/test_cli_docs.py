"""What the documents say about the command line is true."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import typer

from reportedly import errors
from reportedly.cli import app
from reportedly.export import CSV_COLUMNS

ROOT = Path(__file__).parents[2]
DOCS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("docs/cli.md", "docs/output.md", "README.md")}


def options() -> list[tuple[str, str]]:
    commands = typer.main.get_command(app).commands
    return [
        (name, option)
        for name, command in sorted(commands.items())
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("-")
    ]


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_is_described_under_its_command(command, option):
    section = DOCS["docs/cli.md"].split(f"## `reportedly {command} ")[1].split("\n## ")[0]
    assert re.search(rf"`{option}[ `]", section)


def test_every_column_and_field_is_described(reportedly, report):
    import json

    run = reportedly("code", report, "--format", "json", "--published", "2024-05-08", "--publisher", "Nile Post")
    coded = json.loads(run.out)
    named = set(re.findall(r"`([a-z_0-9]+)`", DOCS["docs/output.md"]))
    claim = coded["claims"][0]
    parts = [coded, coded["report"], claim, claim["actors"][0], claim["where"], claim["when"], *claim["attribution"]]
    plover = json.loads(reportedly("code", report, "--format", "plover").out)
    parts += [plover, plover["actor"][0], plover["event_loc"], plover["text_info"], plover["cite_info"]]
    assert {name for part in parts for name in part} | set(CSV_COLUMNS) <= named


def test_every_exit_code_is_described():
    table = (ROOT / "docs/exit-codes.md").read_text(encoding="utf-8")
    described = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)}
    raised = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type)}
    assert raised | {0, 130} == described


@pytest.mark.slow
def test_the_readme_shows_what_the_program_prints():
    spec = importlib.util.spec_from_file_location("refresh_readme", ROOT / "scripts/refresh_readme.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.refreshed(DOCS["README.md"]) == DOCS["README.md"], "run python scripts/refresh_readme.py"


def test_the_readme_has_a_command_and_its_output_by_line_12():
    head = DOCS["README.md"].splitlines()[:12]
    assert any(line.startswith("$ ") for line in head)
    assert any("ASSAULT" in line for line in head)
