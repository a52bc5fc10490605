"""The catalogue's names, read once and turned round: what a concept or a word may mean; plain JSON (docs/contributing/names.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from math import log
from typing import Any

from app.domain.catalogue import Catalogue, Metric
from app.domain.names.likeness import word_weights, words_of
from app.domain.names.words import NOT, UNKNOWN, Vocabulary, base, form, letters, plain, readings

Index = dict[str, Any]
Meaning = tuple[str, bool]
"""A metric, and whether its opposite is meant."""

NAME, ALIAS, SAID = 0, 1, 2
"""What a name is to its metric: its name, another name for it, a way in which people say it."""
LIGHT = 0.12
"""How much a word counts that says what kind of figure it is: rate, number, score."""

_KIND = re.compile(r"<([a-z_]+)>")
"""A kind in a way of saying: "<thing> per <worker>"."""
_TOKEN = re.compile(r"~[a-z_]+")


def build_index(catalogue: Catalogue) -> Index:
    """What `Resolver` needs of the built-in metrics and the lexicon, as values that JSON can carry.

    `meanings`: [metric, inverted], to which numbers refer; `frames`: [meaning, [concept]]; `forms`: words of a name → [[meaning, NAME,
    ALIAS or SAID]]; `weights`: concept → how much it counts; `spellings`: for each meaning the words of its names; `word_weights`:
    word → how much it counts; `words`, `phrases`: what the names were read with.
    """
    lexicon = catalogue.lexicon
    words, phrases = _lexicon_words(lexicon)
    more: Mapping[str, Any] = lexicon.get("names") or {}  # type: ignore[assignment]
    named = [(m, names_of(m, more.get(m.id) or {})) for m in catalogue.metrics.values() if not m.own]
    return _indexed(named, lexicon, words, phrases)


def index_of(metrics: Sequence[Metric], base_index: Index, lexicon: Mapping[str, object]) -> Index:
    """An index of an organization's own metrics, read with the words of the catalogue's index."""
    named = [(m, names_of(m, {})) for m in metrics]
    return _indexed(named, lexicon, dict(base_index["words"]), base_index["phrases"])


def vocabulary_of(index: Index, lexicon: Mapping[str, object]) -> Vocabulary:
    """The words of an index, made ready to read names with."""
    words = {word: tuple(concepts) for word, concepts in index["words"].items()}
    by_length: dict[int, list[tuple[str, int]]] = {}
    for word in words:
        if len(word) >= 5 and word[0] != "~":
            by_length.setdefault(len(word), []).append((word, letters(word)))
    return Vocabulary(
        words=words,
        phrases={
            first: tuple((tuple(spelling), tuple(concepts)) for spelling, concepts in entries)
            for first, entries in index["phrases"].items()
        },
        noise=words_in(lexicon, "noise"),
        turns=words_in(lexicon, "turns"),
        per=words_in(lexicon, "per"),
        wishes=words_in(lexicon, "wishes"),
        light=words_in(lexicon, "light"),
        by_length={length: tuple(entries) for length, entries in by_length.items()},
    )


def kinds_of(lexicon: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Concept → the kinds of thing that it is: a parcel is a thing that is worked on."""
    found: dict[str, list[str]] = {}
    kinds: Mapping[str, Any] = lexicon.get("kinds") or {}  # type: ignore[assignment]
    for kind, concepts in kinds.items():
        for concept in concepts:
            found.setdefault(concept, []).append(kind)
    return {concept: tuple(names) for concept, names in found.items()}


def names_of(metric: Metric, more: Mapping[str, Sequence[str]]) -> list[tuple[str, bool, int]]:
    """Every name of a metric: (name, whether it means the opposite, NAME, ALIAS or SAID)."""
    names = [(n, False, NAME) for n in (metric.name, metric.name_de) if n]
    names += [(n, False, ALIAS) for n in metric.aliases]
    names += [(n, True, ALIAS) for n in metric.inverse_aliases]
    names += [(_KIND.sub(r" ~\1 ", n), False, SAID) for n in more.get("names", ())]
    names += [(_KIND.sub(r" ~\1 ", n), True, SAID) for n in more.get("inverse", ())]
    return names


def _lexicon_words(lexicon: Mapping[str, object]) -> tuple[dict[str, list[str]], dict[str, list[Any]]]:
    """Single words → concepts, and first word of a phrase → [[words, concepts]] with the longest first."""
    words: dict[str, list[str]] = {}
    spelled: dict[tuple[str, ...], list[str]] = {}
    groups: dict[str, Iterable[str]] = dict(lexicon.get("concepts") or {})  # type: ignore[call-overload]
    groups[NOT] = lexicon.get("negations") or ()  # type: ignore[assignment]
    kinds: Mapping[str, Any] = lexicon.get("kinds") or {}  # type: ignore[assignment]
    words.update({"~" + concept: [concept] for concept in (*groups, *kinds)})
    for concept, entries in groups.items():
        for entry in entries:
            spelling = tuple(form(str(entry)).split())
            if not spelling:
                continue
            known = words.setdefault(spelling[0], []) if len(spelling) == 1 else spelled.setdefault(spelling, [])
            if concept not in known:
                known.append(concept)
    phrases: dict[str, list[Any]] = {}
    for spelling, concepts in sorted(spelled.items(), key=lambda item: (-len(item[0]), item[0])):
        phrases.setdefault(spelling[0], []).append([list(spelling), concepts])
    return words, phrases


def _indexed(
    named: Sequence[tuple[Metric, list[tuple[str, bool, int]]]],
    lexicon: Mapping[str, object],
    words: dict[str, list[str]],
    phrases: Mapping[str, list[Any]],
) -> Index:
    vocabulary = replace(vocabulary_of({"words": words, "phrases": phrases}, lexicon), by_length={})
    broad = words_in(lexicon, "broad")
    numbers: dict[Meaning, int] = {}
    meant: dict[frozenset[str], dict[int, int]] = {}
    spelled: dict[int, set[str]] = {}
    forms: dict[str, dict[int, int]] = {}
    for metric, names in named:
        for name, inverted, kind in names:
            number = numbers.setdefault((metric.id, inverted), len(numbers))
            forms.setdefault(form(name), {}).setdefault(number, kind)
            found = readings(plain(name), vocabulary)
            if found and not (kind == SAID and says_nothing(found[0].concepts.keys(), broad, vocabulary.light)):
                meanings = meant.setdefault(frozenset(found[0].concepts), {})
                meanings[number] = min(kind, meanings.get(number, kind))
            said = words_of(_TOKEN.sub(" ", name), vocabulary.noise)
            spelled.setdefault(number, set()).update({" ".join(sorted(said))} if said else ())
    frames = _frames(meant)
    for _, concepts in frames:
        for concept in concepts:
            if concept.startswith(UNKNOWN):
                words.setdefault(concept[1:], [concept])
    metrics = [metric for metric, _ in numbers]
    spellings = [sorted(spelled[number]) for number in numbers.values()]
    return {
        "words": words,
        "phrases": dict(phrases),
        "meanings": [[metric, inverted] for metric, inverted in numbers],
        "forms": {spelling: [list(meaning) for meaning in meanings.items()] for spelling, meanings in forms.items()},
        "frames": [[number, sorted(concepts)] for number, concepts in frames],
        "weights": _weights([(metrics[number], concepts) for number, concepts in frames], lexicon),
        "spellings": spellings,
        "word_weights": word_weights(zip(metrics, spellings, strict=True), len(named)),
    }


def says_nothing(concepts: AbstractSet[str], broad: frozenset[str], light: frozenset[str]) -> bool:
    """Whether a name is too broad to be found by its concepts: it means its metric only where it stands alone."""
    heavy = concepts - light
    return heavy <= broad and len(heavy) + ("score" in concepts) <= 1


def _frames(meant: Mapping[frozenset[str], Mapping[int, int]]) -> list[tuple[int, frozenset[str]]]:
    """One frame for each meaning of a set of concepts: what is one metric's own name is no other's way of being said."""
    found: list[tuple[int, frozenset[str]]] = []
    for concepts, meanings in meant.items():
        best = min(meanings.values())
        found += [(number, concepts) for number, rank in meanings.items() if rank == best or rank < SAID]
    return found


def _weights(frames: Iterable[tuple[str, frozenset[str]]], lexicon: Mapping[str, object]) -> dict[str, float]:
    """How much a concept counts: the rarer among metrics, the more; those that every name may hold, hardly."""
    holders: dict[str, set[str]] = {}
    for metric_id, concepts in frames:
        for concept in concepts:
            holders.setdefault(concept, set()).add(metric_id)
    light = words_in(lexicon, "light")
    fixed: Mapping[str, float] = lexicon.get("weights") or {}  # type: ignore[assignment]
    number = max(1, len({metric_id for ids in holders.values() for metric_id in ids}))
    rarest = log(1 + number)
    weights = {}
    for concept, ids in sorted(holders.items()):
        if concept in light:
            weights[concept] = LIGHT
        elif concept in fixed:
            weights[concept] = fixed[concept]
        else:
            weights[concept] = round(0.35 + 0.65 * log(1 + number / len(ids)) / rarest, 3)
    return weights


def words_in(lexicon: Mapping[str, object], name: str) -> frozenset[str]:
    """A list of the lexicon, its words with and without the s of their plural."""
    entries: Iterable[object] = lexicon.get(name) or ()  # type: ignore[assignment]
    return frozenset(base(str(e)) for e in entries) | frozenset(str(e) for e in entries)
