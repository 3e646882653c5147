"""Tells whether two spellings can be one person's name, whatever the romanisation.

A name is cut into words; each word is written in rough sounds ("Qassem", "Ghasem" -> `Qasem`); two words are one when
changing one into the other costs little, by a cost table that is cheap where romanisations vary and dear elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from reportedly.knowledge import read_toml

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "ß": "ss", "đ": "d", "æ": "ae", "ə": "a", "œ": "oe", "þ": "th"})
_MARKS = re.compile(r"[\u2018\u2019\u02bc\u02bb\u02be\u02bf'`´.]")
_NO_MARKS = str.maketrans("", "", "'`.")
_DOUBLED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+(?:\.(?=[^\W\d_]))*", re.UNICODE)
_ARTICLE_JOINED = re.compile(r"\b([AE]l)(?=[A-Z])")  # "ElBaradei"
_INITIAL = re.compile(r"\b([A-Z])\.\s*")
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi)$")
_ABD = re.compile(r"\babe?d[aeiou]?l?[ -]+(?:(?:al|el|ul|ur|ar|er|as|az|us)[ -]+)?(?=[a-z]{3})")
_ABD_JOINED = re.compile(r"^abd(?:[aeou]+l?[lr]?|a[lr])?(?=[^aeiou])")
_GOD = re.compile(r"(?:[aeou]l+ah?|[aeu]ll?ahi?)$")
_SOUNDS = (
    ("shch", "S"), ("tsch", "C"), ("tch", "C"), ("tsh", "C"), ("dzh", "J"), ("sch", "S"), ("dj", "J"), ("zh", "Z"),
    ("sh", "S"), ("ch", "C"), ("kh", "X"), ("gh", "Q"), ("q", "Q"), ("dh", "D"), ("th", "T"), ("ph", "f"), ("ck", "k"),
    ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("yy", "i"), ("yj", "i"), ("ij", "i"),
    ("ii", "i"), ("j", "J"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("y", "i"), ("ei", "E"), ("ai", "E"), ("ae", "E"),
)  # fmt: skip
_VOWELS = frozenset("aeiouE")
_CHEAP = {
    "Qk": 0.2, "Qg": 0.2, "Xk": 0.3, "Xh": 0.5, "Dd": 0.1, "Dz": 0.3, "Tt": 0.1, "Ts": 0.4, "JZ": 0.3, "Jg": 0.5,
    "Jd": 0.5, "Ss": 0.5, "CS": 0.5, "Zz": 0.5, "sz": 0.7, "fv": 0.4, "bv": 0.6, "dt": 0.6, "ks": 0.8, "Ck": 0.8,
    "CX": 0.6, "gk": 0.4, "uv": 0.5,
    "ae": 0.2, "ei": 0.25, "ou": 0.15, "Ee": 0.2, "Ei": 0.3, "Ea": 0.35, "ai": 0.9, "ao": 1.0, "au": 1.0, "eo": 0.8,
    "iu": 0.8, "eu": 0.8,
}  # fmt: skip
_COST = {**{(k[0], k[1]): v for k, v in _CHEAP.items()}, **{(k[1], k[0]): v for k, v in _CHEAP.items()}}
_COARSE = str.maketrans("QgXDTJZCSzvEoui", "kkkdtjjsssfeaae")
_TOLERANCE = 0.15


@dataclass(frozen=True, slots=True)
class _Rules:
    titles: frozenset[str]
    regnal: frozenset[str]
    particles: frozenset[str]
    son_of: frozenset[str]
    suffixes: frozenset[str]
    common: frozenset[str]
    equal: dict[str, str]
    special: frozenset[str]

    def ordinary(self, parts: list[str]) -> bool:
        """Whether these parts are full words only: nothing that a name leaves out or that tells more than a word."""
        return self.special.isdisjoint(parts) and all(
            len(p) > 1 and p.isalpha() and not p.startswith(("abd", "abed")) for p in parts
        )


@cache
def _rules() -> _Rules:
    raw = read_toml("actors_names.toml")
    equal = {word.replace("'", ""): group[0].replace("'", "") for group in raw["equal"] for word in group}
    names = ("titles", "regnal", "particles", "son_of", "suffixes", "common")
    lists = {name: frozenset(raw[name]) for name in names}
    numerals = frozenset(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xvi"])
    special = lists["titles"] | lists["particles"] | lists["son_of"] | lists["suffixes"] | numerals
    return _Rules(**lists, equal=equal, special=special)


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name in parts, all lower case and without accents.

    `words` are the full words in order, titles and particles left out; `initials` the single letters;
    `ordinal` a Roman numeral ("ii"); `suffix` "jr" or "sr"; `sons` the words that follow bin, ibn or ben; `regnal`
    whether a title or a numeral says that a word alone is a given name ("King Hussein", "Abdullah II").
    """

    words: tuple[str, ...]
    initials: tuple[str, ...]
    ordinal: str
    suffix: str
    sons: frozenset[str]
    regnal: bool


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, accents, apostrophes and full stops off: "Sana'a" -> "sanaa", "Erdoğan" -> "erdogan"."""
    if text.isascii():
        return text.lower().translate(_NO_MARKS)
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", text.lower()).translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def split_name(name: str) -> Name:
    """A name in parts."""
    rules = _rules()
    plain = fold(name).replace("-", " ").split()
    if "." not in name and rules.ordinary(plain) and not _ARTICLE_JOINED.search(name):
        return Name(tuple(plain), (), "", "", frozenset(), False)
    dotted = _ARTICLE_JOINED.sub(r"\1 ", _INITIAL.sub(r"\1 ", name))
    parts = _WORD.findall(_ABD.sub("abdul", fold(dotted).replace("-", " ")))
    full = [p for p in parts if len(p) > 1]
    lead = next((n for n, p in enumerate(full) if p not in rules.titles or full[n + 1 : n + 2] == ["bin"]), 0)
    titles, rest = _cut_titles(parts, lead)
    return _sort_parts(rest, len(full) > 1, any(t in rules.regnal for t in titles))


def _cut_titles(parts: list[str], lead: int) -> tuple[list[str], list[str]]:
    """The first `lead` full words, and the rest."""
    titles: list[str] = []
    rest: list[str] = []
    for part in parts:
        (titles if len(part) > 1 and len(titles) < lead and not rest else rest).append(part)
    return titles, rest


def _sort_parts(parts: list[str], several: bool, regnal: bool) -> Name:
    """Parts sorted into words, initials, numerals and so on. `several`: more than one full word, titles counted."""
    rules = _rules()
    words: list[str] = []
    initials: list[str] = []
    sons: set[str] = set()
    ordinal = suffix = ""
    after_son = False
    for n, part in enumerate(parts):
        last = n == len(parts) - 1 and bool(words)
        if len(part) == 1 and not (part in "ivx" if last else words and part in rules.particles):
            initials.append(part)
        elif part in rules.son_of and words:
            after_son = True
        elif words and _ROMAN.match(part) and part not in {"li", "xi"}:
            ordinal = part
        elif words and part in rules.suffixes:
            suffix = "sr" if part[0] == "s" else "jr"
        elif last or part not in rules.particles or not (words or several):  # "Kim Jong-il": "il" ends it, no particle
            words.append(part)
            if after_son:
                sons.add(part)
            after_son = False
    return Name(tuple(words), tuple(initials), ordinal, suffix, frozenset(sons), regnal or bool(ordinal))


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """A folded word in rough sounds; capitals are sounds that several letters stand for."""
    word = _rules().equal.get(word, word)
    if len(word) > 4:
        word = _ABD_JOINED.sub("abdal", word) if word.startswith("abd") else word
        word = _GOD.sub("ala", word) if "l" in word[-5:] else word
    for letters, sound in _SOUNDS:
        if letters in word:
            word = word.replace(letters, sound)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if word[-1] == "h" and word[-2:-1] in _VOWELS else word


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """A coarse key: spellings of one name nearly always share it, different names sometimes do.

    Consonants of each word, in order: "Qassem Soleimani" and "Ghasem Suleymani" -> "ksm slmn".
    """
    return " ".join(word_key(w) for w in split_name(name).words)


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The key of one folded word: its consonants with the ones that romanisations mix up made one."""
    heard = sounds(word)
    bare = heard[0] + "".join(c for c in heard[1:] if c not in _VOWELS and c != "h")
    return _DOUBLED.sub(r"\1", bare.translate(_COARSE))


@lru_cache(maxsize=65536)
def same_word(a: str, b: str) -> bool:
    """Whether two folded words can be spellings of one name. Words of up to three letters must sound alike."""
    if a == b:
        return True
    x, y = sounds(a), sounds(b)
    if x == y:
        return True
    longest = max(len(x), len(y))
    if longest <= 3 or abs(len(x) - len(y)) > 2:
        return False
    return _distance(x, y) <= min(_TOLERANCE * longest, 1.0)


def _distance(x: str, y: str) -> float:
    """Weighted edit distance between two words in sounds."""
    row = [0.0]
    for j, letter in enumerate(y):
        row.append(row[-1] + _gap(letter, y, j))
    for i, letter in enumerate(x):
        above, row = row, [row[0] + _gap(letter, x, i)]
        for j, other in enumerate(y):
            swap = above[j] + (0.0 if letter == other else _COST.get((letter, other), 1.0))
            row.append(min(swap, above[j + 1] + _gap(letter, x, i), row[j] + _gap(other, y, j)))
    return row[-1]


def _gap(letter: str, word: str, at: int) -> float:
    """What it costs that a letter is missing: little for a vowel or h inside, much at either end."""
    if at == 0:
        return 0.6 if letter in "iJ" else 1.0
    if at == len(word) - 1:
        return 0.9 if letter in _VOWELS else 1.0
    if letter in _VOWELS:
        return 0.25 if letter == "i" and word[at - 1] in _VOWELS else 0.45
    return 0.35 if letter == "h" else 1.0


@lru_cache(maxsize=65536)
def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: every word of the shorter has its like in the longer, in order.

    A family name alone goes with a full name that ends in it. Generations ("II", "Jr."), fathers' names after "bin" and
    middle initials must not contradict each other.
    """
    one, two = split_name(a), split_name(b)
    if len(one.words) > len(two.words):
        one, two = two, one
    if not one.words or _contradict(one, two):
        return False
    if len(one.words) == 1 and one.regnal and not one.initials:
        return same_word(one.words[0], two.words[0]) and (len(two.words) == 1 or one.ordinal == two.ordinal)
    if len(one.words) == 1 and len(two.words) > 1 and not one.initials:
        return same_word(one.words[0], two.words[-1]) and (two.words[-1] not in two.sons or bool(one.sons))
    return _in_order(one, two) or _turned_round(one, two) or _run_together(one, two)


def _contradict(one: Name, two: Name) -> bool:
    if one.ordinal and two.ordinal and one.ordinal != two.ordinal:
        return True
    if one.suffix != two.suffix:
        return True
    if one.sons and two.sons and not any(same_word(x, y) for x in one.sons for y in two.sons):
        return True
    if one.initials and two.initials and len(one.words) > 1 and len(two.words) > 1:
        return one.initials != two.initials
    return False


def _in_order(one: Name, two: Name) -> bool:
    """Words of `one` found in `two` in order, the first or the last of them being the same end; initials fit."""
    at, matched = 0, []
    for word in one.words:
        while at < len(two.words) and not same_word(word, two.words[at]):
            at += 1
        if at == len(two.words):
            return False
        matched.append(at)
        at += 1
    if len(one.words) == 1:
        return _initials_fit(one, two, matched[0])
    return matched[-1] == len(two.words) - 1 or matched[0] == 0


def _initials_fit(one: Name, two: Name, at: int) -> bool:
    """For "A. Papandreou": the initial begins a word before the family name."""
    if not one.initials:
        return at == len(two.words) - 1
    if one.words and len(two.words) == 1:
        return (
            set(one.initials) <= set(two.initials) or set(two.initials) <= set(one.initials) if two.initials else True
        )
    starts = [w[0] for n, w in enumerate(two.words) if n != at] + list(two.initials)
    return starts[:1] == [one.initials[0]]


def _turned_round(one: Name, two: Name) -> bool:
    """Family name first: the same two words in the other order, unless both are names that anybody has."""
    if len(one.words) != 2 or len(two.words) != 2:
        return False
    rules = _rules()
    first, last = one.words
    if rules.equal.get(first, first) in rules.common and rules.equal.get(last, last) in rules.common:
        return False
    return same_word(first, two.words[1]) and same_word(last, two.words[0])


def _run_together(one: Name, two: Name) -> bool:
    """ "Jong-un" and "Jongun", "Abu Bakr" and "Abubakr": alike once the gaps are gone."""
    if len(one.words) == len(two.words) or len(two.words) < 2 or one.initials or two.initials:
        return False
    x, y = sounds("".join(one.words)), sounds("".join(two.words))
    return x == y or (len(x) > 6 and _distance(x, y) <= 0.08 * len(x))
