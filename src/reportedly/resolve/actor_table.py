"""Who is known: countries, their governments and forces, leaders by day, organisations, armed groups, publishers.

`ActorTable.load()` reads the tables of `data/`; `find` spots their names in a report; the rest looks one name up.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from reportedly.knowledge import DATA, read_toml
from reportedly.records import Actor
from reportedly.resolve.actor_files import (
    GROUP_FILES,
    OLD_MEMBERS,
    PERSON_FILES,
    Country,
    Entry,
    Publisher,
    RawPerson,
    Role,
    make_person,
    read_countries,
    read_groups,
    read_persons,
    read_publishers,
    read_rows,
    slug,
)
from reportedly.resolve.actor_spotter import Spot, Spotter
from reportedly.resolve.names import fold, same_person, same_word, split_name, word_key

__all__ = ["ActorTable", "Country", "Entry", "Hit", "Publisher", "Role"]

_NEAR = timedelta(days=730)
_TITLES = frozenset(read_toml("actors_names.toml")["before_family_name"])
_LONG = timedelta(days=9000)
_GIVEN_NAME_ALONE = frozenset(["king", "queen", "pope", "prince", "crown prince", "emperor", "emir", "sultan", "royal"])
_LOOKUP_ONLY = "="
_AT_HOME = "?"  # before a name that is spotted only in a report that names its country: "APC", "Arena"
_DOMAIN = re.compile(r"^(?:https?://)?([\w.-]+\.[a-z]{2,})(?:[/:?].*)?$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in the text: tokens `first` to `last` (exclusive).

    `what`: country, demonym (adjective), people (noun), capital, group, party, institution, organisation, force, ship,
    base, publisher, person.
    """

    first: int
    last: int
    actor: Actor
    entry_id: str
    what: str


@dataclass(slots=True)
class ActorTable:
    """All that is known about actors. Made by `load`."""

    spotter: Spotter = field(default_factory=Spotter)
    countries: dict[str, Country] = field(default_factory=dict)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _persons: dict[str, RawPerson] = field(default_factory=dict)
    _old_members: dict[str, tuple[str, str]] = field(default_factory=dict)
    _other_ids: dict[str, str] = field(default_factory=dict)
    _by_word: dict[str, list[str]] = field(default_factory=dict)
    _one_word: dict[str, list[str]] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)
    _demonyms: dict[str, str] = field(default_factory=dict)
    _capitals: dict[str, str] = field(default_factory=dict)
    _publishers: dict[str, Publisher] = field(default_factory=dict)

    @classmethod
    def load(cls, extra: Path | None = None) -> ActorTable:
        """The bundled tables, and a user's own on top: an entry with an id that exists replaces it.

        Raises KnowledgeBroken if a file is missing or malformed.
        """
        collecting = gc.isenabled()
        gc.disable()  # everything read here stays; looking for garbage in it costs a third of the time
        try:
            return cls._read(extra)
        finally:
            if collecting:
                gc.enable()

    @classmethod
    def _read(cls, extra: Path | None) -> ActorTable:
        table = cls()
        own = list(read_groups(extra)) if extra else []
        replaced = {entry.id for entry in own}
        table._add_countries()
        for entry in own:
            table._add_group(entry)
        for name in GROUP_FILES:
            for entry in read_groups(DATA / name):
                if entry.id not in replaced:
                    table._add_group(entry)
        table._add_publishers()
        table._add_persons(replaced)
        return table

    # --- loading ---

    def _add_countries(self) -> None:
        for country in read_countries():
            entry = Entry(
                slug(country.name), country.name, "state", "country", country.iso3, "GOV", country.names,
                source="countries.tsv",
            )  # fmt: skip
            self.countries.setdefault(country.iso3, country)
            self._entries[entry.id] = entry
            groups = (
                ("country", (country.name, *country.names)),
                ("capital", country.capitals),
                ("demonym", country.adjectives),
                ("people", country.people),
            )
            for what, names in groups:
                for name in names:
                    self._spot(name, entry.id, what)
            for name in (*country.adjectives, *country.people):
                self._demonyms.setdefault(fold(name.lstrip(_LOOKUP_ONLY)), country.iso3)
            for name in country.capitals:
                self._capitals.setdefault(fold(name.lstrip(_LOOKUP_ONLY)), country.iso3)

    def _spot(self, name: str, entry_id: str, what: str) -> None:
        if name[0] == _LOOKUP_ONLY:
            name = name[1:]
        elif name[0] == _AT_HOME:
            name = name[1:]
            self.spotter.add(name, entry_id, _AT_HOME + what)
        else:
            self.spotter.add(name, entry_id, what)
        if what not in {"demonym", "people", "capital"}:
            self._by_name.setdefault(fold(name), []).append(entry_id)

    def _add_group(self, entry: Entry) -> None:
        self._entries.setdefault(entry.id, entry)
        for name in (entry.name, *entry.aliases):
            self._spot(name, entry.id, entry.what)

    def _add_publishers(self) -> None:
        for publisher, aliases, domains in read_publishers():
            entry = Entry(
                publisher.id, publisher.name.lstrip(_LOOKUP_ONLY), "group", "publisher", publisher.country, "JRN",
                aliases, source="publishers.tsv",
            )  # fmt: skip
            self._entries.setdefault(entry.id, entry)
            shown = Publisher(entry.name, publisher.kind, publisher.country, publisher.party_to, publisher.id)
            for name in (publisher.name, *aliases):
                self._spot(name, entry.id, "publisher")
                self._publishers.setdefault(_publisher_key(name.lstrip(_LOOKUP_ONLY)), shown)
            for domain in domains:
                self._publishers.setdefault(domain, shown)

    def _add_persons(self, replaced: set[str]) -> None:
        for name in PERSON_FILES:
            read_persons(DATA / name, self._persons)
        for pid, raw in self._persons.items():
            if pid not in replaced:
                self._index_person(pid, raw.names, any(line[1] in _GIVEN_NAME_ALONE for line in raw.lines))
        for pid, name, first_key, last_key, roles in read_rows(DATA / OLD_MEMBERS, 5):
            if pid in self._persons or pid in replaced:
                continue
            self._old_members[pid] = (name, roles)
            self.spotter.pairs.setdefault(first_key, []).append((name, pid))
            self._by_word.setdefault(last_key, []).append(pid)

    def _index_person(self, pid: str, names: Iterable[str], royal: bool) -> None:
        """`royal`: goes by a given name, which is no name for a report unless a title or a numeral stands with it."""
        for name in {fold(name): name for name in names}.values():
            parts = split_name(name)
            words = parts.words
            if parts.regnal or name[0].islower():
                self.spotter.add(name, pid, "person")
            if len(words) > 1:
                self.spotter.add_person(name, pid, f"{word_key(words[0])} {word_key(words[1])}")
            elif words and not royal and not parts.regnal:
                self._one_word.setdefault(word_key(words[0]), []).append(pid)
            for word in dict.fromkeys(word_key(w) for w in words):
                known = self._by_word.setdefault(word, [])
                if not known or known[-1] != pid:
                    known.append(pid)

    # --- one name ---

    def by_id(self, entry_id: str) -> Entry | None:
        """The entry with that id; a person's may be made from any of the names listed ("kp-sharma-oli")."""
        if entry_id not in self._entries:
            if entry_id in self._persons:
                self._entries[entry_id] = make_person(self._persons[entry_id])
            elif entry_id in self._old_members:
                name, roles = self._old_members[entry_id]
                self._entries[entry_id] = make_person(RawPerson(entry_id, [name], OLD_MEMBERS, packed=roles))
            else:
                return self.by_id(known) if (known := self._id_by_other_name(entry_id)) else None
        return self._entries[entry_id]

    def _id_by_other_name(self, entry_id: str) -> str | None:
        if not self._other_ids:
            for pid, raw in self._persons.items():
                for name in raw.names[1:]:
                    self._other_ids.setdefault(slug(name), pid)
        return self._other_ids.get(entry_id)

    def by_name(self, name: str, country: str | None = None) -> Entry | None:
        """The country, group, institution, organisation or publisher of exactly that name (accents and case aside).

        Where several bear it, the one of `country`, else the first of the files.
        """
        known = [self._entries[i] for i in self._by_name.get(fold(name), ())]
        return next((e for e in known if country and e.country == country), known[0] if known else None)

    def country(self, code: str) -> Entry | None:
        """The state with that ISO 3166-1 alpha-3 code."""
        known = self.countries.get(code)
        return self._entries[slug(known.name)] if known else None

    def demonym(self, text: str) -> str | None:
        """The country that an adjective or a people's name ("Iraqi", "Iraqis") belongs to."""
        return self._demonyms.get(fold(text))

    def capital(self, text: str) -> str | None:
        """The country whose capital bears that name."""
        return self._capitals.get(fold(text))

    def role_on(self, entry_id: str, day: date | None) -> Role | None:
        """What a person was on that day: see `Entry.role_on`."""
        entry = self.by_id(entry_id)
        return entry.role_on(day) if entry else None

    def publisher(self, name_or_domain: str) -> Publisher | None:
        """The publisher of that name, domain or address ("https://news.example.org/a" is example.org's)."""
        domain = _DOMAIN.match(name_or_domain.strip().lower())
        if domain:
            host = domain[1].removeprefix("www.")
            while "." in host:
                if host in self._publishers:
                    return self._publishers[host]
                host = host.partition(".")[2]
        return self._publishers.get(_publisher_key(name_or_domain))

    # --- persons ---

    def person(self, name: str, on: date | None = None, country: str | None = None) -> Actor | None:
        """The public figure of that name, however transliterated, as of a day.

        Of several, the one of `country`, in office on the day, heading a state; None where that does not tell.
        """
        entry = self.person_entry(name, on, country)
        return entry.actor(on) if entry else None

    def person_entry(self, name: str, on: date | None = None, country: str | None = None) -> Entry | None:
        """The entry that `person` takes its actor from."""
        keys = [word_key(w) for w in split_name(name).words]
        lists = [self._by_word.get(k, []) for k in keys] + [self._one_word.get(k, []) for k in keys]
        ids = dict.fromkeys(i for found in sorted(lists, key=len) for i in found)
        entries = [self._person(i) for i in ids]
        return _choose([e for e in entries if _bears(e, name)], on, country, name)

    def person_by_surname(self, surname: str, on: date | None, country: str | None = None) -> Actor | None:
        """The one office holder around that day (two years either way) who goes by this family name alone."""
        word = fold(surname)
        ids = dict.fromkeys(self._one_word.get(word_key(word), []) + self._by_word.get(word_key(word), []))
        entries = [
            e
            for e in (self._person(i) for i in ids if country or i not in self._old_members)
            if _family_name(e, word, loose=True) and _in_office_near(e, on)
        ]
        chosen = _choose(entries, on, country, surname)
        return chosen.actor(on) if chosen else None

    def office_status(self, name: str, on: date) -> tuple[str | None, str]:
        """Country of a leader, and "in_office", "former" or "not_yet" as head of state or government on that day."""
        entry = self.person_entry(name, on)
        if entry is None:
            return None, "former"
        heads = [r for r in entry.roles if r.head] or list(entry.roles)
        if any(r.covers(on) for r in heads):
            return entry.country, "in_office"
        return entry.country, "former" if any(r.last < on for r in heads) else "not_yet"

    def _person(self, pid: str) -> Entry:
        entry = self.by_id(pid)
        assert entry is not None
        return entry

    # --- a whole report ---

    def find(self, tokens: Sequence[str], on: date | None = None) -> list[Hit]:
        """Known names among a report's tokens (spaCy's), left to right, longest first, none overlapping.

        A family name alone is a hit where the tables list it alone ("Putin"), after the full name, or after a title
        where it fits one office holder of the day. A name that several bear goes to the country the report is about.
        """
        spots = self.spotter.spot(tokens)
        about = self._countries_named(spots)
        hits = [hit for spot in spots if self._at_home(spot, about) and (hit := self._hit(spot, on, about))]
        hits = [hit for n, hit in enumerate(hits) if not (n and _another_states(tokens, hits[n - 1], hit))]
        taken = {n for hit in hits for n in range(hit.first, hit.last)}
        hits += self._alone(tokens, taken, hits, on)
        hits += self._compounds(tokens, taken)
        return sorted(hits, key=lambda h: h.first)

    def _countries_named(self, spots: Iterable[Spot]) -> Counter[str]:
        about: Counter[str] = Counter()
        for spot in spots:
            if any(what[0] == _AT_HOME for _, what in spot.found):
                continue
            codes = {
                e.country for i, what in spot.found if what != "person" and (e := self._entries.get(i)) and e.country
            }
            if len(codes) == 1:
                about.update(codes)
        return about

    def _at_home(self, spot: Spot, about: Counter[str]) -> bool:
        """Leaves out who bears the name only in reports that name the country; False if nobody is left."""
        spot.found = [
            (i, what.removeprefix(_AT_HOME))
            for i, what in spot.found
            if what[0] != _AT_HOME or about[self._entries[i].country or ""]
        ]
        return bool(spot.found)

    def _hit(self, spot: Spot, on: date | None, about: Counter[str]) -> Hit | None:
        found = list(dict.fromkeys(spot.found))
        entries = [(self._person(i), what) for i, what in found]
        entries = [(e, what) for e, what in entries if what != "person" or _timely(e, on)]
        if not entries:
            return None
        entry, what = max(entries, key=lambda pair: (about[pair[0].country or ""], _active(pair[0], on)))
        return Hit(spot.first, spot.last, _as_named(entry, what, on), entry.id, what)

    def _alone(self, tokens: Sequence[str], taken: set[int], hits: list[Hit], on: date | None) -> list[Hit]:
        """Family names that stand alone."""
        seen = self._family_names(hits)
        more = []
        for n, token in enumerate(tokens):
            if n in taken or len(token) < 3 or not token[0].isupper() or not token[-1].isalpha():
                continue
            entry = self._who_alone(tokens, n, seen, on)
            if entry:
                first = n - 2 if n > 1 and tokens[n - 1] == "-" and fold(tokens[n - 2]) in {"al", "el"} else n
                more.append(Hit(first, n + 1, entry.actor(on), entry.id, "person"))
                taken.update(range(first, n + 1))
        return more

    def _family_names(self, hits: list[Hit]) -> dict[str, Entry]:
        seen: dict[str, Entry] = {}
        for hit in hits:
            if hit.what == "person":
                entry = self._person(hit.entry_id)
                for name in (entry.name, *entry.aliases):
                    words = split_name(name).words
                    if words:
                        seen.setdefault(word_key(words[-1]), entry)
        return seen

    def _who_alone(self, tokens: Sequence[str], n: int, seen: dict[str, Entry], on: date | None) -> Entry | None:
        word = fold(tokens[n])
        word_at = word_key(word)
        if word_at not in seen and word_at not in self._one_word and word_at not in self._by_word:
            return None
        before = tokens[n - 1] if n else ""
        titled = fold(before) in _TITLES
        if not titled and (_given_name(before) or (n + 1 < len(tokens) and _given_name(tokens[n + 1]))):
            return None
        entry = seen.get(word_at)
        entry = entry if entry and _family_name(entry, word) else None
        listed = [self._person(i) for i in self._one_word.get(word_at, ())]
        lone = [e for e in listed if _family_name(e, word) and _in_office_near(e, on, _LONG)]
        best = (_choose(lone, on, None, word) or lone[0]) if lone else None
        if entry or best:
            leads = best and any(r.head for r in best.roles) and best.country == (entry.country if entry else None)
            return best if leads or not entry else entry
        if titled:
            found = self.person_by_surname(word, on)
            return self.by_id(found.id) if found and found.id else None
        return None

    def _compounds(self, tokens: Sequence[str], taken: set[int]) -> list[Hit]:
        """Countries inside one token: "U.S.-led"."""
        hits = []
        for n, token in enumerate(tokens):
            if n not in taken and ".-" in token:
                entry = self.by_name(token.partition("-")[0])
                if entry and entry.kind == "state":
                    hits.append(Hit(n, n + 1, _as_named(entry, "demonym", None), entry.id, "demonym"))
        return hits


def _another_states(tokens: Sequence[str], before: Hit, hit: Hit) -> bool:
    """Whether the word before gives a name such as "Senate" to another state than the tables do."""
    if hit.what not in {"institution", "force", "party"} or before.what not in {"country", "demonym"}:
        return False
    between = list(tokens[before.last : hit.first])
    if between not in ([], ["'s"], ["’s"]) or list(tokens[hit.last : hit.last + 1]) == ["-"]:
        return False
    return hit.actor.country is not None and before.actor.country != hit.actor.country


def _as_named(entry: Entry, what: str, on: date | None) -> Actor:
    """A people or an adjective tells the country, not yet who in it."""
    if what in {"demonym", "people"}:
        return Actor(entry.id, entry.name, entry.country, None, entry.kind)
    return entry.actor(on)


def _publisher_key(name: str) -> str:
    return fold(name).removeprefix("the ").strip()


def _given_name(token: str) -> bool:
    return len(token) > 1 and token[0].isupper() and token[1:].islower() and fold(token) not in _TITLES


def _bears(entry: Entry, name: str) -> bool:
    """Whether the entry goes by that name. A one-word alias ("Meles") is no proof that "A. Mills" is meant."""
    asked = split_name(name)
    alone = len(asked.words) == 1 and not asked.initials
    return same_person(name, entry.name) or any(
        same_person(name, known) for known in entry.aliases if alone or len(split_name(known).words) > 1
    )


def _family_name(entry: Entry, word: str, loose: bool = False) -> bool:
    """Whether one of the entry's names ends in that word; names of kings do not count.

    Short words must be spelt alike ("Urban" is no Orbán), of three letters even if `loose`.
    """
    shortest = 4 if loose else 8
    for name in (entry.name, *entry.aliases):
        parts = split_name(name)
        if not parts.words or parts.regnal:
            continue
        last = parts.words[-1]
        if last == word or (min(len(word), len(last)) >= shortest and same_word(last, word)):
            return True
    return False


def _timely(entry: Entry, on: date | None) -> bool:
    """Whether a report of that day is likely to mean this person, not a namesake; leaders of states always are."""
    if any(role.head for role in entry.roles):
        return True
    return _in_office_near(entry, on, _NEAR if entry.source == OLD_MEMBERS else _LONG)


def _in_office_near(entry: Entry, on: date | None, slack: timedelta = _NEAR) -> bool:
    if on is None or not entry.roles:
        return True
    return any(
        r.first.toordinal() - slack.days <= on.toordinal() <= r.last.toordinal() + slack.days for r in entry.roles
    )


def _active(entry: Entry, on: date | None) -> int:
    """2 in office that day, 1 around it, 0 otherwise; entries without roles are always active."""
    if not entry.roles or on is None:
        return 2
    return 2 if any(r.covers(on) for r in entry.roles) else int(_in_office_near(entry, on))


def _choose(entries: list[Entry], on: date | None, country: str | None, name: str) -> Entry | None:
    """The best bearer of a name, or None where two are equally good."""
    if not entries:
        return None

    def rank(entry: Entry) -> tuple[bool, int, int, bool, bool]:
        plain = fold(name)
        spelt = [fold(known) for known in (entry.name, *entry.aliases)]
        last = plain.rpartition(" ")[2]
        exact = next((n for n in (3, 2) if any(s == plain if n == 3 else s.endswith(plain) for s in spelt)), 0)
        exact = exact or int(any(s.endswith(last) for s in spelt))
        head = any(r.head for r in entry.roles)
        fit = (_active(entry, on), exact) if " " not in plain else (exact, _active(entry, on))
        return (
            bool(country) and entry.country == country,
            *fit,
            head,
            entry.source == "leaders.tsv",
        )

    ranked = sorted(entries, key=rank, reverse=True)
    return None if len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1]) else ranked[0]
