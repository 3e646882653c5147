"""The pinned spaCy pipeline, loaded once a process, and the sentence boundaries that newspapers need."""

from __future__ import annotations

import importlib
import warnings
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from reportedly.errors import ModelMissing
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLOSING = {'"', "”", "’", "'", "''", ")", "]", "»"}
TERMINAL = {".", "!", "?", "…", "..."}
DASHES = {"—", "–", "--", "-"}
LONGEST_DATELINE = 9  # tokens: "PORT-AU-PRINCE, Haiti (Reuters)"


@Language.component("newspaper_boundaries")
def newspaper_boundaries(doc: Doc) -> Doc:
    """Start a sentence after every line break, and keep closing quotation marks with the sentence that they close."""
    for token in doc[:-1]:
        after = doc[token.i + 1]
        if token.is_space and "\n" in token.text:
            after.is_sent_start = True
        elif after.text in CLOSING and token.text in TERMINAL:
            after.is_sent_start = False
        elif token.text in DASHES and _ends_dateline(token):
            after.is_sent_start = True
    return doc


def _ends_dateline(dash: Token) -> bool:
    """A dash after "TBILISI, Georgia", after "ISLAMABAD (AP)": a town in capitals at the start of what is said."""
    for at in range(dash.i - 1, max(dash.i - LONGEST_DATELINE, 0) - 1, -1):
        token = dash.doc[at]
        if token.is_space or token.text in TERMINAL:
            return False
        if token.is_upper and token.is_alpha and len(token) > 2:
            before = dash.doc[at - 1] if at else None
            while before is not None and before.is_upper and before.is_alpha and before.i:
                before = dash.doc[before.i - 1]  # "NEW DELHI"
            if before is None or before.is_space or before.text in TERMINAL or not before.i:
                return True
        elif not (token.is_title or token.is_upper or token.is_punct or token.like_num):
            return False
    return False


@Language.component("named_abbreviations")
def named_abbreviations(doc: Doc) -> Doc:
    """Have the tagger see a name in abbreviations that look like common words: IS, the group, is no form of "be".

    The tagger reads a token's norm; its text and offsets stay. Text in capitals is left alone.
    """
    norms = read_toml("abbreviations.toml")["norms"]
    for token in doc:
        if token.text in norms:
            around = doc[max(token.i - 2, 0) : token.i + 3]
            if any(t.is_alpha and not t.is_upper for t in around):
                token.norm_ = norms[token.text]
    return doc


@cache
def load_model(package: str) -> Language:
    """The pipeline of a model package, with our sentence boundaries before its parser.

    Raises ModelMissing if the package is not installed.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*\[W095\].*")  # the weights are those of spaCy 3.7
        try:
            module = importlib.import_module(package)
        except ImportError:
            raise ModelMissing(f"no language model {package}", hint=f"run `pip install {package}`") from None
        nlp: Language = module.load()
    nlp.add_pipe("named_abbreviations", first=True)
    nlp.add_pipe("newspaper_boundaries", before="parser")
    return nlp
