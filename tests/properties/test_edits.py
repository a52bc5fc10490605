"""What must hold of documents that are written into files that are there already."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.json_patch import equal
from app.exchange.edits import edited
from app.exchange.json_text import read_json
from app.exchange.yaml_text import read_yaml
from app.exchange.yaml_writer import as_yaml
from tests.counts import many
from tests.properties.companies import companies

Raw = dict[str, Any]
LAYOUTS = st.sampled_from([
    {"indent": 2}, {"indent": 4}, {"indent": "\t"}, {}, {"separators": (",", ":")}, {"indent": 1, "ensure_ascii": False},
])  # fmt: skip


@pytest.mark.slow
@settings(max_examples=many(800))
@given(old=companies(), new=companies(), seed=st.integers(0, 99), newline=st.sampled_from(["\n", "\r\n"]))
def test_a_yaml_file_comes_to_hold_any_other_document(old: Raw, new: Raw, seed: int, newline: str):
    """Whatever is wanted, a file with comments everywhere holds it afterwards, and has the ends of lines that it had."""
    data = commented(as_yaml(old), random.Random(seed)).replace("\n", newline).encode()

    written = edited(data, "yaml", new)

    assert equal(read_yaml(written).raw, new)
    assert re.findall(rb"\r?\n", written) == [newline.encode()] * written.count(b"\n")


@settings(max_examples=many(800))
@given(old=companies(), new=companies(), layout=LAYOUTS)
def test_a_json_file_comes_to_hold_any_other_document(old: Raw, new: Raw, layout: dict[str, Any]):
    """The same for JSON of every usual layout."""
    written = edited(json.dumps(old, **layout).encode(), "json", new)

    assert equal(read_json(written).raw, new)


@settings(max_examples=many(300))
@given(old=companies(), new=companies(), layout=LAYOUTS)
def test_json_that_a_program_wrote_stays_as_that_program_writes_it(old: Raw, new: Raw, layout: dict[str, Any]):
    """Members that are added to objects on lines of their own, or all in one line, look like their neighbours."""
    wanted = {**old, "governance": {"outcome_owner": "nobody", "shared_kpis": [old["kpis"][0]["key"]]}}
    wanted = {name: wanted[name] for name in wanted if name != "governance"} | {"governance": wanted["governance"]}
    bare = {name: value for name, value in old.items() if name != "governance"}

    written = edited(json.dumps(bare, **layout).encode(), "json", wanted)

    assert written.decode() == json.dumps(wanted, **layout)


@settings(max_examples=many(300))
@given(old=companies(paid=False), new=companies(paid=False))
def test_no_comment_between_parts_is_lost(old: Raw, new: Raw):
    """Whatever parts come, go and change, what people wrote above them stays, in its order."""
    text = re.sub(r"^(?=\w|  - )", lambda found: f"# comment {found.start()}\n", as_yaml(old), flags=re.MULTILINE)

    written = edited(text.encode(), "yaml", new).decode()

    assert own_lines(written) == own_lines(text)


@settings(max_examples=many(300))
@given(raw=companies(), seed=st.integers(0, 99))
def test_nothing_is_touched_where_nothing_differs(raw: Raw, seed: int):
    """A file that holds what is wanted stays as it is, byte for byte."""
    data = commented(as_yaml(raw), random.Random(seed)).encode()

    assert edited(data, "yaml", raw) == data


def commented(text: str, chance: random.Random) -> str:
    """YAML with comments after some lines, and lines of comments and blank ones between some."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if chance.random() < 0.2:
            lines.append(f"{' ' * chance.choice([0, 2, 4])}# comment {number}: {{not: [yaml")
        if chance.random() < 0.1:
            lines.append("")
        lines.append(f"{line}   # said of line {number}" if chance.random() < 0.2 else line)
    return "\n".join(lines) + "\n"


def own_lines(text: str) -> list[str]:
    """The comments that stand on lines of their own."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
