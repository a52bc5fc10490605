"""Documents written into files that are there already: what is touched, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from app.exchange.edits import CannotEdit, edited
from app.exchange.yaml_text import read_yaml

HEAD = "concord: 1\norganization: {name: A}\n"


def written(text: str, wanted: dict[str, Any]) -> str:
    """The text after it was made to hold a document; the head goes without saying."""
    whole = {"concord": 1, "organization": {"name": "A"}, **wanted}
    return edited((HEAD + text).encode(), "yaml", whole).decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        pytest.param(
            "kpis:\n  - key: a  # first\n    name: no\n\n# end\n", {"kpis": [{"key": "a", "name": "no", "unit": "s"}]},
            "kpis:\n  - key: a  # first\n    name: no\n    unit: s\n\n# end\n", id="a member comes before what follows",
        ),
        pytest.param(
            "kpis:\n- key: a\n  unit: s\n", {"kpis": [{"key": "a", "name": "nm", "unit": "s"}]},
            "kpis:\n- key: a\n  name: nm\n  unit: s\n", id="a member stands where the format has it",
        ),
        pytest.param(
            "kpis:\n  - {key: a, unit: s} # x\n", {"kpis": [{"key": "a", "name": "nm", "unit": "s"}]},
            "kpis:\n  - {key: a, name: nm, unit: s} # x\n", id="a member between brackets",
        ),
        pytest.param(
            'kpis:\n  - {"key": "a", "unit": "s"}\n', {"kpis": [{"key": "a", "name": "nm", "unit": "s"}]},
            'kpis:\n  - {"key": "a", "name": "nm", "unit": "s"}\n', id="names in quotes stay in quotes",
        ),
        pytest.param(
            "kpis:\n  - {key: a, weight: 60}   # sixty\n", {"kpis": [{"key": "a", "weight": 100}]},
            "kpis:\n  - {key: a, weight: 100}   # sixty\n", id="a value within brackets",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    weight: 60     # sixty\n", {"kpis": [{"key": "a", "weight": 100.0}]},
            "kpis:\n  - key: a\n    weight: 100    # sixty\n", id="a comment keeps its column",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    name: 'it''s'\n", {"kpis": [{"key": "a", "name": "that's"}]},
            "kpis:\n  - key: a\n    name: 'that''s'\n", id="single quotes stay",
        ),
        pytest.param(
            'kpis:\n  - key: a\n    name: "x"\n', {"kpis": [{"key": "a", "name": 'a "b"'}]},
            'kpis:\n  - key: a\n    name: "a \\"b\\""\n', id="double quotes stay",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    name: x\n", {"kpis": [{"key": "a", "name": "yes"}]},
            "kpis:\n  - key: a\n    name: 'yes'\n", id="words that some reader misunderstands get quotes",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    unit: no\n    name: x\n", {"kpis": [{"key": "a", "unit": "no", "name": "zz"}]},
            "kpis:\n  - key: a\n    unit: no\n    name: zz\n", id="those that stand there stay as they are",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    effective: {from: 2026-01-01}\n",
            {"kpis": [{"key": "a", "effective": {"from": "2026-01-01", "to": "2027-01-01"}}]},
            "kpis:\n  - key: a\n    effective: {from: 2026-01-01, to: 2027-01-01}\n", id="days need no quotes",
        ),
        pytest.param(
            "kpis:\n  # the first\n  - key: a\n  # the second\n  - key: b\n    name: x\n\n# end\n", {"kpis": [{"key": "a"}]},
            "kpis:\n  # the first\n  - key: a\n  # the second\n\n# end\n", id="an item goes, comments stay",
        ),
        pytest.param(
            "kpis:\n  - key: a\n\n# end\n", {"kpis": []}, "kpis: []\n\n# end\n", id="the last item goes",
        ),
        pytest.param(
            "kpis: []  # none yet\n", {"kpis": [{"key": "a", "name": "nm"}]},
            "kpis:\n  - {key: a, name: nm}  # none yet\n", id="the first item comes",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    gate:\n      kpi: b\n", {"kpis": [{"key": "a"}]},
            "kpis:\n  - key: a\n", id="a block goes",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    gate:\n", {"kpis": [{"key": "a", "gate": {"kpi": "b"}}]},
            "kpis:\n  - key: a\n    gate: {kpi: b}\n", id="what was empty is filled",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    name: |\n      long\n      text\n    unit: s\n",
            {"kpis": [{"key": "a", "name": "short", "unit": "s"}]},
            "kpis:\n  - key: a\n    name: short\n    unit: s\n", id="a text over several lines is replaced",
        ),
        pytest.param(
            "kpis: [{key: a}, {key: b}, {key: c}]\n", {"kpis": [{"key": "a"}, {"key": "c"}]},
            "kpis: [{key: a}, {key: c}]\n", id="an item between brackets goes",
        ),
        pytest.param(
            "kpis:\n  - key: a\n    shared_with: [x]\n", {"kpis": [{"key": "a", "shared_with": ["x", "z"]}]},
            "kpis:\n  - key: a\n    shared_with: [x, z]\n", id="a key is added to a list",
        ),
        pytest.param(
            "kpis:\n  - key: a", {"kpis": [{"key": "a", "name": "nm"}]},
            "kpis:\n  - key: a\n    name: nm", id="a file that ends without a line's end",
        ),
        pytest.param(
            "kpis:\n  - name: nm\n", {"kpis": [{"key": "k", "name": "nm"}]},
            "kpis:\n  - key: k\n    name: nm\n", id="a member before the first",
        ),
        pytest.param(
            "kpis:\n  - {key: a,\n     name: nm}\n", {"kpis": [{"key": "a", "name": "nm", "unit": "s"}]},
            "kpis:\n  - {key: a,\n     name: nm,\n     unit: s}\n", id="one line for each member",
        ),
    ],
)  # fmt: skip
def test_only_what_differs_is_touched(text: str, wanted: dict[str, Any], expected: str):
    """Comments, order, quotes and lines stay; what is new looks like what is beside it."""
    assert written(text, wanted) == expected


def test_a_line_that_would_grow_too_long_is_broken():
    """Lines stay within 120 columns, or within the longest that the file has."""
    name = "n" * 95

    text = written(f"kpis:\n  - {{key: a, name: {name}}}\n", {"kpis": [{"key": "a", "name": name, "unit": "seconds"}]})

    assert text == f"kpis:\n  - {{key: a, name: {name},\n     unit: seconds}}\n"


def test_a_line_that_is_broken_far_to_the_right_goes_on_at_the_left():
    """Nobody reads what stands at the right edge: a step in from the line that it goes on from is enough."""
    name = "n" * 70
    pays = {"kind": "linear", "weight": 60, "condition": "No worse than its average"}

    text = written(
        f"kpis:\n  - {{key: {name}, pays: {{kind: linear, weight: 60}}}}\n", {"kpis": [{"key": name, "pays": pays}]}
    )

    assert text == (
        f"kpis:\n  - {{key: {name}, pays: {{kind: linear, weight: 60,\n      condition: No worse than its average}}}}\n"
    )


def test_a_mark_at_the_beginning_stays():
    """A byte order mark is no part of the text, and is there afterwards."""
    data = b"\xef\xbb\xbf" + HEAD.encode()

    assert edited(data, "yaml", {"concord": 1, "organization": {"name": "B"}}) == data.replace(b"name: A", b"name: B")


def test_one_change_never_changes_two_places():
    """What an anchor puts in several places is left alone, and everything else with it."""
    text = HEAD + "kpis:\n  - key: a\n    effective: &year {from: 2026-01-01}\n  - key: b\n    effective: *year\n"
    wanted = read_yaml(text.encode()).raw
    wanted["kpis"][1]["effective"] = {"from": "2027-01-01"}

    with pytest.raises(CannotEdit, match="stands for several places of the file"):
        edited(text.encode(), "yaml", wanted)


def test_beside_an_anchor_changes_can_be_made():
    """An anchor is in nobody's way elsewhere."""
    text = HEAD + "kpis:\n  - key: a\n    effective: &year {from: 2026-01-01}\n  - key: b\n    effective: *year\n"
    wanted = read_yaml(text.encode()).raw
    wanted["kpis"][1]["name"] = "nm"

    written_ = edited(text.encode(), "yaml", wanted).decode()

    assert written_ == text.replace("key: b\n", "key: b\n    name: nm\n")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_other_kinds_of_files_are_not_changed(kind: str):
    """Workbooks and sheets are written anew or not at all."""
    with pytest.raises(CannotEdit, match="only YAML and JSON"):
        edited(b"", kind, {})
