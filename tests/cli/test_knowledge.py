"""`concord explain`, `concord metrics`, `concord rules`, `concord schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.catalogue.load import catalogue
from tests.cases.score import judge_name
from tests.cli.conftest import Written
from tests.cli.documents import HARMFUL
from tests.cli.runner import concord


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_rule_metric_and_remedy_can_be_explained(language: str):
    """Each entry has a page with its id at the top, in both languages."""
    known = catalogue()
    for id_ in [*known.rules, *known.remedies, *list(known.metrics)[::10]]:
        ran = concord("explain", id_, "--lang", language)

        assert (ran.status, ran.out.split()[0], ran.err) == (0, id_, "")


@pytest.mark.parametrize("section", ["citations", "families", "levers", "influences", "family_influences"])
def test_the_rest_of_the_knowledge_can_be_explained(section: str):
    """Sources, kinds of measure, levers and influences have pages too."""
    for id_ in list(getattr(catalogue(), section))[::10]:
        ran = concord("explain", id_)

        assert (ran.status, ran.err) == (0, "")


def test_a_source_names_who_cites_it():
    """The page of a source lists the rules that rest on it."""
    ran = concord("explain", "fsa_fg13_1")

    citing = [rule.id for rule in catalogue().rules.values() if any("fsa_fg13_1" in r for r in rule.references)]
    assert citing
    assert all(id_ in ran.out for id_ in citing)


def test_a_rule_may_be_written_in_small_letters():
    """`explain flu101` means FLU101."""
    assert concord("explain", "flu101").out == concord("explain", "FLU101").out


def test_an_unknown_entry_is_answered_with_the_nearest():
    """A slip in an id is pointed out; a name leads to metrics that go by it."""
    slip, name = concord("explain", "service.avrage_handle_time"), concord("explain", "handle time")

    assert (slip.status, name.status) == (2, 2)
    assert "did you mean 'service.average_handle_time'" in slip.err
    assert "'service.average_handle_time'" in name.err


def test_metrics_are_searched_by_name():
    """The best metric comes first, in both languages."""
    english, german = concord("metrics", "search", "churn"), concord("metrics", "search", "Kundenabwanderung")

    assert english.out.split()[1] == german.out.split()[1] == "customer.churn_rate"


def test_a_search_for_programs_has_ids_and_scores():
    """JSON lists metric, name and score, best first, as many as asked for."""
    ran = concord("metrics", "search", "churn", "--limit", 2, "--format", "json")

    items = json.loads(ran.out)["items"]
    assert [sorted(item) for item in items] == [["metric", "name", "score"]] * 2
    assert items[0]["score"] >= items[1]["score"]


def test_names_are_resolved_in_their_order(written: Written):
    """The contract of outside programs: a file of names in, as many resolutions in the same order out."""
    asked = [{"name": "AHT", "function": "service", "unit": "seconds", "direction": "decrease"}, {"name": "Zzyzx"}]
    path = written("names.json", json.dumps({"names": asked}))

    ran = concord("metrics", "resolve", path, "--format", "json")

    first, second = json.loads(ran.out)["items"]
    assert judge_name({"metric": "service.average_handle_time"}, first) == "right"
    assert (second["name"], second["metric"], second["method"]) == ("Zzyzx", None, "unresolved")


def test_names_may_be_texts_alone_and_come_by_standard_input():
    """A list of texts is enough."""
    ran = concord("metrics", "resolve", "-", "--format", "json", stdin='{"names": ["AHT", "CSAT"]}')

    assert [item["name"] for item in json.loads(ran.out)["items"]] == ["AHT", "CSAT"]


def test_the_names_of_a_document_are_resolved(written: Written):
    """A model document is a list of names too: its KPIs, then its outcomes."""
    ran = concord("metrics", "resolve", written("acme.yaml", HARMFUL), "--format", "json")

    names = [item["name"] for item in json.loads(ran.out)["items"]]
    assert names == ["Average handle time", "New customers", "Retention", "Solved at once"]


@pytest.mark.parametrize(
    "content", ['{"title": 1}', '{"names": [{"nme": "x"}]}', '{"names": [{"name": "x", "unt": "%"}]}']
)
def test_a_file_without_names_is_refused(content: str):
    """What holds no names is told in a line."""
    ran = concord("metrics", "resolve", "-", stdin=content)

    assert ran.status == 2
    assert ran.err.startswith("concord: ")
    assert ran.err.count("\n") == 1


def test_the_rules_are_listed_by_pack():
    """Every rule stands under its pack; one pack can be asked for."""
    whole, one = concord("rules", "list"), concord("rules", "list", "--pack", "governance", "--format", "json")

    governance = [rule.id for rule in catalogue().rules.values() if rule.pack == "governance"]
    assert all(id_ in whole.out for id_ in catalogue().rules)
    assert [item["id"] for item in json.loads(one.out)["items"]] == sorted(governance)


def test_an_unknown_pack_is_answered_with_the_nearest():
    """A slip in a pack's name is pointed out."""
    ran = concord("rules", "list", "--pack", "govrnance")

    assert (ran.status, ran.err) == (2, "concord: there is no rule pack 'govrnance'; did you mean 'governance'?\n")


def test_the_examples_of_the_built_in_rules_come_out_as_they_say():
    """`concord rules test` runs every example."""
    ran = concord("rules", "test")

    assert ran.status == 0
    assert ran.out.endswith("0 failed\n")


RULE = """\
id: ACM101
name: no-weekend-quota
pack: acme
version: 1
fact_kind: component
finding: incentive_flaw
flaw: quota
base: 40
condition: CONDITION
severity: standard
title: {en: Stake, de: Einsatz}
message: {en: "{kpi} pays much", de: "{kpi} zahlt viel"}
rationale: Because.
rationale_de: Darum.
references: [kerr1975]
remedies: [gate]
examples:
  silent: [{because: little, facts: {stake: 0.1}}, {because: less, facts: {stake: 0.05}}]
  matches: [{because: much, facts: {stake: 0.5}}, {because: more, facts: {stake: 0.6}}]
"""


@pytest.mark.parametrize(
    ("condition", "status", "told"),
    [
        ("stake > 0.2", 0, "1 rule, 4 examples, 0 failed"),
        ("stake > 0.55", 1, "'much' does not match"),
        ("stak > 0.2", 1, "did you mean 'stake'?"),
        ("stake >", 1, "condition:"),
    ],
)
def test_own_rules_are_tried(condition: str, status: int, told: str, written: Written):
    """Own rule files are compiled and their examples run; what is wrong is told with its place."""
    path = written("ACM101.yaml", RULE.replace("CONDITION", condition))

    ran = concord("rules", "test", path)

    assert ran.status == status
    assert told in ran.out


def test_a_rule_of_the_wrong_shape_fails(written: Written):
    """A file that is no rule is named with what is wrong."""
    ran = concord("rules", "test", written("rule.yaml", "id: ACM101\n"))

    assert ran.status == 1
    assert "1 failed" in ran.out


@pytest.mark.parametrize("name", ["document", "analysis", "rule", "config"])
def test_schemas_are_json_schema(name: str):
    """Each schema says of itself which draft it is, and what it describes."""
    schema = json.loads(concord("schema", name).out)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["type"] == "object"


def test_a_schema_can_be_written_to_a_file(tmp_path: Path):
    """--output writes the bytes that would be printed."""
    ran = concord("schema", "rule", "--output", tmp_path / "rule.schema.json")

    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / "rule.schema.json").read_text() == concord("schema", "rule").out
