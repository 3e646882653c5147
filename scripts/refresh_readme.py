"""Runs the examples of the README and writes what they print below them; `--check` only says whether it is still true.

An example is a `console` block, whose lines that begin with "$ " are run by a shell, or a `python` block with the
`text` block after it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"(?P<head>```console\n)(?P<body>.*?)(?P<tail>```)", re.S)
PYTHON = re.compile(r"(?P<head>```python\n(?P<code>.*?)```\n\n```text\n)(?P<body>.*?)(?P<tail>```)", re.S)


def refreshed(text: str) -> str:
    """The text with the true output of its examples."""
    text = CONSOLE.sub(lambda m: m["head"] + _session(m["body"]) + m["tail"], text)
    return PYTHON.sub(lambda m: m["head"] + _run([sys.executable, "-c", m["code"]]) + m["tail"], text)


def _session(body: str) -> str:
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{_run(['bash', '-c', line[2:]])}" for line in commands)


def _run(command: list[str]) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[-1]}\nended with {done.returncode}: {done.stderr}")
    return done.stdout


def main() -> int:
    shown = README.read_text(encoding="utf-8")
    true = refreshed(shown)
    if "--check" in sys.argv[1:]:
        return int(shown != true)
    README.write_text(true, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
