"""README.md and CONTRIBUTING.md say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cases.test_scores import AT_LEAST, AT_MOST
from tests.docs.consoles import prints, run, steps
from tests.docs.pages import ROOT, blocks, read

README = ROOT / "README.md"
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
HELD = re.compile(r"`(?P<figure>\w+)` \| at (?P<side>least|most) (?P<bound>[\d.]+) \|")
MAKE = re.compile(r"`?make ([a-z]+)\b")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_exists(page: str):
    """No page names a command that the Makefile does not have."""
    named = set(MAKE.findall(read(ROOT / page))) - {"things"}

    assert named - set(TARGET.findall(read(ROOT / "Makefile"))) == set()


def test_the_first_commands_are_two():
    """Whoever comes here runs it with one command and tests it with another."""
    first = next(block for block in blocks(README))

    assert [line.split("#")[0].strip() for line in first.text.splitlines()] == ["make run", "make test"]


@pytest.mark.slow
def test_the_result_is_what_the_demo_says():
    """What README shows of the demo company is what the program prints for it."""
    (block,) = [block for block in blocks(README) if block.language == "console"]
    (step,) = steps(block)

    printed = run(step.command, ROOT)

    assert prints(step.output, printed), printed


@pytest.mark.slow
def test_the_python_on_the_page_runs(tmp_path: Path):
    """The example for notebooks prints the headline of the demo company."""
    (block,) = [block for block in blocks(README) if block.language == "python"]
    (tmp_path / "example.py").write_text(block.text, encoding="utf-8")

    assert "Customer service" in run(f"python {tmp_path / 'example.py'}", ROOT)


def test_the_figures_are_those_that_tests_hold():
    """README promises exactly what the labelled companies are held to."""
    promised = {match["figure"]: (match["side"], float(match["bound"])) for match in HELD.finditer(read(README))}

    held = {figure: ("least", AT_LEAST[figure]) for figure in AT_LEAST} | {
        figure: ("most", AT_MOST[figure]) for figure in AT_MOST
    }

    assert promised != {}
    assert promised == {figure: held[figure] for figure in promised}
