"""Asks the API thousands of made-up questions; fails on any answer that says that the server broke.

    pip install schemathesis
    python scripts/fuzz_api.py --store crisis.db

What may be asked is read from the API's own description, so new questions are asked without a change here. Without
`--store` the sample archive is coded into a store first. With `--strict` answers must also be as they are described,
and wrong questions be refused.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from desk_bench import COMMAND, serving

from reportedly.samples_archive import samples_folder

BREAKS = "not_a_server_error"
STRICT = (
    f"{BREAKS},status_code_conformance,content_type_conformance,response_schema_conformance,negative_data_rejection"
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store")
    options.add_argument("--questions", type=int, default=200, help="made-up questions for each kind of answer")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--strict", action="store_true")
    given = options.parse_args()
    program = shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or shutil.which("schemathesis")
    if program is None:
        print("schemathesis is not installed: pip install schemathesis", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or sample_store(Path(folder) / "samples.db")
        with serving(store) as port:
            command = [
                program, "run", f"http://127.0.0.1:{port}/api/openapi.json", "--phases", "examples,coverage,fuzzing",
                "--checks", STRICT if given.strict else BREAKS, "--max-examples", str(given.questions),
                "--seed", str(given.seed), "--generation-deterministic", "--continue-on-failure",
            ]  # fmt: skip
            return subprocess.run(command, cwd=folder, check=False).returncode


def sample_store(path: Path) -> str:
    subprocess.run([*COMMAND, "ingest", str(samples_folder()), "--store", str(path)], check=True)
    return str(path)


if __name__ == "__main__":
    sys.exit(main())
