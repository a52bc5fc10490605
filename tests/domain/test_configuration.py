"""What the check of `concord.toml` accepts, its published schema accepts, and nothing else."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from app.catalogue.load import catalogue
from app.domain.configuration import SENTENCES, Configuration, configuration_from
from app.domain.configuration_schema import configuration_schema
from app.domain.errors import DocumentInvalid

GOOD: list[dict[str, Any]] = [
    {},
    {"fail_on": "low"},
    {"select": ["fluss", "INC1", "high", "sales"], "ignore": ["department:governance"]},
    {"baseline": "known.json", "strict_baseline": True, "new_only": False, "waivers": ["a.yaml"]},
    {"rules": {"all": "low", "fluss": "high", "INC": "off", "GOV1": "medium", "FLU101": "critical"}},
    {"departments": {"sales": "off", "service": {"FLU101": "low"}}, "incentive_plans": {"p": {"INC105": "critical"}}},
]
BAD: list[dict[str, Any]] = [
    {"fail_on": "off"},
    {"fail": "low"},
    {"select": "fluss"},
    {"select": [1]},
    {"ignore": [""]},
    {"baseline": ["a"]},
    {"baseline": " "},
    {"strict_baseline": "yes"},
    {"rules": {"FLU999": "low"}},
    {"rules": {"INC101": "lowest"}},
    {"rules": {"sales": "low"}},
    {"rules": "low"},
    {"departments": {"sales": 3}},
    {"departments": {"sales": {"nothing": "low"}}},
    {"incentive_plans": []},
]


def read(raw: dict[str, Any]) -> Configuration:
    return configuration_from(raw, "concord.toml", catalogue().rules)


def is_valid(raw: dict[str, Any]) -> bool:
    schema = configuration_schema(catalogue().rules)
    return jsonschema.Draft202012Validator(schema).is_valid(raw)


@pytest.mark.parametrize("raw", GOOD, ids=str)
def test_what_is_good_is_good_to_both(raw: dict[str, Any]):
    """Editors do not complain of what Concord reads, and every member that is set is told as a setting."""
    assert is_valid(raw)
    assert {setting.name.partition(".")[0] for setting in read(raw).settings} == set(raw)


@pytest.mark.parametrize("raw", BAD, ids=str)
def test_what_is_bad_is_bad_to_both(raw: dict[str, Any]):
    """What Concord refuses, editors mark."""
    assert not is_valid(raw)
    with pytest.raises(DocumentInvalid):
        read(raw)


def test_the_schema_tells_every_member():
    """Nothing can be set that the schema does not explain."""
    properties = configuration_schema(catalogue().rules)["properties"]

    assert properties.keys() == SENTENCES.keys() == {*Configuration._fields} - {"overrides", "settings"} | {
        "rules", "departments", "incentive_plans",
    }  # fmt: skip


def test_the_order_of_a_file_means_nothing():
    """The narrower name wins wherever it stands."""
    rules = {"INC101": "critical", "INC1": "high", "INC": "low", "incentive-design": "off", "all": "medium"}

    one, other = read({"rules": rules}), read({"rules": dict(reversed(rules.items()))})

    assert one.overrides == other.overrides
    grades = {name: one.overrides.everywhere[name].grade for name in ("INC101", "INC102", "INC201", "FLU101")}
    assert grades == {"INC101": "critical", "INC102": "high", "INC201": "low", "FLU101": "medium"}
