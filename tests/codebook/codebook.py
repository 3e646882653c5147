"""The codebook's Markdown and its language: cases out of files, expected lines against claims.

A case is a report (lines that begin with `> `, one paragraph a line) and the block of claims that follows it. Lines
`published: 2024-05-10`, `publisher: Example Post` and `xfail: reason` before the block concern that case only.
How an expected line is written stands in `README.md` beside this file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

FENCE = "```"
FRONT = re.compile(r"^(published|publisher|xfail): (.+)$")
CODES = re.compile(r"^(.*?)\s*\(([A-Z ]+)\)$")


@dataclass
class Case:
    """One report, and what a careful coder makes of it."""

    file: str
    line: int
    title: str
    section: str
    text: str
    expected: tuple[Expected, ...]
    open_ended: bool
    front: dict[str, str] = field(default_factory=dict)

    @property
    def id(self):
        return f"{self.file}:{self.line} {self.title}"


@dataclass(frozen=True)
class Expected:
    """One line of a block of claims. None as a field: not checked."""

    line: str
    events: tuple[str, ...]
    modes: frozenset[str]
    actors: tuple[str, ...] | None
    recipients: tuple[str, ...] | None
    either: bool
    where: str | None
    when: str | None
    sources: tuple[str, ...] | None
    standing: str | None
    details: tuple[tuple[str, str], ...]
    wanted: bool


# --- reading ---------------------------------------------------------------------------------------------------------


def read_cases(path):
    """The cases of one Markdown file, in its order. Raises ValueError where a line of a block is malformed."""
    cases, report, front, headings, block = [], [], {}, {}, None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if block is not None:
            if line.startswith(FENCE):
                cases.append(_case(path, report, front, headings, block))
                report, front, block = [], {}, None
            elif line.strip():
                block.append(line.strip())
        elif line.startswith(FENCE + "claims"):
            block = []
        elif line.startswith(">"):
            report.append((number, line[1:].strip()))
        elif match := FRONT.match(line):
            front[match[1]] = match[2]
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings = {k: v for k, v in headings.items() if k < level} | {level: line.lstrip("# ").strip()}
    return cases


def _case(path, report, front, headings, block):
    if not report:
        raise ValueError(f"{path.name}: a block of claims without a report: {block}")
    title = headings[max(headings)] if headings else ""
    section = " / ".join(headings[level] for level in sorted(headings))
    text = "\n".join(line for _, line in report if line)
    lines = [line for line in block if line not in ("...", "none")]
    return Case(
        path.stem, report[0][0], title, section, text, tuple(map(read_line, lines)), "..." in block, dict(front)
    )


def read_line(line):
    """One expected line. Raises ValueError if it has fewer than six fields."""
    wanted = not line.startswith("!")
    fields = [part.strip() for part in line.lstrip("! ").split("|")]
    if len(fields) < 6:
        raise ValueError(f"six fields wanted: {line}")
    what, sides, where, when, sources, standing, *more = fields
    event, _, modes = what.partition(":")
    either = "<>" in sides
    actors, recipients = (part.strip() for part in sides.split("<>" if either else ">", 1))
    return Expected(
        line,
        tuple(event.split("/")),
        frozenset(filter(None, modes.split(","))),
        _names(actors),
        _names(recipients),
        either,
        _checked(where),
        _checked(when),
        _names(sources, "<"),
        _checked(standing),
        tuple((kind, rest) for kind, _, rest in (one.partition(" ") for one in more)),
        wanted,
    )


def _checked(text):
    return None if text == "*" else text


def _names(text, separator=","):
    if text == "*":
        return None
    return () if text == "?" else tuple(name.strip() for name in text.split(separator))


# --- matching --------------------------------------------------------------------------------------------------------


def differences(expected, claim, claims):
    """The names of the fields in which the claim is not as expected; empty if it is."""
    found = []
    if expected.events != ("*",) and claim.event not in expected.events:
        found.append("event")
    if not expected.modes <= set(claim.modes):
        found.append("modes")
    if expected.either:
        if not _same_people((*expected.actors, *expected.recipients), _everybody(claim)):
            found.append("participants")
    else:
        if not _same_people(expected.actors, claim.actors):
            found.append("actors")
        if not _same_people(expected.recipients, claim.recipients):
            found.append("recipients")
    if expected.where is not None and not _same_place(expected.where, claim.where):
        found.append("where")
    if expected.when is not None and expected.when != _days(claim.when):
        found.append("when")
    if not _same_chain(expected.sources, claim.attribution):
        found.append("sources")
    if expected.standing is not None and not _stands(expected.standing, claim):
        found.append("standing")
    found += [f"{kind} {rest}" for kind, rest in expected.details if not DETAILS[kind](rest, claim, claims)]
    return found


def _stands(wanted, claim):
    if wanted == "+":
        return claim.aspect == "actual" and claim.polarity == "affirmed"
    return claim.factbank in wanted.split("/")


def _everybody(claim):
    """Participants of an act that its parties do together, each once, whichever side they came out on."""
    return tuple({p.start: p for p in (*claim.actors, *claim.recipients)}.values())


def _same_people(names, side):
    if names is None:
        return True
    left = list(side)
    for name in names:
        fitting = next((p for p in left if _is_called(name, p)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return not left


def _is_called(name, participant):
    name, codes = _with_codes(name)
    actor = participant.actor
    known = {actor.country, actor.sector}
    return name.lower() in f"{participant.text} / {actor.name}".lower() and all(code in known for code in codes)


def _with_codes(name):
    match = CODES.match(name)
    return (match[1], match[2].split()) if match else (name, [])


def _same_place(wanted, place):
    if wanted == "?":
        return place is None
    name, codes = _with_codes(wanted)
    return (
        place is not None
        and name.lower() in f"{place.text} / {place.name}".lower()
        and all(code == place.country for code in codes)
    )


def _days(when):
    if when is None or when.first is None:
        return "?"
    days = when.first if when.first == when.last else f"{when.first}..{when.last or ''}"
    return f"~{days}" if when.inferred else days


def _same_chain(names, chain):
    if names is None:
        return True
    return len(names) == len(chain) and all(
        name.lower() in f"{link.text} / {link.name}".lower() for name, link in zip(names, chain, strict=True)
    )


def _has_quantity(wanted, claim, claims):
    number, _, what = wanted.partition(" ")
    return any(str(q.number) == number and what.lower() in q.what.lower() for q in claim.quantities)


def _has_cause(wanted, claim, claims):
    return any(c.id in claim.because_of and c.event == wanted for c in claims)


def _has_context(wanted, claim, claims):
    return wanted in claim.contexts


def _has_evidence(wanted, claim, claims):
    return any(wanted.lower() in span.text.lower() for span in (claim.evidence, *claim.also))


DETAILS = {"count": _has_quantity, "because": _has_cause, "context": _has_context, "evidence": _has_evidence}


# --- judging ---------------------------------------------------------------------------------------------------------


def judge(case, claims):
    """What is wrong with the claims for this case, in words, one complaint a line; empty if nothing is."""
    complaints, left = [], list(claims)
    for expected in case.expected:
        if not expected.wanted:
            hits = [c for c in claims if not differences(expected, c, claims)]
            complaints += [f"must not be coded: {hit}" for hit in hits]
            continue
        hit = next((c for c in left if not differences(expected, c, claims)), None)
        if hit is not None:
            left.remove(hit)
            continue
        complaints.append(f"missing:  {expected.line}{_nearest(expected, left, claims)}")
    only_traps = case.expected and not any(e.wanted for e in case.expected)
    if not case.open_ended and not only_traps:
        complaints += [f"too much: {claim}" for claim in left]
    return complaints


def _nearest(expected, left, claims):
    if not left:
        return ""
    by_distance = sorted(
        left, key=lambda c: ("event" in differences(expected, c, claims), len(differences(expected, c, claims)))
    )
    wrong = differences(expected, by_distance[0], claims)
    return f"\n          nearest differs in {', '.join(wrong)}"


def complain(case, claims):
    """A readable account of a failed case."""
    got = [f"          {claim}" + _extras(claim) for claim in claims] or ["          nothing"]
    return "\n".join(
        ["", f"{case.file}.md:{case.line} {case.title}", f"report:   {case.text}", *judge(case, claims), "got:", *got]
    )


def _extras(claim):
    counts = "".join(f" | count {q.number} {q.what}" for q in claim.quantities)
    return counts + (" | because …" if claim.because_of else "")
