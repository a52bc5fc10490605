"""What the words of a KPI's name say: its concepts, and how much each of them matters (docs/contributing/names.md).

A name is read with a lexicon (catalogue/lexicon.yaml): words and phrases of four languages stand for concepts. What follows a
preposition or a division ("per 1,000 customers") says where or over what something is measured and counts less than the thing itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MOST_CHARACTERS = 240
"""Of a name; what is beyond is not read."""
MOST_WORDS = 40
NOT = "!"
"""The concept of a word that turns a name into its opposite."""
WITHIN = "~within"
"""The concept of a time limit in a name that counts a share ("% closed within 48 h")."""
PER = "per:"
UNKNOWN = "?"
PEOPLE = "people"
"""The concept of an unknown word that a clause with "who" follows."""
AGAINST = "against"
"""The concept of a word that sets a figure against what was planned."""

_HOURS, _HEADS = ("hours", "days", "duration", "shift"), ("agent", "employee", "seller", "worker", "headcount")
_PUNCTUATION = re.compile(r"[a-z]+'s\b|[a-z0-9]+|[%/():;,&|#<>≤≥+]|(?<=\s)[-–—](?=\s)")
_AMOUNT = (
    r"(?:\d+(?:[.,:]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|half an|the|"
    r"eine[mr]?|zwei|drei|vier|funf|sechs|zehn|un|une|deux|trois|dos|tres)"
)
_PERIOD = (
    r"(?:working |business |calendar )?"
    r"(?:s|secs?|seconds?|sek|sekunden|mins?|minutes?|minuten|h|hrs?|hours?|std|stunden?|heures?|horas?|d|days?|tage[n]?|jours?|dias?|"
    r"weeks?|wochen?|semaines?|semanas?|months?|monate?n?|mois|mes(?:es)?)\b"
)
_LIMIT = re.compile(
    r"\b(?:within|inside|in under|in less than|no later than|innerhalb(?: von)?|binnen|en moins de|sous|en menos de|"
    rf"dentro de)\s+(?:the )?(?:first )?{_AMOUNT}\s*-?{_PERIOD}"
    r"|\b(?:on )?(?:the )?(?:same|next|following)[ -](?:working |business )?(?:day|night|hour|shift)\b"
    r"|\bovernight\b|\bby (?:noon|nightfall|the hour)\b"
    r"|\bam selben tag\b|\ble jour meme\b|\bel mismo dia\b"
)
_SPAN = re.compile(r"\b\d+[- ](?:second|minute|hour|day|week|month|year)\b(?=\s+[a-z])")
_DURATION = re.compile(rf"[<>≤≥~=]*\s*\b\d+(?:[.,:/]\d+)?\s*-?{_PERIOD}")
_ORDINAL = {"1st": "first", "2nd": "second", "3rd": "third"}
_NUMBER = re.compile(r"^(?:\d+[a-z]{0,2}|thousand|million|hundred|[kmx]?\d+)$")
_WHO = (["who"], ["whom"], ["whose"])
_OF = frozenset({"of", "von", "des", "der", "de", "du", "del"})
_THE = frozenset({"the", "our", "a", "an", "their"})
_ELISION = re.compile(r"\b(?:[dlnsjm]|qu)['’](?=\w)")
_PARTS = re.compile(r"\s[-–—|]\s|[:;,]\s")
_JOINED = re.compile(r"\s(?:and|und|et|y|&|or|oder|ou|plus)\s")
_PART_SHARES, _JOINED_SHARES = (0.93, 0.88, 0.85, 0.85), (0.85, 0.75, 0.7, 0.7)
_COUNTED = re.compile(r"%|\b(?:percent|percentage|share|rate|ratio|pct|proportion)\b")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon made ready: words and phrases → concepts. `words` also holds what the metrics' own names are made of."""

    words: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    """First word → (all words, concepts), the longest first."""
    noise: frozenset[str]
    turns: frozenset[str]
    per: frozenset[str]
    wishes: frozenset[str]
    light: frozenset[str]
    by_length: Mapping[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Length → words with the set of their letters as bits; those that a misspelt word is compared with."""
    compounds: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: concept → how much it matters (1 = as much as any)."""

    concepts: Mapping[str, float]
    share: float = 1.0
    """How much it counts: parts of a name less than the whole, and less for every word that was read as a misspelling of another."""


def plain(name: str) -> str:
    """Small letters without accents, joined forms undone, of at most MOST_CHARACTERS characters."""
    text = name[:MOST_CHARACTERS]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).replace("’", "'").replace("ß", "ss")
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.casefold()
    return _ELISION.sub("", text) if "'" in text else text


def form(name: str) -> str:
    """The words of a name between single blanks, plural s left out: names of one form are the same name."""
    return " ".join(base(w) for w in _PUNCTUATION.findall(plain(name)) if w[0].isalnum())


def base(word: str) -> str:
    """A word without the s of its plural or genitive."""
    if word.endswith("'s"):
        return word[:-2]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


def readings(name: str, vocabulary: Vocabulary, counted: bool = False) -> list[Reading]:
    """The ways to read a name, the whole first: parts on either side of a colon, comma, dash, slash or "and" are ways of their own.

    `counted`: whether the figure is known to be a share, so that a time in the name is a limit.
    """
    text = plain(name)
    inside = " , ".join(re.findall(r"\(([^()]*)\)", text))
    outside = re.sub(r"\([^()]*\)?", " ", text)
    whole = _read(outside, vocabulary, inside, counted)
    found = [whole]
    for between, shares in ((_PARTS, _PART_SHARES), (_JOINED, _JOINED_SHARES)):
        parts = [p for p in between.split(outside) if p.strip()]
        if 2 <= len(parts) <= 4:
            found += [_read(part, vocabulary, "", counted, share) for part, share in zip(parts, shares, strict=False)]
    return [r for r in found if r.concepts]


def _read(text: str, vocabulary: Vocabulary, aside: str, counted: bool, share: float = 1.0) -> Reading:
    reader = _Reader(vocabulary, percent=counted or bool(_COUNTED.search(text)) or "%" in aside)
    reader.read(text)
    if aside:
        reader.weight_of_part = 0.3
        reader.read(aside)
    return Reading(reader.concepts, share * 0.97**reader.guessed)


class _Reader:
    """Walks over a name once and collects its concepts."""

    def __init__(self, vocabulary: Vocabulary, percent: bool) -> None:
        self.vocabulary, self.percent = vocabulary, percent
        self.concepts: dict[str, float] = {}
        self.guessed = 0
        self.weight_of_part = 1.0
        self.headed = False

    def read(self, text: str) -> None:
        words = self._words(text)
        v, at, weight, over = self.vocabulary, 0, self.weight_of_part, False
        count = len(words)
        while at < count:
            word = words[at]
            if word == "/":
                over = _divides(words, at)
                at += 1
                continue
            if word in ",;:|&()":
                weight, over = self.weight_of_part * (0.7 if word in ",;:|" else 1), False
                at += 1
                continue
            if word == "%":
                if (at and at + 1 < count and words[at + 1] == "of") or (at + 1 < count and words[at - 1] == "as"):
                    over = True
                at += 1
                continue
            if word in v.per:
                over, at = True, at + 1
                while at < count and _NUMBER.match(words[at]):
                    at += 1
                    over = False
                if not over and at < count and words[at] not in ",;:|/":
                    at += 1
                continue
            phrase = self._phrase(words, at)
            if phrase:
                self._add(phrase[1], weight, over)
                at += len(phrase[0])
                if AGAINST in phrase[1]:
                    weight = min(weight, 0.45 * self.weight_of_part)
                continue
            if self.headed and self._turns(words, at):
                weight, over = min(weight, (0.65 if word in _OF else 0.45) * self.weight_of_part), False
                at += 1
                continue
            if not _NUMBER.match(word) and word not in v.noise:
                concepts = self._word(word)
                if concepts[0].startswith(UNKNOWN) and words[at + 1 : at + 2] in _WHO:
                    concepts = (PEOPLE,)
                self._add(concepts, weight, over)
                if AGAINST in concepts:
                    weight = min(weight, 0.45 * self.weight_of_part)
            at += 1

    def _turns(self, words: list[str], at: int) -> bool:
        """Whether a word turns from what the figure is about to where, when, for whom or of what it is taken."""
        if words[at] == "to":
            return at + 1 < len(words) and words[at + 1] in _THE
        return words[at] in self.vocabulary.turns or words[at] in _OF

    def _words(self, text: str) -> list[str]:
        text = re.sub(r"\b80\s*/\s*20\b", " service level ", text)
        text = _SPAN.sub(f" {WITHIN} ", _LIMIT.sub(f" {WITHIN} ", text))
        text = _DURATION.sub(f" {WITHIN} " if self.percent else " ", text)
        words = []
        for word in re.findall(r"~[a-z]+|[a-z]+'s\b|[a-z0-9]+|[%/();:,&|]", text)[:MOST_WORDS]:
            words.append(word if word[0] == "~" else _ORDINAL.get(word) or base(word))
        if words and words[0] in self.vocabulary.wishes and len(words) > 1 and not self._phrase(words, 0):
            words = words[1:]
        return words

    def _phrase(self, words: list[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        for phrase in self.vocabulary.phrases.get(words[at], ()):
            if tuple(words[at : at + len(phrase[0])]) == phrase[0]:
                return phrase
        return None

    def _add(self, concepts: Iterable[str], weight: float, over: bool) -> None:
        for concept in concepts:
            if over:
                concept = _divisor(concept)
                weight = min(weight, 0.4)
            elif concept not in self.vocabulary.light:
                self.headed = True
            self.concepts[concept] = max(weight, self.concepts.get(concept, 0.0))

    def _word(self, word: str) -> tuple[str, ...]:
        if word == WITHIN:
            return (WITHIN,)
        known = look_up(word, self.vocabulary)
        if known is not None:
            return known
        near = nearest(word, self.vocabulary)
        if near:
            self.guessed += 1
            return self.vocabulary.words[near]
        return (UNKNOWN + word,)


def _divides(words: list[str], at: int) -> bool:
    """Whether a slash before the last words of a name divides ("tickets / agent / day") rather than names two things."""
    return at > 0 and (at + 2 >= len(words) or words[at + 2] in "/,;:|")


def _divisor(concept: str) -> str:
    if concept in _HOURS:
        return PER + "time"
    return PER + ("head" if concept in _HEADS else concept)


def look_up(word: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The concepts of a word in any of its forms, or of the parts of a compound; None when it is not known."""
    words = vocabulary.words
    for spelling in _forms(word):
        if spelling in words:
            return words[spelling]
    if vocabulary.compounds and len(word) >= 9:
        parts = _parts(word, vocabulary)
        if parts:
            return parts
    return None


def _forms(word: str) -> Iterable[str]:
    yield word
    if len(word) > 4:
        for ending, instead in (
            ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("d", ""), ("en", ""), ("n", ""), ("e", ""), ("er", ""),
            ("es", ""), ("s", ""), ("em", ""), ("x", ""), ("a", "o"),
        ):  # fmt: skip
            if word.endswith(ending):
                yield word[: -len(ending)] + instead


def _parts(word: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The concepts of the parts of a compound: as few parts as possible, each known, with s, n, en or es between them."""
    words, noise, length = vocabulary.words, vocabulary.noise, len(word)
    best: list[tuple[str, ...] | None] = [None] * (length + 1)
    best[length] = ()
    for start in range(length - 3, -1, -1):
        for end in range(length, start + 2, -1):
            part = word[start:end]
            if part not in words and part not in noise:
                continue
            for link in ("", "s", "n", "en", "es"):
                rest = best[end + len(link)] if word.startswith(link, end) else None
                if rest is not None and (end + len(link) < length or not link):
                    found = best[start]
                    if found is None or len(rest) + 1 < len(found):
                        best[start] = (part, *rest)
                    break
    if not best[0] or len(best[0]) < 2:
        return None
    concepts = [c for part in best[0] for c in words.get(part, ())]
    return tuple(dict.fromkeys(concepts)) or None


def nearest(word: str, vocabulary: Vocabulary) -> str | None:
    """The one known word that a misspelt word must have been: a slip away for five letters or more, two for nine or more."""
    length = len(word)
    if length < 5 or not word.isalpha():
        return None
    bits, most = letters(word), 1 if length < 9 else 2
    found: list[tuple[int, str]] = []
    for other_length in range(length - most, length + most + 1):
        for other, other_bits in vocabulary.by_length.get(other_length, ()):
            if (bits ^ other_bits).bit_count() <= 2 * most and other[0] == word[0]:
                slips = _slips(word, other, most)
                if slips <= most and (length > 6 or sorted(word) == sorted(other)):
                    found.append((slips, other))
    if not found:
        return None
    found.sort()
    if len(found) > 1 and found[0][0] == found[1][0] and _differ(found[0][1], found[1][1], vocabulary):
        return None
    return found[0][1]


def _differ(one: str, other: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.words[one] != vocabulary.words[other]


@lru_cache(maxsize=8192)
def letters(word: str) -> int:
    """The set of a word's letters as bits."""
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) & 63)
    return bits


def _slips(one: str, other: str, most: int) -> int:
    """Letters added, left out, replaced or swapped with their neighbour; more than `most` when it gets that far."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
