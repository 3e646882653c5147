"""Converts the dated roles of the Phoenix country dictionary into `data/leaders_phoenix.tsv`.

    python scripts/build_actor_tables.py Phoenix.Countries.actors.txt

The dictionary (Open Event Data Alliance, MIT licence, state of 2014) is not needed at run time. Kept are persons of two
words and more who held a role of state, arms, parliament or opposition; people whom our own tables know are left out.
Roles still open in 2014 end there, because nobody has said since whether they lasted. Same input, same bytes out.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from reportedly.knowledge import DATA
from reportedly.resolve.actor_files import OLD_MEMBERS, PERSON_FILES, RawPerson, read_countries, read_persons, slug
from reportedly.resolve.names import same_person, split_name, word_key

CODE = re.compile(r"\[([A-Z]{3})([A-Z]+) ([<>]?)(\d{6,8})(?:-(\d{6,8}))?\]")
SECTORS = {
    "GOV": "GOV", "GOVMIL": "defence minister", "GOVJUD": "GOV", "GOVCOP": "GOV", "GOVSPY": "SPY", "SPY": "SPY",
    "MIL": "MIL", "LEG": "LEG", "GOVLEG": "LEG", "OPP": "OPP", "COP": "COP", "REB": "REB",
}  # fmt: skip
LAST_KNOWN = "2014-12"
EARLIEST = "1985"
LOWER = {"al": "al-", "el": "el-", "bin": "bin", "ibn": "ibn", "de": "de", "da": "da", "dos": "dos", "van": "van"}
NO_NAME = frozenset(
    {"president", "minister", "ministry", "prime", "premier", "king", "queen", "prince", "princess", "government",
     "army", "forces", "party", "the", "of", "and", "for", "general", "colonel", "chief", "leader", "council", "court",
     "office", "air", "national", "state", "republic", "force", "police", "former"}
)  # fmt: skip
HEADER = """\
# Office holders whom no other table has, mostly ministers, with dated roles; from, to: first and last month known.
# Source: facts of Phoenix.Countries.actors (Open Event Data Alliance, MIT licence, 2014; CountryInfo.txt),
# converted by scripts/build_actor_tables.py; do not edit. first_key, last_key: keys of the name's words (names.py).
id	name	first_key	last_key	roles
"""


def month(digits: str) -> str:
    """ "890121" or "19890121" as "1989-01"; two-digit years up to 20 are of this century."""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= 20 else "19") + digits
    return f"{digits[:4]}-{digits[4:6]}"


def roles_in(lines: list[str]) -> list[tuple[str, str, str, str]]:
    """Country, sector, first and last month of the roles that we keep, oldest first."""
    roles = set()
    for line in lines:
        code = CODE.match(line)
        if not code or code[2] not in SECTORS or code[3] == "<":
            continue
        first = month(code[4])
        last = month(code[5]) if code[5] else LAST_KNOWN
        if EARLIEST <= last <= LAST_KNOWN and first <= last and "01" <= first[5:] <= "12" and "01" <= last[5:] <= "12":
            roles.add((code[1], SECTORS[code[2]], first, last))
    return sorted(roles, key=lambda role: role[2:])


def readable(name: str) -> str | None:
    """ "ABDEL_AL_RAHIM_" as "Abdel al-Rahim"; None where it can be no personal name."""
    words = [w for w in name.strip("_ ").lower().split("_") if w]
    full = [w for w in words if len(w) > 2 and w not in LOWER]
    if len(full) < 2 or len(words) > 6 or NO_NAME & set(words) or not all(w.replace("-", "").isalpha() for w in words):
        return None
    written = [LOWER.get(w, w.title()) for w in words]
    return " ".join(written).replace("- ", "-")


def entries(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Names with the lines of their codes. Names with a hyphen or a space are no persons there."""
    name = ""
    codes: list[str] = []
    for line in path.read_bytes().decode("utf-8", "replace").splitlines():
        text = line.strip()
        if line[:1].isalpha():
            if name:
                yield name, codes
            name, codes = re.split(r"[;#\[]", line)[0].strip(), []
        elif text.startswith("["):
            codes.append(text)
    if name:
        yield name, codes


def main() -> None:
    """Writes the table and prints how many rows it has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    path = parser.parse_args().dictionary
    known: dict[str, RawPerson] = {}
    for file in PERSON_FILES:
        read_persons(DATA / file, known)
    by_word: dict[str, list[str]] = {}
    for person in known.values():
        for name in person.names:
            for word in split_name(name).words:
                by_word.setdefault(word_key(word), []).append(name)
    states = {country.iso3 for country in read_countries()}
    rows: dict[str, str] = {}
    for raw, codes in entries(path):
        written, roles = readable(raw), roles_in(codes)
        if written is None or not roles or roles[-1][0] not in states:
            continue
        words = [word_key(w) for w in split_name(written).words]
        if len(words) < 2 or any(same_person(written, other) for w in words for other in by_word.get(w, ())):
            continue
        packed = "|".join(",".join(role) for role in roles)
        rows.setdefault(slug(written), f"{slug(written)}\t{written}\t{words[0]} {words[1]}\t{words[-1]}\t{packed}\n")
    (DATA / OLD_MEMBERS).write_text(HEADER + "".join(rows[pid] for pid in sorted(rows)), encoding="utf-8")
    print(f"{len(rows)} persons in {OLD_MEMBERS}")


if __name__ == "__main__":
    main()
