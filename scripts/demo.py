"""Codes the bundled sample reports, prints the surest claims, and says where all of them are. `make demo` runs it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from reportedly.cli_formats import Format, writer_for
from reportedly.cli_output import open_output
from reportedly.export import claim_row, csv_header, csv_line
from reportedly.pipeline import code_all
from reportedly.read import open_reports
from reportedly.records import CodedReport, Rejection
from reportedly.samples_archive import samples_folder
from reportedly.show import ClaimTable, open_console

OUTPUT = Path("demo-output")
SHOWN = 25


def main() -> int:
    print("Coding the sample archive: six weeks in the Gulf, 2019. Texts and publishers are invented, events are real.")
    began = time.monotonic()
    results = list(code_all(open_reports([samples_folder()])))
    seconds = time.monotonic() - began
    coded = [result for result in results if isinstance(result, CodedReport)]
    for result in results:
        if isinstance(result, Rejection):
            print(f"rejected {result.name}: {result.reason}")
    write_all(coded)
    show_surest(coded)
    claims = sum(len(one.claims) for one in coded)
    print(f"\n{claims} claims from {len(coded)} reports in {seconds:.0f} s, loading included. All of them:")
    for name in ("claims.csv", "claims.jsonl", "reports.jsonl"):
        print(f"  {OUTPUT / name}")
    print("Reported is not true: a claim says what a source is said to have said. Next: reportedly explain FILE")
    return 0


def write_all(coded: list[CodedReport]) -> None:
    OUTPUT.mkdir(exist_ok=True)
    with open_output(OUTPUT / "claims.csv") as stream:
        stream.write(csv_header() + "\n")
        stream.writelines(csv_line(claim_row(c, one.report)) + "\n" for one in coded for c in one.claims)
    for name, format in (("claims.jsonl", Format.JSONL), ("reports.jsonl", Format.JSON)):
        with open_output(OUTPUT / name) as stream:
            write = writer_for(format, stream)
            for one in coded:
                write(one)


def show_surest(coded: list[CodedReport]) -> None:
    """The claims that the coder is surest to have read right, in the order of their reports."""
    claims = [claim for one in coded for claim in one.claims]
    surest = sorted(claims, key=lambda claim: (-claim.confidence, claim.id))[:SHOWN]
    print(f"\nThe {len(surest)} claims that the coder is surest to have read right:\n")
    with open_output(None) as stream:
        table = ClaimTable(open_console(stream))
        for claim in claims:
            if claim in surest:
                table.print_claim(claim)


if __name__ == "__main__":
    sys.exit(main())
