"""For spaCy users: `nlp.add_pipe("reportedly")`, then `doc._.claims`.

spaCy imports this module whenever it starts, so it imports nothing heavy itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from reportedly.pipeline import Tools


class ClaimCoder:
    """A spaCy component that sets `doc._.claims`, `doc._.relations` and `doc._.published`."""

    def __init__(self, tools: Tools | None = None) -> None:
        self.tools = tools

    def __call__(self, doc: Doc) -> Doc:
        """Code the doc. Set `doc._.published` (ISO 8601) before, for instance by `as_tuples`, to anchor its times."""
        from reportedly.pipeline import code_doc, make_tools

        self.tools = self.tools or make_tools()
        coded = code_doc(doc, self.tools, published=doc._.published, publisher=doc._.publisher)
        doc._.claims, doc._.relations = coded.claims, coded.relations
        return doc


@Language.factory("reportedly")
def make_component(nlp: Language, name: str) -> ClaimCoder:
    """Make the component; its knowledge files are opened at the first doc."""
    for attribute, default in (("claims", ()), ("relations", ()), ("published", None), ("publisher", None)):
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=default)
    return ClaimCoder()
