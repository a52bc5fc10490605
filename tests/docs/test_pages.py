"""Everything that a user can meet has its page, and the generated pages are fresh."""

from __future__ import annotations

import re

import pytest

from app.catalogue.load import catalogue
from app.domain.facts.kinds import FACT_KINDS
from app.domain.parameters import Parameters
from app.settings import rows
from app.web.problem_types import PROBLEM_TYPES
from tests.docs.pages import DOCS, anchors, read
from tools.docs.commands import command_names
from tools.docs.folder import stale
from tools.docs.http import operations
from tools.docs.pages import files


@pytest.mark.slow
def test_generated_pages_are_fresh():
    """What `make docs` would write is what is there."""
    assert stale(files()) == []


def test_every_rule_and_every_pack_has_a_page():
    """One page a rule and one a pack, and no page without one."""
    assert _pages("rules") == {*catalogue().rules, *(f"pack-{pack}" for pack in catalogue().rule_packs)}


def test_every_remedy_has_a_page():
    """One page a remedy, and no page without one."""
    assert _pages("remedies") == set(catalogue().remedies)


def test_every_metric_has_a_page():
    """One page a metric, and no page without one."""
    assert _pages("metrics") == set(catalogue().metrics)


def test_every_source_lever_and_family_has_its_heading():
    """What pages link to is there."""
    assert set(catalogue().citations) <= anchors(DOCS / "citations.md")
    assert {id_.replace(".", "") for id_ in catalogue().levers} <= anchors(DOCS / "levers.md")
    assert set(catalogue().families) <= anchors(DOCS / "families.md")


def test_every_fact_kind_and_column_is_told():
    """A rule can be written from the page alone."""
    page = read(DOCS / "fact-kinds.md")

    assert [k for k in FACT_KINDS if f"\n## {k}\n" not in page] == []
    assert [f for kind in FACT_KINDS.values() for f in kind.fields if f"| `{f}` |" not in page] == []


def test_every_setting_is_told():
    """No variable is read that the page does not name."""
    page = read(DOCS / "settings.md")

    assert [row.variable for row in rows() if f"`{row.variable}`" not in page] == []


def test_every_command_is_told():
    """Every command and sub-command has its help on the page."""
    page = read(DOCS / "cli.md")

    assert [words for words in command_names() if f"\n## {' '.join(['concord', *words])}\n" not in page] == []


@pytest.mark.slow
def test_every_operation_is_told():
    """Every method on every path is on the page."""
    page = read(DOCS / "http.md")

    assert [operation.title for operation in operations() if f"| `{operation.title}` |" not in page] == []


def test_every_decision_is_listed():
    """The list of decisions has each, under the title that its page bears."""
    folder = DOCS / "contributing" / "decisions"
    pages = sorted(page for page in folder.glob("*.md") if page.name != "README.md")

    titles = [(page.name, read(page).partition("\n")[0].removeprefix("# ")) for page in pages]

    listed = re.findall(r"^(\d+\.) \[(.+)\]\((.+)\)$", read(folder / "README.md"), re.MULTILINE)
    assert [(file, f"{number} {title}") for number, title, file in listed] == titles


def test_every_parameter_is_told():
    """No constant can be overridden that the page does not name."""
    page = read(DOCS / "parameters.md")

    assert [name for name in Parameters().as_dict() if f"| `{name}` |" not in page] == []


def test_every_problem_type_is_told():
    """Whoever meets a problem finds its heading."""
    assert set(PROBLEM_TYPES) <= anchors(DOCS / "problem-types.md")


def _pages(folder: str) -> set[str]:
    return {page.stem for page in (DOCS / folder).glob("*.md")} - {"README"}
