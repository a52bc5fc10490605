"""Wrong and hostile rules are refused with the place of the fault, what is wrong and what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.problems import RuleInvalid, RuleProblem
from app.domain.rules.rule import Rule, compile_rule
from app.domain.rules.schema import FactKind
from app.domain.rules.syntax import RuleSyntaxError, parse
from app.domain.rules.type_check import check
from tests.counts import many
from tests.domain.rules.random_rules import KIND

KINDS = {**FACT_KINDS, "thing": KIND}
WRONG = [
    (kind, entry["text"], entry["faults"])
    for kind, groups in yaml.safe_load(Path(__file__).with_name("wrong_rules.yaml").read_text("utf-8")).items()
    for entries in groups.values()
    for entry in entries
]


def faults(text: str, kind: FactKind) -> list[RuleProblem]:
    """Everything wrong with a condition."""
    try:
        return check(parse(text), kind)
    except RuleSyntaxError as error:
        return [error.problem]


def told(problem: RuleProblem, text: str) -> str:
    """A fault as the table writes it."""
    nearest = f", nearest {problem.nearest}" if problem.nearest else ""
    return f"{problem.code} at {problem.start}-{problem.end} {text[problem.start : problem.end]!a}{nearest}"


@pytest.mark.parametrize(("kind", "text", "expected"), WRONG, ids=[ascii(text) for _, text, _ in WRONG])
def test_wrong_conditions_are_refused_with_their_place(kind: str, text: str, expected: list[str]):
    """Each fault has its code, its first and last character, what is wrong and what was expected."""
    found = faults(text, KINDS[kind])

    assert [told(problem, text) for problem in found] == expected
    assert all(problem.message and problem.expected for problem in found)


def test_there_are_enough_of_them():
    """The table is long and says nothing twice."""
    assert len({(kind, text) for kind, text, _ in WRONG}) == len(WRONG) >= 300


HUGE = {
    "too many characters": ("real && " + " " * 2_000 + "own", "too_long", 2_000),
    "ten thousand characters": ("real || " * 1_250 + "real", "too_long", 2_000),
    "ten thousand brackets": ("(" * 10_000, "too_long", 2_000),
    "twenty brackets": ("(" * 20 + "real" + ")" * 20, "too_deep", 20),
    "a thousand brackets": ("(" * 1_000 + ")" * 900, "too_deep", 20),
    "twenty denials": ("!" * 20 + "real", "too_deep", 20),
    "a thousand denials": ("!" * 1_999, "too_deep", 20),
    "a thousand signs": ("-" * 1_990 + "stake", "too_deep", 20),
    "a sum that leans to the left": ("stake" + " + stake" * 20 + " > 1", "too_deep", 0),
    "a difference without end": ("1" + "-1" * 900, "too_deep", 0),
    "too many parts": (" || ".join(["cap > 1"] * 67), "too_many_nodes", 726),
    "too many values in a list": ("stake in [" + ", ".join(["0.1"] * 300) + "]", "too_many_nodes", 1_005),
    "a number of two thousand digits": ("stake > " + "9" * 1_900, "too_many_digits", 8),
    "two thousand decimals": ("stake > 0." + "0" * 1_900 + "1", "too_many_digits", 8),
    "a text without end": ('payout_kind == "' + "a" * 1_900, "open_text", 15),
    "a thousand backslashes": ('payout_kind == "' + "\\" * 1_001 + '"', "open_text", 15),
    "a name of two thousand letters": ("s" * 1_999, "unknown_field", 0),
    "dots without end": ("stake" + ".a" * 900, "unknown_test", 6),
    "a list in a list in a list": ("stake in " + "[" * 900, "unexpected", 10),
}


@pytest.mark.parametrize(("text", "code", "start"), HUGE.values(), ids=HUGE)
def test_no_rule_costs_more_than_the_limits_allow(text: str, code: str, start: int):
    """Length, parts, depth and digits end the reading at the first character too many."""
    (problem, *_) = faults(text, KINDS["component"])

    assert (problem.code, problem.start) == (code, start)


FITS = {
    "two thousand characters": "real" + " " * 1_996,
    "nineteen brackets": "(" * 19 + "real" + ")" * 19,
    "nineteen denials": "!" * 19 + "real",
    "two hundred parts": "stake in [" + ", ".join(["0.1"] * 197) + "]",
    "fifteen digits and six decimals": "cap * 999999999999999 > 0.000001",
}


@pytest.mark.parametrize("text", FITS.values(), ids=FITS)
def test_what_is_just_within_the_limits_is_read(text: str):
    """The limits are what they say."""
    assert faults(text, KINDS["component"]) == []


@settings(max_examples=many(5_000))
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_or_refused(text: str):
    """Whatever is typed, the answer is a tree or a fault with a place inside the text; never anything else."""
    for problem in faults(text, KINDS["component"]):
        assert 0 <= problem.start <= problem.end <= len(text)


PIECES = [
    "stake", "real", "payout_kind", "cap", "and", "in", "null", "true", "0.2", "1", '"linear"', '"', "'", "(", ")", "[", "]",
    ",", ".", "!", "-", "+", "*", "/", "<", "<=", "==", "!=", "&&", "||", "&", "=", " ", "\n", "contains", ".contains(", "²",
]  # fmt: skip


@settings(max_examples=many(5_000))
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_sequence_of_words_is_read_or_refused(text: str):
    """The same for texts that nearly are rules."""
    for problem in faults(text, KINDS["component"]):
        assert 0 <= problem.start <= problem.end <= len(text)


SOUND = Rule(
    id="X001",
    name="a-sound-rule",
    pack="test",
    version=1,
    fact_kind="component",
    finding="incentive_flaw",
    condition="stake >= least && real",
    title={"en": "A title", "de": "Ein Titel"},
    message={"en": "{plan} pays {accelerator_max} times for “{kpi}”", "de": "{plan} zahlt „{kpi}“"},
    rationale="Because.",
    severity="20 + stake * weight_of_it",
    params={"least": 0.02, "weight_of_it": 50},
)

STANDARD: dict[str, Any] = {"severity": "standard", "params": {"least": 0.02}}

UNSOUND: dict[str, tuple[dict[str, Any], list[tuple[str, str, int, int, str]]]] = {
    "a fact kind that does not exist": ({"fact_kind": "plan"}, [("fact_kind", "unknown_fact_kind", 0, 0, "")]),
    "a parameter misspelt": (
        {"condition": "stake >= lest && real"},
        [("condition", "unknown_field", 9, 13, "least"), ("params.least", "unused_param", 0, 0, "")],
    ),
    "a parameter that is a field": (
        {"params": {"least": 0.02, "weight_of_it": 50, "cap": 2}}, [("params.cap", "param_is_field", 0, 0, "")],
    ),
    "a parameter that nothing uses": (
        {"params": {"least": 0.02, "weight_of_it": 50, "most": 2}}, [("params.most", "unused_param", 0, 0, "")],
    ),
    "a parameter out of range": ({"params": {"least": 2, "weight_of_it": 50}}, [("condition", "out_of_range", 9, 14, "")]),
    "a parameter of another type": (
        {"params": {"least": "much", "weight_of_it": 50}}, [("condition", "wrong_type", 9, 14, "")],
    ),
    "a severity that is a condition": (
        {"severity": "stake > 0.5", "params": {"least": 0.02}}, [("severity", "wrong_type", 0, 11, "")],
    ),
    "a severity that is no expression": (
        {"severity": "20 +", "params": {"least": 0.02}}, [("severity", "unfinished", 4, 4, "")],
    ),
    "a severity of unknown fields": (
        {"severity": "stak * weight_of_it"}, [("severity", "unknown_field", 0, 4, "stake")],
    ),
    "a severity with a word": ({"severity": "payout_kind * weight_of_it"}, [("severity", "wrong_type", 0, 11, "")]),
    "a placeholder misspelt": (
        {"message": {"en": "{plan} and {component_}", "de": "{plan}"}},
        [("message.en", "unknown_placeholder", 11, 23, "component")],
    ),
    "a placeholder of another fact kind": (
        {"message": {"en": "{plan}", "de": "{outcome}"}}, [("message.de", "unknown_placeholder", 0, 9, "harms_outcome")],
    ),
    "a placeholder in the title": (
        {"title": {"en": "{pla} and more", "de": "Ein Titel"}}, [("title.en", "unknown_placeholder", 0, 5, "plan")],
    ),
    "a brace left open": ({"message": {"en": "{plan", "de": "{plan}"}}, [("message.en", "stray_brace", 0, 1, "")]),
    "a brace too many": ({"message": {"en": "{plan}}", "de": "{plan}"}}, [("message.en", "stray_brace", 6, 7, "")]),
    "an attribute in a placeholder": (
        {"message": {"en": "{plan.__class__}", "de": "{plan}"}},
        [("message.en", "stray_brace", 0, 1, ""), ("message.en", "stray_brace", 15, 16, "")],
    ),
    "a format in a placeholder": (
        {"message": {"en": "{stake:>1000000}", "de": "{plan}"}},
        [("message.en", "stray_brace", 0, 1, ""), ("message.en", "stray_brace", 15, 16, "")],
    ),
    "a stake that is no share of pay": (
        {**STANDARD, "base": 40, "stake": "variable_shar"}, [("stake", "unknown_stake", 0, 13, "variable_share")],
    ),
    "a standard severity without base": (STANDARD, [("base", "base_wanted", 0, 0, "")]),
    "a base beyond the range": ({**STANDARD, "base": 101}, [("base", "base_wanted", 0, 0, "")]),
    "a base that nothing uses": ({"base": 40}, [("base", "idle_base", 0, 0, "")]),
    "everything at once": (
        {"condition": "stak > 1", "severity": "wight", "message": {"en": "{x}", "de": "}"}, "params": {}},
        [
            ("condition", "unknown_field", 0, 4, "stake"),
            ("severity", "unknown_field", 0, 5, "weight"),
            ("message.de", "stray_brace", 0, 1, ""),
            ("message.en", "unknown_placeholder", 0, 3, ""),
        ],
    ),
}  # fmt: skip


def test_the_sound_rule_is_sound():
    """What the wrong ones start from."""
    assert compile_rule(SOUND, FACT_KINDS).rule is SOUND


@pytest.mark.parametrize(("change", "expected"), UNSOUND.values(), ids=UNSOUND)
def test_wrong_rules_are_refused_with_every_fault(
    change: dict[str, Any], expected: list[tuple[str, str, int, int, str]]
):
    """A rule is refused as a whole, each fault with the member of the rule in which it stands."""
    with pytest.raises(RuleInvalid) as refused:
        compile_rule(SOUND._replace(**change), FACT_KINDS)

    problems = refused.value.problems
    assert [(p.part, p.code, p.start, p.end, p.nearest) for p in problems] == expected
    assert all(p.message and p.expected for p in problems)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**15, 1e-7, None, [1], {"a": 1}])
def test_parameters_are_plain_constants(value: Any):
    """Numbers without NaN, infinity or digits beyond those of the language; texts; true and false."""
    with pytest.raises(RuleInvalid) as refused:
        compile_rule(SOUND._replace(params={"least": value, "weight_of_it": 50}), FACT_KINDS)

    assert [(p.part, p.code) for p in refused.value.problems] == [("params.least", "bad_param")]


def test_the_caret_stands_under_the_fault():
    """For terminals: the text, and below it the place."""
    (problem,) = faults("real && stak > 0.2", KINDS["component"])

    assert problem.caret("real && stak > 0.2") == "real && stak > 0.2\n        ^^^^"


def test_the_caret_of_an_end_is_one_wide():
    """A fault at the end points behind the last character."""
    (problem,) = faults("real &&", KINDS["component"])

    assert problem.caret("real &&") == "real &&\n       ^"


def test_the_error_names_rule_part_and_place():
    """What a log or a terminal shows of a rule that does not hold together."""
    with pytest.raises(RuleInvalid) as refused:
        compile_rule(SOUND._replace(condition="stake >= least && rael"), FACT_KINDS)

    assert str(refused.value) == "rule X001: condition at 19: component has no field 'rael'"
