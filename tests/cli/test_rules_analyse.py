"""`concord rules analyse`: what is wrong with a set of rules, and which rule looks at which department."""

from __future__ import annotations

import json

import pytest

from app.catalogue.load import catalogue
from tests.cli.conftest import Written
from tests.cli.runner import AS_OF, concord

RULES = len(catalogue().rules) + 1
TELECOM = "app/catalogue/templates/telecom.yaml"
STEEP = """\
id: ACM101
name: steep-accelerator
pack: acme
fact_kind: component
finding: incentive_flaw
flaw: steep
base: 60
condition: accelerator_max > 2 && !has_gate && !has_modifier && sells
title: {en: A steep accelerator, de: Ein steiler Beschleuniger}
message: {en: "{component} pays too much", de: "{component} zahlt zu viel"}
rationale: Nobody here is paid more than double.
"""
LEGAL = """\
id: ACM102
name: legal-alone
pack: acme
fact_kind: department
finding: governance_gap
base: 20
condition: function == "legal" && kpis > 0
title: {en: Legal alone, de: Recht allein}
message: {en: "{department} has KPIs", de: "{department} hat KPIs"}
rationale: It should not.
"""


def test_the_built_in_rules_draw_no_remark():
    """Nothing to say ends with status 0."""
    ran = concord("rules", "analyse")

    assert (ran.status, ran.err) == (0, "")
    assert "Nothing to remark on" in ran.out


def test_a_rule_that_says_nothing_new_is_told(written: Written):
    """The built-in rule that covers it is named, and how that was found; status 1."""
    ran = concord("rules", "analyse", written("acme.yaml", STEEP))

    assert ran.status == 1
    assert " ".join(ran.out.split()).endswith(
        f"ACM101 ACM101 says nothing new: wherever it fires, INC103 fires, too (by reasoning) 1 of {RULES} rules draw a remark"
    )


def test_a_folder_of_rules_is_looked_at_for_an_organization(written: Written):
    """Words that it does not have are told, and what rules look at, by department."""
    written("rules/steep.yaml", STEEP)
    folder = written("rules/legal.yaml", LEGAL).parent

    ran = concord("rules", "analyse", folder, "--document", TELECOM, "--as-of", AS_OF)

    said = " ".join(ran.out.split())
    assert ran.status == 1
    assert "ACM102 can never fire here: nothing in this organization has the words that it asks of “function”" in said
    assert "GOV102 cannot fire here: nothing in the document tells “an executive sponsors the customers' cause”" in said
    assert any(
        line.split() == ["ACM102", "0/1", "0/1", "0/1", "0/1", "0/1", "0/1", "–"] for line in ran.out.splitlines()
    )


def test_programs_get_the_same_as_data(written: Written):
    """The remarks with kind, rule, how they were found and the sentence; one row of coverage for each rule and department."""
    ran = concord("rules", "analyse", written("acme.yaml", LEGAL), "-d", TELECOM, "--format", "json", "--as-of", AS_OF)

    told = json.loads(ran.out)
    (remark,) = [remark for remark in told["remarks"] if remark["rule"] == "ACM102"]
    assert remark["kind"] == "not_here"
    assert remark["how"] == "reasoning"
    assert remark["fields"] == ["function"]
    assert [entry["silent"] for entry in told["coverage"] if entry["rule"] == "ACM102"] == [1, 1, 1, 1, 1, 1]


def test_remarks_are_told_in_german(written: Written):
    """With the sentence, the way it was found and the count."""
    ran = concord("rules", "analyse", written("acme.yaml", STEEP), "--lang", "de")

    said = " ".join(ran.out.split())
    assert "Wo immer die Regel anschlägt, schlägt auch INC103 an (durch Schließen)" in said
    assert said.endswith(f"Zu 1 von {RULES} Regeln ist etwas anzumerken")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STEEP.replace("sells", "sels"), "component has no field 'sels'"),
        (STEEP.replace("condition:", "conditon:"), "conditon"),
        (STEEP.replace("ACM101", "INC999"), "INC"),
    ],
    ids=["a field misspelt", "a member misspelt", "an id of the built-in rules"],
)
def test_a_rule_that_is_none_is_refused(written: Written, text: str, said: str):
    """With its place, and status 2."""
    ran = concord("rules", "analyse", written("acme.yaml", text))

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_file_that_is_not_there_is_named():
    """Status 2 as for every wrong use."""
    ran = concord("rules", "analyse", "no-such-rules")

    assert (ran.status, ran.out) == (2, "")
    assert "no-such-rules" in ran.err
