"""The tour shows what the stages give today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_tour_is_still_true():
    command = [sys.executable, str(ROOT / "scripts" / "make_tour.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run scripts/make_tour.py\n{done.stderr}"
