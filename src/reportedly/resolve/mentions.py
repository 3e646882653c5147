"""Who each noun phrase stands for: known names, described roles ("Iraqi militias"), pronouns, "the group"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml
from reportedly.records import Actor, Mention
from reportedly.resolve.coreference import Candidate, find_antecedent, find_described
from reportedly.resolve.numbers import parse_number
from reportedly.resolve.organisations import find_organisations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc, Span, Token

    from reportedly.records import Toponym
    from reportedly.resolve.actor_table import ActorTable, Hit
    from reportedly.resolve.role_nouns import RoleNoun, RoleNouns

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
LEFT = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
NAMED = frozenset({"group", "party", "institution", "organisation", "force", "ship", "base", "publisher", "person"})
SPATIAL = frozenset(
    {
        "in",
        "of",
        "near",
        "at",
        "from",
        "outside",
        "inside",
        "across",
        "around",
        "off",
        "on",
        "west",
        "east",
        "north",
        "south",
        "throughout",
    }
)
OWN_COUNTRY = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "CVL", "OPP", "PRM", "JRN", "PTY"})
"""Sectors of which every country has some, so that a bare "the army" means that of the country the report is about."""


@dataclass(slots=True)
class Finder:
    """Finds the mentions of one report."""

    doc: Doc
    table: ActorTable
    nouns: RoleNouns
    toponyms: Sequence[Toponym]
    hits: Sequence[Hit]
    speaker: Actor | None = None
    home: str | None = None
    mentions: dict[int, Mention] = field(default_factory=dict)
    _hit_at: dict[int, Hit] = field(default_factory=dict)
    _place_at: dict[int, Toponym] = field(default_factory=dict)
    _people: dict[str, Actor] = field(default_factory=dict)
    _entity_at: dict[int, Span] = field(default_factory=dict)
    _organisations: dict[str, Actor] = field(default_factory=dict)
    _candidates: list[Candidate] = field(default_factory=list)
    _countries: list[tuple[int, str, int]] = field(default_factory=list)
    _sentence_of: dict[int, int] = field(default_factory=dict)

    def find(self) -> Mapping[int, Mention]:
        """Head token index -> mention, for every noun phrase that can be an actor or a recipient."""
        self._index()
        for token in self.doc:
            if (token.pos_ in NOMINAL or token.i in self._hit_at) and not token.is_space and self._is_head(token):
                self._add(token)
        return self.mentions

    def _index(self) -> None:
        self._entity_at = {i: entity for entity in self.doc.ents for i in range(entity.start, entity.end)}
        for hit in self.hits:
            for i in range(hit.first, hit.last):
                self._hit_at[i] = hit
            if hit.actor.country and hit.what not in ("publisher", "person"):
                self._countries.append((hit.first, hit.actor.country, 1))
        self._organisations = find_organisations(self.doc, self._hit_at)
        starts = {token.idx: token.i for token in self.doc}
        for place in self.toponyms:
            at = starts.get(place.start)
            while at is not None and at < len(self.doc) and self.doc[at].idx < place.end:
                self._place_at[at] = place
                at += 1
            if place.country and (starts.get(place.start) not in self._hit_at or place.precision in ("city", "region")):
                self._countries.append((starts.get(place.start, 0), place.country, 2))
        for number, sentence in enumerate(self.doc.sents):
            for token in sentence:
                self._sentence_of[token.i] = number

    def _is_head(self, token: Token) -> bool:
        hit = self._hit_at.get(token.i)
        if hit is not None and self._head_of(hit) == token.i:
            return True
        return token.pos_ in NOMINAL and not (token.dep_ in ("compound", "nmod") and token.head.i > token.i)

    def _head_of(self, hit: Hit) -> int:
        """The token of a name that its phrase hangs on."""
        inside = [
            i
            for i in range(hit.first, hit.last)
            if not hit.first <= self.doc[i].head.i < hit.last or self.doc[i].head.i == i
        ]
        return inside[-1] if inside else hit.last - 1

    # --- one phrase ---

    def _add(self, head: Token) -> None:
        first, last = self._bounds(head)
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        text = self.doc[first:last].text
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in ("they", "them", "their", "we", "us", "both", "others")
        actor, antecedent, acting, noun = Actor(None, text), None, True, None
        if head.pos_ == "PRON" and head.i not in self._hit_at:
            resolved = self._pronoun(head)
            if resolved is not None:
                actor, antecedent = resolved.actor, resolved.head
            elif head.lower_ in ("i", "we", "us", "me", "our", "my"):
                actor = self.speaker or actor
            else:
                return
        else:
            actor, antecedent = self._describe(head, text)
            noun = self._role_noun(head)
            named = head.i in self._hit_at or actor.kind != "role" or head.ent_type_ in ("ORG", "NORP", "PERSON")
            acting = named or noun is not None or self._counted(head) is not None
            modifies = head.dep_ in ("amod", "compound", "nmod") or head.pos_ == "ADJ"
            if not modifies and (actor.country or actor.sector or actor.kind != "role"):
                self._candidates.append(self._candidate(head, actor, plural, noun))
        self.mentions[head.i] = Mention(
            start,
            end,
            text,
            head.i,
            first,
            last,
            actor,
            antecedent,
            self._count(head),
            plural,
            acting,
            human=actor.kind == "person" or bool(noun and noun.person),
        )

    def _candidate(self, head: Token, actor: Actor, plural: bool, noun: RoleNoun | None) -> Candidate:
        person = actor.kind == "person" or bool(noun and noun.person and not plural)
        collective = actor.kind in ("group", "state") or bool(noun and noun.collective)
        return Candidate(
            head.i,
            self._sentence_of[head.i],
            actor,
            head.lemma_.lower(),
            person=person,
            plural=plural or any(c.dep_ == "conj" for c in head.children),
            collective=collective,
            subject=head.dep_ in ("nsubj", "nsubjpass"),
            clause=head.head.i,
            titles=frozenset(t.lower_ for t in self._around_name(head)) if person else frozenset(),
        )

    def _bounds(self, head: Token) -> tuple[int, int]:
        hit = self._hit_at.get(head.i)
        first, last = (min(hit.first, head.i), max(hit.last, head.i + 1)) if hit else (head.i, head.i + 1)
        for child in head.children:
            if child.i < head.i and child.dep_ not in ("punct", "cc", "preconj", "relcl", "advcl", "prep", "appos"):
                first = min(first, child.left_edge.i)
            elif child.dep_ == "prep" and child.lower_ in ("of", "in", "from", "at", "for") and child.i == last:
                last = max(last, self._prep_end(child))
            elif child.dep_ == "case" or (child.dep_ == "punct" and child.text == "-" and child.i == last):
                last = max(last, child.i if child.dep_ == "case" else last)
        while first < head.i and (self.doc[first].is_punct or self.doc[first].is_space):
            first += 1
        while last - 1 > head.i and (self.doc[last - 1].is_punct or self.doc[last - 1].is_space):
            last -= 1
        return first, last

    def _prep_end(self, prep: Token) -> int:
        ends = [self._bounds(c)[1] for c in prep.children if c.dep_ == "pobj"]
        return max(ends, default=prep.i)

    def _count(self, head: Token) -> int | None:
        words = [c for c in head.children if c.dep_ == "nummod" and c.i < head.i] or [head] * (head.pos_ == "NUM")
        if not words:
            return None
        tokens = [t.text for w in words for t in w.subtree if t.dep_ not in ("advmod", "punct") or t.text == "-"]
        number = parse_number(
            [t for t in tokens if t.lower() not in ("at", "least", "than", "more", "only", "up", "to")]
        )
        return int(number) if number is not None else None

    # --- whom it stands for ---

    def _describe(self, head: Token, text: str) -> tuple[Actor, int | None]:
        hit = self._hit_at.get(head.i)
        if hit is not None and hit.what == "person" and hit.last - hit.first == 1 and head.lower_ in self._people:
            return self._people[head.lower_], None
        if hit is not None:
            return self._named(hit, head, text), None
        if head.pos_ == "PROPN" and (head.ent_type_ == "PERSON" or head.lower_ in self._people):
            return self._person(head, text), None
        realm = self._realm(head)
        if realm is not None:
            return Actor(None, text, realm, "GOV", "state"), None
        counted = self._counted(head)
        if counted is not None:
            inner, before = self._describe(counted, text)
            return (replace(inner, name=text) if inner.kind == "role" else inner), before
        noun = self._role_noun(head)
        entity = self._entity_at.get(head.i)
        if noun is None and head.pos_ == "PROPN":
            organisation = self._organisations.get((entity[0] if entity is not None else head).lower_)
            if organisation is not None:
                return organisation, None
        named = self._named_beside(head) if noun is not None else None
        if named is not None:
            return named, None
        country, sector, group = self._surroundings(head, noun)
        if noun is None:
            country = country or self._country_beside(head)
            if country is None and sector is None:
                place = self._place_at.get(head.i)
                return Actor(None, place.name if place else text, place.country if place else None), None
        elif country is None:
            earlier = self._described_before(head, noun)
            if earlier is not None:
                return earlier.actor, earlier.head
            country = self._country_beside(head) or self._home_country(head, noun)
        return self._by_role(text, noun, country, sector, group), None

    def _named_beside(self, head: Token) -> Actor | None:
        """Whom an apposition names: "the president's successor, Zardari"."""
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i and child.pos_ == "PROPN" and head.tag_ in ("NN", "NNP"):
                hit = self._hit_at.get(child.i)
                if hit is not None and hit.what == "person":
                    return self._named(hit, child, child.text)
        return None

    def _home_country(self, head: Token, noun: RoleNoun) -> str | None:
        """A bare "the army" is that of the country in focus; "Umma party" only where no other is told of."""
        named = any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in head.children)
        if noun.sector not in OWN_COUNTRY:
            return None
        return self._country_told_of() if named else self._country_in_focus(head)

    def _realm(self, head: Token) -> str | None:
        """ "The kingdom" is that of the kingdoms which the report names most."""
        codes = read_toml("pronouns.toml")["realms"].get(head.lower_)
        if codes is None or head.pos_ != "NOUN":
            return None
        named = Counter(code for _, code, _ in self._countries if code in codes)
        return max(sorted(named), key=lambda code: named[code], default=None)

    def _counted(self, head: Token) -> Token | None:
        """In "hundreds of demonstrators" those who act are the demonstrators."""
        if head.lemma_.lower() not in read_toml("pronouns.toml")["quantifiers"] and head.pos_ != "NUM":
            return None
        of = (c for c in head.children if c.dep_ == "prep" and c.lower_ == "of")
        return next((t for prep in of for t in prep.children if t.dep_ == "pobj" and t.pos_ in NOMINAL), None)

    def _by_role(
        self, text: str, noun: RoleNoun | None, country: str | None, sector: str | None, group: Actor | None
    ) -> Actor:
        if group is not None and noun is not None and noun.collective and group.kind == "group":
            return Actor(group.id, group.name, group.country, group.sector, "group")
        own = noun.sector if noun else None
        takes_group = noun is None or own in (None, "UNK", "GOV", "MIL", "REB", "UAF", "CVL", "PTY", "SPY")
        return Actor(None, text, country, (sector if takes_group and sector else own) or sector, "role")

    def _named(self, hit: Hit, head: Token, text: str) -> Actor:
        actor = hit.actor
        if hit.what in ("people", "demonym"):
            if head.tag_ in ("NNS", "NNPS"):
                return Actor(None, text, actor.country, "CVL", "role")
            return Actor(actor.id, actor.name, actor.country, "GOV", "state")
        if hit.what == "capital":
            place = self._place_at.get(head.i)
            return Actor(
                None if place and not place.metonym else actor.id,
                self.doc[hit.first : hit.last].text,
                actor.country,
                "GOV",
                "state",
            )
        if hit.what == "person":
            self._people.setdefault(head.lower_, actor)
        return actor

    def _person(self, head: Token, text: str) -> Actor:
        known = self._people.get(head.lower_)
        entity = self._entity_at.get(head.i)
        if known is not None and (entity is None or len(entity) == 1):
            return known
        title = next((n for c in self._around_name(head) if (n := self._role_noun(c)) is not None), None)
        country, sector = None, None
        for around in (head, *self._around_name(head)):
            found_country, found_sector, _ = self._surroundings(around, title)
            country, sector = country or found_country, sector or found_sector
        if title is not None:
            own = title.sector
            sector = (
                sector
                if own in (None, "UNK") or (own == "GOV" and sector in ("REB", "NGO", "UNO", "PTY", "IGO"))
                else own
            )
            if country is None and own in ("GOV", "LEG", "MIL", "JUD", "COP", "PTY", "OPP"):
                country = self.home or self._country_in_focus(head)
        if title is None and country is None:
            country = self._country_told_of()
        public = title is not None and not title.private
        name = (entity.text if entity is not None else text) if public else "private person"
        actor = Actor(None, name, country, sector, "person")
        self._people.setdefault(head.lower_, actor)
        return actor

    def _around_name(self, head: Token) -> list[Token]:
        """Titles before and appositions after a name."""
        around = [
            c for c in head.children if c.dep_ in ("compound", "nmod", "amod", "appos") and c.pos_ in ("NOUN", "PROPN")
        ]
        if head.dep_ == "appos":
            around.append(head.head)
        return [a for a in around if a.ent_type_ != "PERSON"]

    def _role_noun(self, head: Token) -> RoleNoun | None:
        words = [c.lemma_.lower() for c in head.children if c.dep_ in ("compound", "amod", "nmod") and c.i < head.i]
        return self.nouns.sector(" ".join([*words, head.lower_])) or self.nouns.sector(head.lemma_.lower())

    def _surroundings(self, head: Token, noun: RoleNoun | None) -> tuple[str | None, str | None, Actor | None]:
        """Country, sector and group by the words around a noun: "Iraq's Iranian militia groups" are Iraq's."""
        country, sector, group = None, None, None
        for child in self._left_modifiers(head):
            if self._is_sponsor(child):
                continue
            actor = self._actor_at(child)
            if actor is None:
                continue
            country = country or actor.country
            if actor.kind in ("group", "person") or child.dep_ == "poss":
                sector = sector or (actor.sector if actor.kind == "group" else None)
                group = group or (actor if actor.kind == "group" else None)
            if noun is None or noun.sector in (None, "UNK"):
                sector = sector or actor.sector
        if country is None or noun is None or noun.sector in (None, "UNK", "GOV", "MIL"):
            for actor, prep in self._right_modifiers(head):
                country = country or actor.country
                if prep in ("of", "for", "from", "at", "with") and actor.kind == "group":
                    sector, group = sector or actor.sector, group or actor
                elif prep == "of" and noun is not None and noun.person:
                    sector = sector or (actor.sector if actor.sector not in ("GOV", None) else None)
        return country, sector, group

    def _country_beside(self, head: Token) -> str | None:
        """The country of an apposition ("four ships, two of them Saudi") or of a place inside the phrase."""
        for child in head.children:
            if child.dep_ == "appos" and child.i not in self._hit_at:
                for word in child.subtree:
                    hit = self._hit_at.get(word.i)
                    if hit is not None and hit.what in ("demonym", "country") and not self._is_sponsor(word):
                        return hit.actor.country
            elif child.i > head.i and (
                child.dep_ in ("advmod", "amod") or (child.dep_ == "prep" and child.lower_ in SPATIAL)
            ):
                for word in child.subtree:
                    if word.i in self._place_at and not any(a.pos_ == "VERB" for a in word.ancestors if a.i > head.i):
                        return self._place_at[word.i].country
        return None

    def _left_modifiers(self, head: Token) -> Iterable[Token]:
        own = [c for c in head.children if c.dep_ in LEFT and c.i < head.i]
        own.sort(key=lambda c: (c.dep_ != "poss", -c.i))
        for child in own:
            yield child
            for inner in child.children:
                if inner.dep_ in LEFT and inner.i < child.i:
                    yield inner

    def _is_sponsor(self, token: Token) -> bool:
        """In "Iranian-allied rebels" Iran is no home."""
        if token.i + 2 < len(self.doc) and self.doc[token.i + 1].text in "-–":
            return self.doc[token.i + 2].lower_ in _sponsoring()
        return "-" in token.text and token.lower_.endswith(_sponsoring_endings())

    def _actor_at(self, token: Token) -> Actor | None:
        hit = self._hit_at.get(token.i)
        if hit is not None and not self._is_sponsor(token):
            actor = hit.actor
            return actor if hit.what in NAMED else Actor(actor.id, actor.name, actor.country, actor.sector, "state")
        if token.dep_ == "poss":
            if token.pos_ == "PRON":
                antecedent = self._pronoun(token)
                return antecedent.actor if antecedent else None
            if token.i in self.mentions:
                return self.mentions[token.i].actor
            return self._describe(token, token.text)[0]
        place = self._place_at.get(token.i)
        if place is not None:
            return Actor(None, place.name, place.country, None, "role")
        code = self.table.demonym(token.text) if token.pos_ in ("ADJ", "PROPN") else None
        return Actor(None, token.text, code, None, "state") if code else None

    def _right_modifiers(self, head: Token) -> Iterable[tuple[Actor, str]]:
        for prep in head.children:
            if prep.dep_ != "prep" or prep.lower_ not in ("of", "in", "from", "for", "at", "with", "near", "inside"):
                continue
            for child in prep.children:
                if child.dep_ != "pobj":
                    continue
                hit, place = self._hit_at.get(child.i), self._place_at.get(child.i)
                if hit is not None and (hit.what in NAMED or prep.lower_ in ("of", "for")):
                    yield hit.actor, prep.lower_
                elif place is not None or hit is not None:
                    code = place.country if place is not None else hit.actor.country if hit else None
                    yield Actor(None, child.text, code, None, "role"), prep.lower_
                else:
                    yield self._describe(child, child.text)[0], prep.lower_

    # --- earlier words ---

    def _pronoun(self, token: Token) -> Candidate | None:
        return find_antecedent(token, self._sentence_of[token.i], self._candidates)

    def _described_before(self, head: Token, noun: RoleNoun) -> Candidate | None:
        definite = any(
            c.dep_ in ("det", "poss") and c.lower_ in ("the", "this", "these", "those", "both") for c in head.children
        )
        bare_capital = head.is_title and not any(c.dep_ == "det" for c in head.children)
        if not (definite or bare_capital):
            return None
        return find_described(head, self._sentence_of[head.i], self._candidates, noun.sector)

    def _country_told_of(self) -> str | None:
        """The country of a report that is about one: three in four of its mentions of countries and towns."""
        weights: Counter[str] = Counter()
        for _, code, weight in self._countries:
            weights[code] += weight
        if not weights:
            return None
        code, most = max(sorted(weights.items()), key=lambda item: item[1])
        return code if 4 * most >= 3 * sum(weights.values()) else None

    def _country_in_focus(self, head: Token) -> str | None:
        """The country named most; its towns count more than its name, and so do the last two sentences."""
        sentence = self._sentence_of[head.i]
        weights: Counter[str] = Counter({self.home: 2} if self.home else {})
        for at, code, weight in self._countries:
            near = 0 <= sentence - self._sentence_of.get(at, 0) <= 1
            weights[code] += 3 * weight if near else weight
        return max(sorted(weights), key=lambda code: weights[code], default=None)


@cache
def _sponsoring() -> frozenset[str]:
    return frozenset(read_toml("relations.toml")["sponsoring"])


@cache
def _sponsoring_endings() -> tuple[str, ...]:
    return tuple(f"-{word}" for word in read_toml("relations.toml")["sponsoring"])


def find_mentions(
    doc: Doc,
    table: ActorTable,
    nouns: RoleNouns,
    toponyms: Sequence[Toponym],
    hits: Sequence[Hit],
    speaker: Actor | None = None,
    home: str | None = None,
) -> Mapping[int, Mention]:
    """Head token index -> mention for the noun phrases of a report; `speaker` is who says "we" outside quotations.

    `home` is the publisher's country, where bare titles ("the defence secretary") are most often at home.
    """
    return Finder(doc, table, nouns, toponyms, hits, speaker, home).find()
