"""What merging remembers, kept in a store: the tables of `store`, in the values that `merge` works with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from reportedly.merge.shelf import Shelf, in_text
from reportedly.merge.sketches import (
    card_from_line,
    card_to_line,
    telling_from_line,
    telling_to_line,
    text_from_line,
    text_to_line,
)
from reportedly.merge.tellings import ReportCard, Telling
from reportedly.merge.texts import Standing, Text
from reportedly.records import Claim, CodedReport
from reportedly.store import Judgement, by_claim, corrected, remembered, schema, verdict_of
from reportedly.store.remembered import Remembered, StoredEvents
from reportedly.store.shelves import Numbers, StoredLinks, StoredMarks, StoredPostings, StoredRecords


class StoredShelf:
    """A shelf for one transaction; `flush` writes what has changed."""

    def __init__(self, connection: Connection, judged: Mapping[str, Sequence[Judgement]], coder: str) -> None:
        """`judged` has the judgements of the claims of each report, oldest first."""
        self._connection, self._judged, self._coder = connection, judged, coder
        self._reports = Numbers(connection, schema.merged_reports, "report_id")
        self._claims = Numbers(connection, schema.tellings, "claim_id")
        self._texts = StoredRecords[Text](self._load_texts, self._save_texts)
        self._sizes = StoredRecords[int](self._load_sizes)
        self._cards = StoredRecords[ReportCard](self._load_cards)
        self._standings = StoredRecords[Standing](self._load_standings)
        self._tellings = StoredTellings(connection, self._claims)
        self._events = StoredEvents(connection, coder)
        self._fingerprints = StoredPostings(connection, schema.fingerprints, self._reports)
        self._paragraphs = StoredPostings(connection, schema.paragraphs, self._reports)
        self._blocks = StoredPostings(connection, schema.blocks, self._claims)
        self._furniture = StoredMarks(connection, schema.furniture)
        self._copies = StoredLinks(connection, schema.shared_texts, self._reports)
        self._likenesses = StoredLinks(connection, schema.likenesses, self._claims)

    def shelf(self) -> Shelf:
        """It, as merging sees it."""
        return Shelf(
            texts=self._texts,
            fingerprints=self._fingerprints,
            sizes=self._sizes,
            paragraphs=self._paragraphs,
            furniture=self._furniture,
            copies=self._copies,
            standings=self._standings,
            cards=self._cards,
            claims=StoredRecords[Claim](self._load_claims),
            tellings=self._tellings,
            blocks=self._blocks,
            likenesses=self._likenesses,
            events=self._events,
        )

    def coded(self, ids: Sequence[str]) -> list[CodedReport]:
        """These reports with their claims as people judged them, without what merging does not need."""
        reports = remembered.reports_by_id(self._connection, ids)
        claims = remembered.claims_of_reports(self._connection, ids)
        return [self._as_judged(CodedReport(reports[id], claims[id], ())) for id in sorted(reports)]

    def flush(self) -> None:
        """Write what has changed. Numbers are given first, rows that hold them are written last."""
        for part in (self._fingerprints, self._paragraphs, self._copies, self._blocks, self._likenesses):
            part.flush()
        self._furniture.flush()
        self._texts.flush()
        self._flush_reports()
        self._tellings.flush()
        self._events.flush()

    def _as_judged(self, coded: CodedReport) -> CodedReport:
        return as_judged(coded, self._judged.get(coded.report.id, ()))

    # --- reports -----------------------------------------------------------------------------------------------------

    def _load_texts(self, ids: Collection[str]) -> dict[str, Text]:
        found = remembered.texts_by_id(self._connection, ids)
        return {id: text_from_line(line, hashes) for id, (line, hashes) in found.items()}

    def _save_texts(self, values: Mapping[str, Text]) -> None:
        remembered.remember_texts(self._connection, {id: text_to_line(text) for id, text in values.items()})

    def _load_sizes(self, ids: Collection[str]) -> dict[str, int]:
        return remembered.sizes_of_reports(self._connection, ids)

    def _load_cards(self, ids: Collection[str]) -> dict[str, ReportCard]:
        found = remembered.remembered_reports(self._connection, ids)
        return {id: card_from_line(one.card) for id, one in found.items()}

    def _load_standings(self, ids: Collection[str]) -> dict[str, Standing]:
        found = remembered.remembered_reports(self._connection, ids)
        return {id: Standing(one.root, one.origin, one.link) for id, one in found.items()}

    def _flush_reports(self) -> None:
        changed = sorted({*self._cards.changed, *self._standings.changed, *self._sizes.changed})
        cards, standings = self._cards.get_many(changed), self._standings.get_many(changed)
        sizes = self._sizes.get_many(changed)
        kept = {id: _remembered(sizes[id], cards[id], standings[id]) for id in changed}
        remembered.remember_reports(self._connection, self._reports.of(changed), kept, self._coder)

    # --- claims ------------------------------------------------------------------------------------------------------

    def _load_claims(self, ids: Collection[str]) -> dict[str, Claim]:
        """Claims as they were judged; where a report is judged, all its claims are needed to tell of which."""
        found = {claim.id: claim for claim in remembered.coded_claims(self._connection, ids)}
        judged = sorted({claim.report for claim in found.values()} & self._judged.keys())
        for report, claims in remembered.claims_of_reports(self._connection, judged).items():
            told = as_judged_claims(claims, self._judged[report])
            found |= {claim.id: claim for claim in told if claim.id in found}
        return found


def _remembered(size: int, card: ReportCard, standing: Standing) -> Remembered:
    return Remembered(size, card_to_line(card), standing.root, standing.origin, standing.link)


class StoredTellings(StoredRecords[Telling]):
    """Tellings by the ids of their claims, and by report."""

    def __init__(self, connection: Connection, numbers: Numbers) -> None:
        super().__init__(self._load_some, self._save_some, self._erase_some)
        self._connection, self._numbers = connection, numbers
        self._of_report: dict[str, set[str]] = {}
        self._fresh: defaultdict[str, set[str]] = defaultdict(set)

    def put(self, id: str, value: Telling) -> None:
        """Keep a telling."""
        super().put(id, value)
        self._fresh[value.report].add(id)

    def of_reports(self, reports: Collection[str]) -> dict[str, tuple[Telling, ...]]:
        """Report -> its tellings, in text order."""
        unknown = [report for report in reports if report not in self._of_report]
        stored = remembered.tellings_of_reports(self._connection, unknown) if unknown else {}
        for report in unknown:
            lines = stored.get(report, {})
            self._of_report[report] = set(lines)
            for claim in lines.keys() - self._values.keys():
                self._values[claim] = telling_from_line(lines[claim])
        found = {}
        for report in reports:
            tellings = self.get_many(sorted(self._of_report[report] | self._fresh.get(report, set()))).values()
            if tellings:
                found[report] = tuple(sorted(tellings, key=in_text))
        return found

    def _load_some(self, ids: Collection[str]) -> dict[str, Telling]:
        lines = remembered.tellings_by_id(self._connection, ids)
        return {claim: telling_from_line(line) for claim, line in lines.items()}

    def _save_some(self, values: Mapping[str, Telling]) -> None:
        lines = [(claim, telling.report, telling_to_line(telling)) for claim, telling in values.items()]
        remembered.remember_tellings(self._connection, self._numbers.of(values), lines)

    def _erase_some(self, ids: Collection[str]) -> None:
        remembered.forget_tellings(self._connection, ids)


def as_judged(coded: CodedReport, judgements: Sequence[Judgement]) -> CodedReport:
    """The report without its rejected claims, and with the corrected ones as corrected."""
    return replace(coded, claims=as_judged_claims(coded.claims, judgements)) if judgements else coded


def as_judged_claims(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> tuple[Claim, ...]:
    """The claims of a report without the rejected ones, and with the corrected ones as corrected."""
    of_claim = by_claim(claims, judgements)
    kept = (claim for claim in claims if verdict_of(of_claim.get(claim.id, ())) != "rejected")
    return tuple(corrected(claim, of_claim.get(claim.id, ())) for claim in kept)
