"""What every text is made of, in English and German: names, lists, shares, spans of time, sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.domain.terms import Language, Wanted

NAME_MOST = 60
"""Characters of a name that a sentence can carry."""

_QUOTES = {"en": ("“", "”", "‘", "’"), "de": ("„", "“", "‚", "‘")}
_MARKS = frozenset("“”„«»")
_JOINERS = "\u200c\u200d"
_NUMBERS = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "de": ("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAYS: dict[Wanted, frozenset[str]] = {
    "increase": _words(
        "increase increased increasing raise raising raised improve improving improved grow growing more higher maximise "
        "maximize steigern steigerung erhöhen erhöhung mehr verbessern verbesserung ausbau höhere höherer"
    ),
    "decrease": _words(
        "decrease decreased decreasing reduce reducing reduced lower lowering cut cutting fewer less shorten shorter "
        "minimise minimize senken senkung reduzieren reduzierung verringern verringerung weniger kürzere niedrigere"
    ),
    "maintain": _words("maintain maintaining keep keeping hold holding halten erhalten stabil stable"),
}


@lru_cache(maxsize=20_000)
def clean(name: str, most: int = NAME_MOST) -> str:
    """A name as one line without control characters or quotation marks around it, cut at a word when it is longer than `most`."""
    if not name.isprintable():
        name = "".join(" " if c.isspace() else c for c in name if c.isspace() or c in _JOINERS or c.isprintable())
    text = " ".join(name.split())
    if len(text) > 2 and _in_quotes(text):
        text = text[1:-1].strip()
    if len(text) <= most:
        return text or "–"
    cut = text[: most - 1]
    head, _, rest = cut.rpartition(" ")
    return f"{(head if head and len(rest) < most // 3 else cut).rstrip(' ,;:-–(')}…"


def _in_quotes(text: str) -> bool:
    """Whether a text stands in quotation marks, and has none within."""
    return text[0] in '"“„«»' and text[-1] in '"”“»«' and {'"', *_MARKS}.isdisjoint(text[1:-1])


@lru_cache(maxsize=20_000)
def quoted(name: str, language: Language, most: int = NAME_MOST) -> str:
    """A name in the language's quotation marks; marks inside become single ones."""
    opening, closing, inner_opening, inner_closing = _QUOTES[language]
    text = clean(name, most)
    if not _MARKS.isdisjoint(text):
        marks = iter((inner_opening, inner_closing) * len(text))
        text = "".join(next(marks) if character in _MARKS else character for character in text)
    return f"{opening}{text}{closing}"


def says_direction(name: str, wanted: Wanted) -> bool:
    """Whether a name itself says which way it should go: `Reduce churn`, `Kosten senken`."""
    words = clean(name).casefold().split()
    return bool(words) and (words[0] in _SAYS[wanted] or words[-1] in _SAYS[wanted])


def listed(items: Sequence[str], language: Language) -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'und' if language == 'de' else 'and'} {items[-1]}"


def number(value: float, language: Language, digits: int = 1) -> str:
    """A number with a decimal comma in German and without idle zeros."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language == "de" else text


def percent(share: float, language: Language) -> str:
    """A share of 0–1 in percent: whole from ten percent on, unless it has one digit and no more; one digit below."""
    value = 100 * share
    exact = abs(10 * value - round(10 * value)) < 1e-6
    text = number(value, language, 1 if exact or value < 9.95 else 0)
    if text == "0" and share > 0:
        text = "0,1" if language == "de" else "0.1"
        return f"unter {text} %" if language == "de" else f"under {text}%"
    return f"{text} %" if language == "de" else f"{text}%"


def count(value: int, one: str, many: str, language: Language) -> str:
    """`one goal`, `three goals`, `13 goals`."""
    said = _NUMBERS[language][value] if 1 < value < len(_NUMBERS[language]) else str(value)
    return one if value == 1 else f"{said} {many}"


def span(days: int, language: Language) -> str:
    """A span of time as people say it, in German in the dative: `three weeks`, `half a year`, `anderthalb Jahren`."""
    return _span_de(days) if language == "de" else _span_en(days)


def after(days: int, language: Language) -> str:
    """How long something takes to show: `after about three months`; empty when it shows at once."""
    if days <= 0:
        return ""
    if days < 7:
        return "nach wenigen Tagen" if language == "de" else "within days"
    about = "nach etwa" if language == "de" else "after about"
    return f"{about} {span(days, language)}"


def _span_en(days: int) -> str:
    if days < 11:
        return "a week" if days >= 6 else count(days, "a day", "days", "en")
    if days < 56 and not 27 < days < 33:
        return count(round(days / 7), "a week", "weeks", "en")
    if 165 <= days < 200:
        return "half a year"
    if days < 330:
        return count(round(days / 30), "a month", "months", "en")
    halves = round(days / 182.5)
    if halves == 3:
        return "a year and a half"
    return count(round(days / 365), "a year", "years", "en")


def _span_de(days: int) -> str:
    if days < 11:
        return "einer Woche" if days >= 6 else count(days, "einem Tag", "Tagen", "de")
    if days < 56 and not 27 < days < 33:
        return count(round(days / 7), "einer Woche", "Wochen", "de")
    if 165 <= days < 200:
        return "einem halben Jahr"
    if days < 330:
        return count(round(days / 30), "einem Monat", "Monaten", "de")
    halves = round(days / 182.5)
    if halves == 3:
        return "anderthalb Jahren"
    return count(round(days / 365), "einem Jahr", "Jahren", "de")


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with a small first letter, unless it begins with a word of capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def sentence(text: str) -> str:
    """The text as a sentence: a capital first letter and a full stop."""
    text = capitalised(text.strip())
    return text if text.endswith((".", "!", "?", "…”", ".”")) else f"{text}."
