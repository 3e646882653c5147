"""Fixtures that several stages share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def nlp():
    """The bundled spaCy pipeline with our sentence boundaries, loaded once."""
    from reportedly.parse import load_model
    from reportedly.settings import DEFAULT

    return load_model(DEFAULT.model)


@pytest.fixture(scope="session")
def tools(nlp):
    """Parser and opened knowledge files, as the product makes them; loaded once."""
    from reportedly.pipeline import make_tools

    return make_tools()
