"""The command line as a process: pipes that close, disks that are full, interruptions, several processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.samples_archive import samples_folder

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")]

REPORTEDLY = Path(sys.executable).with_name("reportedly")
SAMPLES = samples_folder()


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PATH": f"{REPORTEDLY.parent}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_a_reader_that_leaves_early_ends_it_quietly():
    run = shell(f"reportedly code {SAMPLES}/*.html --format jsonl | head -1; echo ${{PIPESTATUS[0]}}")
    claim, code = run.stdout.decode().splitlines()
    assert claim.startswith('{"id": ')
    assert code == "0"
    assert run.stderr == b""


def test_a_full_disk_under_standard_output_is_one_line_and_code_5():
    run = shell('reportedly read - <<< "Rebels shelled the port on Monday." > /dev/full')
    assert run.returncode == 5
    assert run.stderr.decode().startswith("reportedly: the standard output cannot be written: ")
    assert len(run.stderr.splitlines()) == 1


def test_closed_and_full_streams_are_no_traceback(tmp_path):
    text = '<<< "Rebels shelled the port on Monday."'
    closed = shell(f"reportedly read - {text} >&-")
    assert closed.returncode == 5
    assert closed.stderr.decode() == (
        "reportedly: the standard output cannot be written: it is closed "
        "(check the path and its permissions, or write elsewhere with --output)\n"
    )
    for silenced in ("2>&-", "2>/dev/full"):
        run = shell(f"reportedly read - --format json {text} {silenced}")
        assert run.returncode == 0
        assert len(run.stdout.splitlines()) == 1


def test_colours_are_for_terminals_only():
    run = shell('reportedly code - <<< "Rebels shelled the port on Monday."', FORCE_COLOR="1", COLUMNS="40")
    assert b"\x1b" not in run.stdout
    assert "─" * 100 in run.stdout.decode()


def test_the_language_of_the_terminal_does_not_matter():
    run = shell('reportedly read - <<< "Rebels shelled Şırnak – again."', LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "Şırnak – again" in run.stdout.decode("utf-8")


def test_the_same_bytes_from_two_processes_and_with_another_hash_seed():
    files = f"{SAMPLES}/2019-05-1*.html {SAMPLES}/2019-05-19*.txt {SAMPLES}/missing.txt"
    one = shell(f"reportedly code {files} --format json", PYTHONHASHSEED="1")
    two = shell(f"reportedly code {files} --format json --jobs 2", PYTHONHASHSEED="2")
    assert one.stdout.count(b"\n") > 5
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_ends_all_processes_without_a_trace(tmp_path, jobs):
    to = tmp_path / "claims.jsonl"
    run = subprocess.Popen(
        [REPORTEDLY, "code", *[SAMPLES] * 20, "--format", "jsonl", "--output", to, "--jobs", jobs],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(2.5)
    os.killpg(run.pid, signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert err == b"reportedly: interrupted\n"
    assert list(tmp_path.iterdir()) == []
    assert not running_in(run.pid)


def running_in(group: int) -> list[str]:
    """Processes of the group that are neither gone nor waiting to be buried, after some seconds of grace."""
    for _ in range(50):
        stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
        fields = [stat.rpartition(")")[2].split() for stat in stats]
        running = [f[0] for f in fields if int(f[2]) == group and f[0] != "Z"]
        if not running:
            break
        time.sleep(0.1)
    return running
