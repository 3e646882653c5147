"""Which event mentions are one event, across documents: `python -m benchmarks.coreference [INPUT.jsonl [HOW]]`.

HOW is `claims` (default): every document is coded and merged as the product does it; a given mention gets the event of
the claim whose trigger it overlaps, and stands alone where there is none. So the figures say how much of what the
annotators marked the product codes at all, and how well it merges that.

Or it is `topics` or `subtopics`: each given mention is made a telling, with the stem of its head for its type, the
product's own actors, places and times around it, and the words that hang on it. The product's features, a few on stems
and stories beside them, and its clustering do the rest, within each topic or (gold information) each subtopic. The
weights are those of `coreference_weights.toml`; `fit` with the training file makes that anew.

Prints the scorer's figures, and for claims how many mentions are read, and precision and recall of pairs among these.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, Token

from benchmarks.predict import report_of
from reportedly.merge import merge_claims
from reportedly.merge.clusters import cluster
from reportedly.merge.credits import fold
from reportedly.merge.same_event import Pair, features
from reportedly.merge.tellings import Spot, Telling, stems, thing_of
from reportedly.parse import parse_report
from reportedly.pipeline import Tools, code_report, make_tools
from reportedly.records import Actor, CodedReport, Mention, Resolved
from reportedly.resolve import resolve_mentions

Item = dict[str, Any]
_NEAR = 8  # words around a mention that count as its own
LEANINGS = np.arange(-1.0, 1.01, 0.25)
"""What is added to the start that regression gives, to find the one that serves clustering best."""
WEIGHTS = Path(__file__).with_name("coreference_weights.toml")
HEAD = """# What two event mentions that are given agree or differ in, and how much it counts; one event above 0.
# Fitted on the training part of ECB+ by `python -m benchmarks.coreference TRAIN.jsonl fit`. Questions up to same_breath
# are the product's (merge/same_event.py), the others those of benchmarks/coreference.py.
"""
DATA = Path(__file__).parents[2] / "shared" / "evaluation"


def chains_of(items: list[Item], tools: Tools) -> Iterator[Item]:
    """Predictions in the order of the items."""
    coded = [code_report(report_of(item), tools) for item in items]
    home = {claim: event.id for event in merge_claims(coded) for claim in event.claims}
    for item, one in zip(items, coded, strict=True):
        yield {"id": item["id"], "chains": _chains(item, one, home)}


def _chains(item: Item, coded: CodedReport, home: Mapping[str, str]) -> dict[str, str]:
    """Mention -> the event of the first claim that is read from its words; others are left out."""
    found = {}
    for mention in item["mentions"]:
        spans = mention["spans"]
        claims = (c for c in coded.claims if any(c.trigger.start < e and s < c.trigger.end for s, e in spans))
        event = next((home[claim.id] for claim in claims if claim.id in home), None)
        if event is not None:
            found[mention["id"]] = event
    return found


# --- mentions as tellings --------------------------------------------------------------------------------------------


def chains_of_mentions(items: list[Item], tools: Tools, within: str) -> list[Item]:
    """Predictions in the order of the items, the documents of a topic or subtopic taken together."""
    given = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    asked = list(_ask_all(items, grouped(items, tools, within)))
    return _clustered(items, asked, np.array([given["weights"][name] for name in names()]), given["start"])


Asked = tuple[list[str], list[Pair], NDArray[np.float64]]
"""The mentions of a topic, their pairs, and the answers to all questions for each pair."""


def _ask_all(items: list[Item], groups: Iterable[list[Telling]]) -> Iterator[Asked]:
    stories = Stories(items)
    for tellings in groups:
        pairs = [Pair(one, other) for one, other in combinations(tellings, 2)]
        found = [answers(pair, stories) for pair in pairs]
        yield [telling.id for telling in tellings], pairs, np.array(found).reshape(len(pairs), len(names()))


def _clustered(items: list[Item], asked: list[Asked], table: NDArray[np.float64], start: float) -> list[Item]:
    label = {}
    for ids, pairs, found in asked:
        totals = (found @ table + start).tolist()
        scores = {frozenset((pair.a.id, pair.b.id)): total for pair, total in zip(pairs, totals, strict=True)}
        for group in cluster(ids, lambda a, b, scores=scores: scores[frozenset((a, b))]):  # type: ignore[misc]
            label.update(dict.fromkeys(group, group[0]))
    return [
        {"id": item["id"], "chains": {m["id"]: label[m["id"]] for m in item["mentions"] if m["id"] in label}}
        for item in items
    ]


def grouped(items: list[Item], tools: Tools, within: str) -> list[list[Telling]]:
    """The mentions of each topic or subtopic as tellings."""
    found: defaultdict[str, list[Telling]] = defaultdict(list)
    for item in items:
        found[item[within]] += _tellings(item, tools)
    return list(found.values())


class Stories:
    """How far two documents tell one story: the cosine of their stems, weighted by how few documents have them."""

    def __init__(self, items: list[Item]) -> None:
        vectors = TfidfVectorizer(analyzer=lambda text: sorted(stems(text)), sublinear_tf=True)
        rows = vectors.fit_transform([item["text"] for item in items])
        self._row = {item["id"]: row for row, item in enumerate(items)}
        self._alike = (rows @ rows.T).toarray()

    def alike(self, pair: Pair) -> float:
        """0 to 1; 0 for one document, of which it says nothing."""
        a, b = pair.a.report, pair.b.report
        return 0.0 if a == b else float(self._alike[self._row[a], self._row[b]])


BESIDE = (
    "stem",
    "stem_recipient",
    "stem_actor",
    "stem_rivals",
    "stem_report",
    "stem_story",
    "stem_words",
    "story",
    "words",
)
"""Questions besides the product's: whether the stems are one, alone and together with what else holds."""


def names() -> list[str]:
    """The names of all questions, in order."""
    return [*(feature.name for feature in features()), *BESIDE]


def answers(pair: Pair, stories: Stories) -> NDArray[np.float64]:
    """What all questions have for an answer."""
    a, b = pair.a, pair.b
    stem, story = float(a.event == b.event), stories.alike(pair)
    around, other = a.words - {a.event}, b.words - {b.event}
    words = len(around & other) / max(min(len(around), len(other)), 3)
    together = (pair.recipient > 0, pair.actor, pair.rivals, a.report == b.report, story, words)
    return np.array([*(f.holds(pair) for f in features()), stem, *(stem * float(x) for x in together), story, words])


def fit(given: Path, items: list[Item], tools: Tools) -> str:
    """The table of weights: logistic regression over all pairs of each topic, as log-odds; then the start that serves
    the clustering of these same items best."""
    gold = {m: chain for item in items for m, chain in item["gold"]["chains"].items()}
    asked = list(_ask_all(items, grouped(items, tools, "topic")))
    same = [gold[pair.a.id] == gold[pair.b.id] for _, pairs, _ in asked for pair in pairs]
    model = LogisticRegression(max_iter=5000).fit(np.concatenate([found for *_, found in asked]), same)
    table, start = model.coef_[0], float(model.intercept_[0])
    reached = {s: scored(given, _clustered(items, asked, table, s))["conll_f1"] for s in start + LEANINGS}
    start = max(reached, key=lambda s: reached[s])
    lines = [f"{name} = {weight:.3f}" for name, weight in zip(names(), table, strict=True)]
    return "\n".join([f"start = {start:.3f}", "", "[weights]", *lines, ""])


def _tellings(item: Item, tools: Tools) -> list[Telling]:
    report = report_of(item)
    assert tools.nlp is not None
    resolved = resolve_mentions(parse_report(report, tools.nlp), tools.lookups)
    published = report.published_on.toordinal() if report.published_on else None
    return [
        _telling(item["id"], mention, head, resolved, published)
        for mention in item["mentions"]
        if (head := _head(resolved.parsed.doc, mention["spans"])) is not None
    ]


def _head(doc: Doc, spans: list[list[int]]) -> Token | None:
    """The token of the mention that the others hang on."""
    tokens = [t for t in doc if any(t.idx < end and start < t.idx + len(t) for start, end in spans)]
    return next((t for t in tokens if t.head not in tokens or t.head is t), tokens[0] if tokens else None)


def _telling(report: str, mention: Item, head: Token, resolved: Resolved, published: int | None) -> Telling:
    sides = [[resolved.mentions[t.i] for t in tokens if t.i in resolved.mentions] for tokens in _sides(head)]
    actors, recipients = ([m.actor for m in side] for side in sides)
    sentence = head.sent
    place = _near(head, [t for t in resolved.toponyms if sentence.start_char <= t.start < sentence.end_char])
    time = _near(head, [t for t in resolved.timexes if sentence.start_char <= t.start < sentence.end_char and t.first])
    words = stems(" ".join(token.lemma_ for token in head.subtree if abs(token.i - head.i) <= _NEAR))
    first, last = (time.first.toordinal(), (time.last or time.first).toordinal()) if time else (None, None)
    if first is None and published is not None:
        first, last = published - 7, published
    return Telling(
        id=mention["id"], report=report, event=min(stems(head.lemma_.casefold()), default=mention["text"]),
        modes=frozenset(), polarity="affirmed", speech=False, by_state=False, by_somebody=bool(actors),
        published=published, actors=_names(actors), actor_countries=_countries(actors), recipients=_names(recipients),
        recipient_countries=_countries(recipients), things=_things(sides[1]),
        names=frozenset(), place=place and Spot(place.name, place.country, place.lat, place.lon, place.precision,
                                                place.radius_km),
        first=first, last=last, stated=time is not None, inferred=time is None, numbers={}, words=words,
        sentence=f"{report} {sentence.start}", start=mention["spans"][0][0], end=mention["spans"][-1][1], offset=0,
        context=(), because_of=(),
    )  # fmt: skip


def _sides(head: Token) -> tuple[list[Token], list[Token]]:
    """Who acts and who is acted on, by syntax alone."""
    actors = [t for t in head.children if t.dep_ in ("nsubj", "poss", "compound")]
    objects = [t for t in head.children if t.dep_ in ("dobj", "nsubjpass", "dative")]
    for preposition in (t for t in head.children if t.dep_ in ("prep", "agent")):
        (actors if preposition.lower_ == "by" else objects).extend(t for t in preposition.children if t.dep_ == "pobj")
    return actors, objects


def _near(head: Token, found: Sequence[Any]) -> Any:
    return min(found, key=lambda one: abs(one.start - head.idx), default=None)


def _things(side: Iterable[Mention]) -> frozenset[str]:
    return frozenset(filter(None, (thing_of(mention.text) for mention in side)))


def _names(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.id or fold(actor.name) for actor in actors)


def _countries(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.country for actor in actors if actor.country)


# --- figures ---------------------------------------------------------------------------------------------------------


def own_figures(items: list[Item], answers: list[Item]) -> dict[str, float]:
    """How many mentions are read as claims, and how well these are merged."""
    gold = {m: chain for item in items for m, chain in item["gold"]["chains"].items()}
    read = {m: event for answer in answers for m, event in answer["chains"].items()}
    pairs = [(gold[a] == gold[b], read[a] == read[b]) for a, b in combinations(sorted(read), 2)]
    right, found, wanted = (sum(map(bool, some)) for some in zip(*((g and f, f, g) for g, f in pairs), strict=True))
    return {
        "mentions_read": round(len(read) / len(gold), 3),
        "precision_of_pairs_read": round(right / max(found, 1), 3),
        "recall_of_pairs_read": round(right / max(wanted, 1), 3),
    }


def main() -> int:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "coreference" / "dev.jsonl"
    if not given.exists():
        print(f"coreference: no data at {given}", file=sys.stderr)
        return 1
    how = sys.argv[2] if len(sys.argv) > 2 else "claims"
    items = [json.loads(line) for line in given.read_text(encoding="utf-8").splitlines()]
    tools = make_tools()
    if how == "fit":
        WEIGHTS.write_text(HEAD + fit(given, items, tools), encoding="utf-8")
        return 0
    within = {"topics": "topic", "subtopics": "subtopic"}
    answered = list(chains_of(items, tools)) if how == "claims" else chains_of_mentions(items, tools, within[how])
    print(json.dumps(scored(given, answered)))
    if how == "claims":
        print(json.dumps(own_figures(items, answered)))
    return 0


def scored(given: Path, answered: Iterable[Item]) -> dict[str, float]:
    """The suite's own figures."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out.jsonl"
        output.write_text("".join(json.dumps(answer) + "\n" for answer in answered), encoding="utf-8")
        score = [sys.executable, str(DATA / "score.py"), "coreference", str(given), str(output)]
        figures: dict[str, float] = json.loads(subprocess.run(score, check=True, capture_output=True, text=True).stdout)
    return figures


if __name__ == "__main__":
    sys.exit(main())
