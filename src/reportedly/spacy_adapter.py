"""For spaCy users: `nlp.add_pipe("reportedly")`, then `doc._.claims`.

spaCy imports this module whenever it starts, so it imports nothing heavy itself.
"""

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from reportedly.pipeline import Tools
    from reportedly.settings import Settings

GIVEN = ("published", "publisher")
EXTENSIONS: dict[str, Any] = {"claims": (), "relations": (), "published": None, "publisher": None}


class ClaimCoder:
    """A spaCy component that sets `doc._.claims` and `doc._.relations`.

    It needs the tagger, parser, lemmatizer and ner of an English pipeline before it. When a report was published and by
    whom is taken from `doc._.published` and `doc._.publisher`, or else from the context of `nlp.pipe` with `as_tuples`,
    if that is a mapping with these keys. Claims are Python values, so use `n_process=1` and do not store them in a
    DocBin; to code in several processes, use `reportedly.code_files(…, jobs=N)`.
    """

    def __init__(self, settings: "Settings | None" = None) -> None:
        self.settings = settings
        self._tools: Tools | None = None

    @property
    def tools(self) -> "Tools":
        """The knowledge files, opened at the first doc."""
        if self._tools is None:
            from reportedly.pipeline import make_tools
            from reportedly.settings import DEFAULT

            self._tools = make_tools(self.settings or DEFAULT, parser=False)
        return self._tools

    def __call__(self, doc: Doc) -> Doc:
        """Code the doc; offsets of its claims count into `doc.text`."""
        from reportedly.pipeline import code_doc

        for name in GIVEN:
            if doc._.get(name) is None:
                doc._.set(name, _from_context(doc, name))
        coded = code_doc(doc, self.tools, published=doc._.published, publisher=doc._.publisher)
        doc._.claims, doc._.relations = coded.claims, coded.relations
        return doc


def _from_context(doc: Doc, name: str) -> str | None:
    context = getattr(doc, "_context", None)  # where spaCy keeps what as_tuples brings along
    value = context.get(name) if isinstance(context, dict) else None
    return value if isinstance(value, str) else None


@Language.factory("reportedly", assigns=[f"doc._.{name}" for name in ("claims", "relations")])
def make_component(nlp: Language, name: str) -> ClaimCoder:
    """Make the component."""
    for attribute, default in EXTENSIONS.items():
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=default)
    return ClaimCoder()
