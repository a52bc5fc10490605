"""Texts of pages and drawings: whole in both languages, and each that a template says is there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from app.domain.embeds import VIEWS
from app.pages import embeds
from app.pages.texts import GROUPS, PAGE_TEXTS, PageWords
from app.reports.drawings.words import DRAWING_TEXTS
from app.reports.text_words import TEXTS

TEMPLATES = sorted((Path(embeds.__file__).parent / "templates").rglob("*.html"))
SAID = re.compile(r'words\("([a-z_]+)"[,)]')
ALL = {**TEXTS, **DRAWING_TEXTS, **PAGE_TEXTS}


@pytest.mark.parametrize("catalogue", [PAGE_TEXTS, DRAWING_TEXTS], ids=["pages", "drawings"])
def test_every_text_is_there_in_both_languages(catalogue: dict[str, tuple[str, str]]) -> None:
    """None is empty, and what is filled into one is filled into the other."""

    def filled(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    odd = [
        name
        for name, (english, german) in catalogue.items()
        if not english or not german or filled(english) != filled(german)
    ]

    assert odd == []


@pytest.mark.parametrize("template", TEMPLATES, ids=[file.stem for file in TEMPLATES])
def test_a_template_says_only_what_there_is_a_text_for(template: Path) -> None:
    """And says nothing of its own but commands: every word that people read is a text of the catalogues."""
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"{% block (body_class|html_attributes) %}.*?{% endblock %}\n", "", text)
    text = re.sub(r"<pre[^>]*>.*?</pre>", "", text, flags=re.DOTALL)
    own = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|&[a-z]+;", " ", text, flags=re.DOTALL)

    assert [name for name in SAID.findall(text) if name not in ALL] == []
    assert re.findall(r"[A-Za-z]{3,}", own.replace("Concord", "")) == []


def test_a_name_stands_in_one_group_only() -> None:
    """A text of one group hides none of another."""
    assert sum(map(len, GROUPS)) == len(PAGE_TEXTS)


def test_names_that_are_put_together_have_texts() -> None:
    """Views, states, reasons, wishes and efforts."""
    from app.domain.conflict_states import STATUSES

    names = [f"view_{view}" for view in VIEWS] + [f"status_{status}" for status in STATUSES]
    names += [f"refused_{reason}{why}" for reason in embeds.REASONS for why in ("", "_why")]
    names += ["wanted_up", "wanted_down", "source_verified", "source_memory", "source_editorial"]

    assert [name for name in names if name not in ALL] == []


@pytest.mark.parametrize(
    ("language", "number", "share", "day", "short"),
    [("en", "−0.37", "41%", "26 November 2026", "26 Nov"), ("de", "−0,37", "41 %", "26. November 2026", "26.11.")],
)
def test_numbers_and_days_are_written_as_in_the_language(
    language: str, number: str, share: str, day: str, short: str
) -> None:
    """With its signs, spaces and order."""
    from datetime import date

    words = PageWords(language)  # type: ignore[arg-type]

    assert (words.signed(-0.3666), words.share(0.41)) == (number, share)
    assert (words.on("2026-11-26T08:00:00.000Z"), words.short_day(date(2026, 11, 26))) == (day, short)
