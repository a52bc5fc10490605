"""How sources are named: short in a sentence, in full under it, and by the clause that a rule rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from app.domain.catalogue import Citation
from app.domain.terms import Language

EDITORIAL = "editorial"
_APPROXIMATE = ("year approximate", "years approximate", "year and title approximate", "title and year approximate")


@lru_cache(maxsize=1024)
def cited(citation: Citation, language: Language = "en") -> str:
    """The short form: `Oliva & Sterman 2001`, `FSA FG13/1`; a source that nobody has looked up is marked unverified."""
    name = citation.short or _people(citation.authors) or citation.title
    if citation.year is not None and not any(c.isdigit() for c in name):
        about = {"en": "about ", "de": "um "}[language] if _is_approximate(citation) else ""
        name = f"{name} {about}{citation.year}"
    return name if citation.status != "memory" else f"{name} ({_unverified(language)})"


def cited_by_id(reference: str, citations: Mapping[str, Citation], language: Language = "en") -> str:
    """The short form of a reference, with the clause that it names: `fsa_fg13_1#section-3` → `FSA FG13/1, section 3`.

    Empty for an editorial mark, which is no source; an unknown id stands for itself.
    """
    id_, _, clause = reference.partition("#")
    citation = citations.get(id_)
    if citation is None:
        return reference
    if citation.status == EDITORIAL:
        return ""
    return f"{cited(citation, language)}, {_clause(clause, language)}" if clause else cited(citation, language)


def sources(references: Iterable[str], citations: Mapping[str, Citation], language: Language = "en") -> tuple[str, ...]:
    """The short forms of the references that are sources, each once with all its clauses, in their order."""
    clauses: dict[str, list[str]] = {}
    for one in references:
        id_, _, clause = one.partition("#")
        clauses.setdefault(id_, [])
        if clause:
            clauses[id_].append(_clause(clause, language))
    named = ((cited_by_id(id_, citations, language), found) for id_, found in clauses.items())
    return tuple(", ".join((name, *found)) for name, found in named if name)


def reference(citation: Citation, language: Language = "en") -> str:
    """The full form: authors, year, title, venue, and the address; a DOI that was not seen at its source is marked."""
    year = ""
    if citation.year is not None:
        about = {"en": "about ", "de": "um "}[language] if _is_approximate(citation) else ""
        year = f" ({about}{citation.year})"
    title = citation.title if citation.title.endswith((".", "?", "!")) else f"{citation.title}."
    parts = [f"{'; '.join(citation.authors)}{year}. {title} {citation.venue}."]
    if citation.doi:
        parts.append(f"https://doi.org/{citation.doi}{'' if citation.doi_seen else f' (DOI {_unverified(language)})'}")
    elif citation.address:
        parts.append(citation.address)
    if citation.status == "memory":
        parts.append(f"({_unverified(language)})")
    return " ".join(parts)


def reference_by_id(id_: str, citations: Mapping[str, Citation], language: Language = "en") -> str:
    """The full form of a reference, with the clause that it names; an unknown id stands for itself."""
    source, _, clause = id_.partition("#")
    citation = citations.get(source)
    if citation is None:
        return id_
    full = reference(citation, language)
    return f"{full} [{_clause(clause, language)}]" if clause else full


def _people(authors: tuple[str, ...]) -> str:
    """One or two surnames; the first and `et al.` for more."""
    surnames = [author.split(",")[0].strip() for author in authors]
    if len(surnames) > 2 or any(name.startswith(("and ", "et al")) for name in surnames):
        return f"{surnames[0]} et al."
    return " & ".join(surnames)


def _clause(clause: str, language: Language) -> str:
    """`section-3` → `section 3`; a number or a recommendation's letter stands as it is."""
    kind, _, rest = clause.partition("-")
    if kind == "section" and rest:
        return f"{'Abschnitt' if language == 'de' else 'section'} {rest}"
    return clause


def _is_approximate(citation: Citation) -> bool:
    return any(mark in text for text in (citation.title, citation.venue) for mark in _APPROXIMATE)


def _unverified(language: Language) -> str:
    return "ungeprüft" if language == "de" else "unverified"
