"""The catalogue's names, read once and turned round: concept → the names that say it. Plain JSON throughout (docs/contributing/names.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Any

from app.domain.catalogue import Catalogue, Metric
from app.domain.name_words import NOT, UNKNOWN, Vocabulary, base, form, letters, plain, readings

Index = dict[str, Any]

NAME, ALIAS = 0, 1
LIGHT = 0.12
"""How much a word counts that says what kind of figure it is: rate, number, score."""


def build_index(catalogue: Catalogue) -> Index:
    """What `Resolver` needs of the built-in metrics and the lexicon, as values that JSON can carry.

    `frames`: [metric, inverted, {concept: weight needed}]; `postings`: concept → numbers of frames; `forms`: words of a name → [[metric,
    inverted, NAME or ALIAS]]; `weights`: concept → how much it counts; `context`: metric → concepts that any of its names holds.
    """
    metrics = [m for m in catalogue.metrics.values() if not m.own]
    lexicon = catalogue.lexicon
    words, phrases = _lexicon_words(lexicon)
    more: Mapping[str, Any] = lexicon.get("aliases") or {}  # type: ignore[assignment]
    named = [(m, names_of(m, more.get(m.id) or {})) for m in metrics]
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
        if len(word) >= 5:
            by_length.setdefault(len(word), []).append((word, letters(word)))
    return Vocabulary(
        words=words,
        phrases={
            first: tuple((tuple(spelling), tuple(concepts)) for spelling, concepts in entries)
            for first, entries in index["phrases"].items()
        },
        noise=_set(lexicon, "noise"),
        turns=_set(lexicon, "turns"),
        per=_set(lexicon, "per"),
        wishes=_set(lexicon, "wishes"),
        by_length={length: tuple(entries) for length, entries in by_length.items()},
    )


def names_of(metric: Metric, more: Mapping[str, Sequence[str]]) -> list[tuple[str, bool, int]]:
    """Every name of a metric: (name, whether it means the opposite, NAME or ALIAS)."""
    names = [(n, False, NAME) for n in (metric.name, metric.name_de) if n]
    names += [(n, False, ALIAS) for n in (*metric.aliases, *metric.resolves, *more.get("names", ()))]
    names += [(n, True, ALIAS) for n in (*metric.inverse_aliases, *more.get("inverse", ()))]
    return names


def _lexicon_words(lexicon: Mapping[str, object]) -> tuple[dict[str, list[str]], dict[str, list[Any]]]:
    """Single words → concepts, and first word of a phrase → [[words, concepts]] with the longest first."""
    words: dict[str, list[str]] = {}
    spelled: dict[tuple[str, ...], list[str]] = {}
    groups: dict[str, Iterable[str]] = dict(lexicon.get("concepts") or {})  # type: ignore[call-overload]
    groups[NOT] = lexicon.get("negations") or ()  # type: ignore[assignment]
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
    index: Index = {"words": words, "phrases": phrases}
    vocabulary = vocabulary_of(index, lexicon)
    frames: dict[tuple[str, bool, frozenset[str]], None] = {}
    forms: dict[str, list[list[Any]]] = {}
    for metric, names in named:
        for name, inverted, kind in names:
            entry = [metric.id, inverted, kind]
            entries = forms.setdefault(form(name), [])
            if not any(e[:2] == entry[:2] for e in entries):
                entries.append(entry)
            found = readings(plain(name), vocabulary)
            if found:
                frames[metric.id, inverted, frozenset(found[0].concepts)] = None
    for _, _, concepts in frames:
        for concept in concepts:
            if concept.startswith(UNKNOWN):
                words.setdefault(concept[1:], [concept])
    weights = _weights(frames, lexicon)
    postings: dict[str, list[int]] = {}
    kept = []
    for number, (metric_id, inverted, concepts) in enumerate(frames):
        kept.append([metric_id, inverted, sorted(concepts)])
        for concept in sorted(concepts):
            postings.setdefault(concept, []).append(number)
    context: dict[str, set[str]] = {}
    for metric_id, _, concepts in frames:
        context.setdefault(metric_id, set()).update(concepts)
    return {
        "words": words,
        "phrases": dict(phrases),
        "frames": kept,
        "postings": postings,
        "forms": forms,
        "weights": weights,
        "context": {metric_id: sorted(concepts) for metric_id, concepts in context.items()},
    }


def _weights(frames: Iterable[tuple[str, bool, frozenset[str]]], lexicon: Mapping[str, object]) -> dict[str, float]:
    """How much a concept counts: the rarer among metrics, the more; those that every name may hold, hardly."""
    holders: dict[str, set[str]] = {}
    for metric_id, _, concepts in frames:
        for concept in concepts:
            holders.setdefault(concept, set()).add(metric_id)
    light = _set(lexicon, "light")
    number = max(1, len({metric_id for ids in holders.values() for metric_id in ids}))
    rarest = log(1 + number)
    weights = {}
    for concept, ids in holders.items():
        if concept in light:
            weights[concept] = LIGHT
        elif concept == "per:time" or concept == "per:head":
            weights[concept] = 0.4
        elif concept == NOT:
            weights[concept] = 0.6
        else:
            weights[concept] = round(0.35 + 0.65 * log(1 + number / len(ids)) / rarest, 3)
    return weights


def _set(lexicon: Mapping[str, object], name: str) -> frozenset[str]:
    entries: Iterable[object] = lexicon.get(name) or ()  # type: ignore[assignment]
    return frozenset(base(str(e)) for e in entries) | frozenset(str(e) for e in entries)
