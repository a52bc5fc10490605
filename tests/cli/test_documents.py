"""`concord init`, `concord convert`, `concord why`."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from app.cli.init import TEMPLATES
from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, HARMFUL
from tests.cli.runner import AS_OF, concord


@pytest.mark.parametrize("template", sorted(path.stem for path in TEMPLATES.glob("*.yaml")))
def test_a_starter_company_is_written_and_can_be_audited(template: str, tmp_path: Path):
    """`init` writes a document in which conflicts can be found."""
    path = tmp_path / "acme.yaml"
    begun = concord("init", "--template", template, path)

    ran = concord("audit", path, "--no-recommendations", "--quiet")

    assert begun.status == 0
    assert ran.status == 1


def test_init_overwrites_only_when_told_to(tmp_path: Path):
    """What exists is kept, unless --force is given."""
    path = tmp_path / "acme.yaml"
    path.write_text("mine")

    refused = concord("init", path)
    kept = path.read_text()
    forced = concord("init", path, "--force")

    assert (refused.status, kept, forced.status) == (2, "mine", 0)
    assert path.read_text() != "mine"


def test_an_unknown_template_is_answered_with_the_nearest(tmp_path: Path):
    """A slip in a template's name is pointed out."""
    ran = concord("init", "--template", "telcom", tmp_path / "acme.yaml")

    assert (ran.status, ran.err) == (2, "concord: there is no template 'telcom'; did you mean telecom?\n")


@pytest.mark.parametrize("way", [("a.json",), ("a.xlsx",), ("a.zip",), ("sheets/",), ("a.json", "b.xlsx", "sheets/")])
def test_nothing_is_lost_on_the_way(way: tuple[str, ...], written: Written, tmp_path: Path):
    """A document that goes through other forms and comes back has the same content."""
    start = written("acme.yaml", HARMFUL)
    stations = [start, *(f"{tmp_path}/{name}" for name in way), tmp_path / "back.yaml"]

    for source, target in pairwise(stations):
        assert concord("convert", source, target).status == 0

    before, after = (concord("audit", p, "--format", "json", "--no-recommendations") for p in (start, stations[-1]))
    assert json.loads(before.out)["content_hash"] == json.loads(after.out)["content_hash"]


def test_convert_writes_to_standard_output(written: Written):
    """`-` as target prints, in the form that is asked for."""
    ran = concord("convert", written("acme.yaml", HARMFUL), "-", "--to", "json")

    assert json.loads(ran.out)["organization"] == {"name": "Acme Telecom"}


def test_convert_overwrites_only_when_told_to(written: Written, tmp_path: Path):
    """What exists is kept, unless --force is given; a folder of sheets as a whole."""
    source, sheets = written("acme.yaml", HARMFUL), f"{tmp_path}/sheets/"
    concord("convert", source, sheets)

    again, forced = concord("convert", source, sheets), concord("convert", source, sheets, "--force")

    assert (again.status, forced.status) == (2, 0)
    assert "exists already" in again.err


def test_convert_refuses_an_invalid_document(written: Written, tmp_path: Path):
    """Only valid documents are converted, so that nothing is lost unseen."""
    ran = concord("convert", written("broken.yaml", BROKEN), tmp_path / "out.json")

    assert ran.status == 2
    assert not (tmp_path / "out.json").exists()


def test_convert_asks_for_the_form_where_the_name_does_not_tell(written: Written, tmp_path: Path):
    """A name that ends in something else needs --to."""
    ran = concord("convert", written("acme.yaml", HARMFUL), tmp_path / "acme.doc")

    assert ran.status == 2
    assert "--to yaml, json, xlsx or csv" in ran.err


def test_why_tells_a_conflict_with_its_sources(written: Written):
    """For a pair in conflict the chain and its sources are told."""
    ran = concord("why", "aht", "solved", written("acme.yaml", HARMFUL), "--as-of", AS_OF)

    assert ran.status == 0
    assert ran.out.startswith("“Average handle time” and “Solved at once” are in conflict.")
    assert "→ First-contact resolution ↓" in ran.out
    assert "SOURCES" in ran.out


def test_why_a_component_stands_for_its_kpi(written: Written):
    """A component is asked like the KPI that it pays for."""
    path = written("acme.yaml", HARMFUL)

    assert concord("why", "agents-aht", "solved", path).out == concord("why", "aht", "solved", path).out


def test_why_not_is_told_too(written: Written):
    """For a pair without a conflict the reason is told, in German as well."""
    ran = concord("why", "wins", "solved", written("acme.yaml", HARMFUL), "--lang", "de")

    assert ran.status == 0
    assert "kein Konflikt" in ran.out


def test_why_names_the_nearest_key(written: Written):
    """A slip in a key is pointed out."""
    ran = concord("why", "ath", "solved", written("acme.yaml", HARMFUL))

    assert ran.status == 2
    assert "'ath'; did you mean 'aht'?" in ran.err


def test_why_of_a_department_names_its_goals(written: Written):
    """Goals get into each other's way, not departments; those that the department has are what can be asked."""
    ran = concord("why", "service", "wins", written("acme.yaml", HARMFUL))

    assert ran.status == 2
    assert "there is no KPI, component or outcome 'service'; did you mean 'aht'?" in ran.err
