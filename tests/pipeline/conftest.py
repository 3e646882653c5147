"""The sample archive, coded once."""

from __future__ import annotations

import pytest

from reportedly.pipeline import code_all
from reportedly.read import open_reports
from reportedly.samples_archive import samples_folder


@pytest.fixture(scope="session")
def coded_samples():
    """What became of each sample report, in order."""
    return list(code_all(open_reports([samples_folder()])))
