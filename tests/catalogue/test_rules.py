"""The built-in rules: their examples, their texts, their places, and what becomes of a malformed rule file."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from app.catalogue.check import problems
from app.catalogue.load import catalogue
from app.catalogue.sources import Entry, Sources, read_sources
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rulebook import compiled_rules
from app.domain.rules.rule import CompiledRule, Example
from app.domain.rules.words import in_words

RULES = {compiled.rule.id: compiled for compiled in compiled_rules(catalogue())}
MATCHES = [(rule, example) for rule in RULES.values() for example in rule.rule.matches]
SILENT = [(rule, example) for rule in RULES.values() for example in rule.rule.silent]
CONTRACT = {
    "cliff", "uncapped", "accelerator_without_gate", "no_clawback", "short_horizon", "uncontrollable", "too_many_measures",
    "ranking", "unbalanced_single_measure", "mispriced_weight", "no_quality_gate",
}  # fmt: skip
"""The flaws that the analysis promises by name."""


def named(pairs: list[tuple[CompiledRule, Example]]) -> list[str]:
    return [f"{compiled.rule.id}: {example.because}" for compiled, example in pairs]


@pytest.mark.parametrize(("compiled", "example"), SILENT, ids=named(SILENT))
def test_silent(compiled: CompiledRule, example: Example):
    """The rule does not hold on these facts, or nobody can say because of one that is said to be missing."""
    held = compiled.truth(example.facts)

    assert held is not True
    assert held is False or set(compiled.missing(example.facts)) <= set(example.facts)


@pytest.mark.parametrize(("compiled", "example"), MATCHES, ids=named(MATCHES))
def test_matches(compiled: CompiledRule, example: Example):
    """The rule holds on these facts, whatever the others are."""
    assert compiled.truth(example.facts) is True


@pytest.mark.parametrize("compiled", RULES.values(), ids=RULES)
def test_what_decided_is_true_of_each_example(compiled: CompiledRule):
    """The explanation of a match has only conditions that hold."""
    for example in compiled.rule.matches:
        decided = compiled.conditions(example.facts)
        assert decided
        assert all(condition.holds is True for condition in decided)


@pytest.mark.parametrize("compiled", RULES.values(), ids=RULES)
def test_texts(compiled: CompiledRule):
    """Title and message name the same things in both languages, as sentences without a full stop; the condition has words."""
    rule = compiled.rule

    for text in (rule.title, rule.message):
        assert set(text) == {"en", "de"}
        assert _placeholders(text["en"]) == _placeholders(text["de"])
        assert not any(said.endswith(".") for said in text.values())
    assert rule.rationale.endswith(".")
    assert rule.rationale_de.endswith(".")
    assert in_words(compiled.node, compiled.kind, "en") != in_words(compiled.node, compiled.kind, "de")


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("compiled", RULES.values(), ids=RULES)
def test_messages_can_be_filled_from_a_match(compiled: CompiledRule):
    """No placeholder stays, and every column of a message has something to say."""
    rule = compiled.rule
    names = dict.fromkeys(compiled.kind.subjects, "x")

    for language in ("en", "de"):
        said = compiled.message({name: field.example for name, field in compiled.kind.fields.items()} | names, language)
        assert "{" not in said
        assert said.count("–") == rule.message[language].count("–")


def test_every_flaw_of_the_contract_has_a_rule():
    """What the analysis promises by name is found by exactly one rule each."""
    flaws = [compiled.rule.flaw for compiled in RULES.values() if compiled.rule.flaw]

    assert set(flaws) >= CONTRACT
    assert len(flaws) == len(set(flaws))


def test_names_say_one_thing():
    """No two rules have the same name or the same title."""
    for said in ("name", "title"):
        values = [str(getattr(compiled.rule, said)) for compiled in RULES.values()]
        assert len(set(values)) == len(values)


def test_ids_of_a_pack_begin_alike():
    """Whoever reads an id knows the pack."""
    prefixes = {compiled.rule.pack: set[str]() for compiled in RULES.values()}
    for compiled in RULES.values():
        prefixes[compiled.rule.pack].add(compiled.rule.id[:3])

    assert prefixes == {"fluss": {"FLU"}, "incentive-design": {"INC"}, "governance": {"GOV"}, "measurement": {"MEA"}}
    assert set(catalogue().rule_packs) == set(prefixes)


def test_conflict_rules_share_no_row():
    """A pair has one finding: no two rules for conflicts can hold on the same pair."""
    pairs = [c for c in RULES.values() if c.rule.finding.endswith(("conflict", "tension")) and c.kind.name != "goal"]
    flags = ("same_department", "rival", "direct")

    for kind in ("goal_pair", "goal_outcome"):
        readers = [c for c in pairs if c.kind.name == kind]
        for n in range(2 ** len(flags)):
            row = {"net": 0.4} | {flag: bool(n >> place & 1) for place, flag in enumerate(flags)}
            assert sum(c.truth(row) is True for c in readers) == 1


SOUND = "INC103"


def reasons(**changes: Any) -> list[str]:
    """What is said of the catalogue when members of one rule are written otherwise; None takes one away."""
    return _reasons(lambda data: {k: v for k, v in {**data, **changes}.items() if v is not None})


def _reasons(written: Callable[[dict[str, Any]], Any]) -> list[str]:
    sources = _sources()
    entries = [
        Entry(entry.file, written(copy.deepcopy(entry.data))) if entry.id == SOUND else entry
        for entry in sources.of("rules")
    ]
    changed = sources._replace(sections={**sources.sections, "rules": entries})
    return [f"{p.file.rpartition('/')[2].split('-')[0]}: {p.reason}" for p in problems(changed)]


@lru_cache(maxsize=1)
def _sources() -> Sources:
    return read_sources()


@pytest.mark.slow
def test_the_catalogue_is_sound_to_begin_with():
    """Else the faults below would prove nothing."""
    assert reasons() == []


EXAMPLES: dict[str, Any] = {
    "silent": [
        {"because": "no accelerator", "facts": {"accelerator_max": 1.0}},
        {"because": "a gate", "facts": {"has_gate": True}},
    ],
    "matches": [
        {"because": "double", "facts": {"accelerator_max": 2.0, "has_gate": False, "has_modifier": False}},
        {"because": "triple", "facts": {"accelerator_max": 3.0, "has_gate": False, "has_modifier": False}},
    ],
}


def examples(kind: str, because: str, **facts: Any) -> dict[str, Any]:
    """Sound examples and one more."""
    return EXAMPLES | {kind: [*EXAMPLES[kind], {"because": because, "facts": facts}]}


MALFORMED: dict[str, tuple[dict[str, Any], str]] = {
    "no condition": ({"condition": None}, "field 'condition' is missing, expected text"),
    "an unknown member": ({"conditon": "real"}, "field 'conditon' is not known; nearest is 'condition'"),
    "an id of another shape": ({"id": "inc-103"}, "field 'id' is 'inc-103', expected three capitals and three digits"),
    "a version that is no number": ({"version": "1"}, "field 'version' is '1', expected a whole number from 1 on"),
    "a fact kind misspelt": (
        {"fact_kind": "componnt"},
        "field 'fact_kind' is 'componnt', expected one of goal, goal_pair, goal_outcome, component, department, organization; "
        "nearest is 'component'",
    ),
    "only one language": (
        {"title": {"en": "An accelerator"}}, "field 'title' is {'en': 'An accelerator'}, expected a text each in en and de",
    ),
    "no reason in German": ({"rationale_de": None}, "field 'rationale_de' is missing, expected text"),
    "a base out of range": ({"base": 0}, "field 'base' is 0, expected a number above 0, at most 100"),
    "no reference": ({"references": []}, "field 'references' is [], expected a list of at least one text"),
    "matches before silent": (
        {"examples": {"matches": EXAMPLES["matches"], "silent": EXAMPLES["silent"]}},
        "expected {silent: [{because: text, facts: {…}}, …], matches: [… alike]}, silent first",
    ),
    "an unknown pack": ({"pack": "incentives"}, "pack 'incentives' does not exist; nearest is 'incentive-design'"),
    "another place": ({"name": "accelerator-alone"}, "belongs into rules/incentive-design/INC103-accelerator-alone.yaml"),
    "the name of another rule": ({"name": "pay-without-cap"}, "has the name of INC102"),
    "an unknown citation": ({"references": ["larkin2041"]}, "citation 'larkin2041' does not exist; nearest is 'larkin2014'"),
    "a clause that is none": (
        {"references": ["fsa_fg13_1 section 3"]}, "reference 'fsa_fg13_1 section 3' is no citation and no citation#clause",
    ),
    "a flaw that is no flaw": ({"finding": "governance_gap"}, "'flaw' is named where finding is 'incentive_flaw', and only there"),
    "a field misspelt": (
        {"condition": "accelerator_max > accelerator_limit && !has_gat"},
        "condition: component has no field 'has_gat', expected a field or a parameter; nearest is 'has_gate'\n"
        "accelerator_max > accelerator_limit && !has_gat\n"
        "                                        ^^^^^^^",
    ),
    "a placeholder misspelt": (
        {"message": {"en": "{plan} pays", "de": "{plann} zahlt"}},
        "message.de: there is no 'plann' to speak of, expected a field or a subject; nearest is 'plan'\n{plann} zahlt\n^^^^^^^",
    ),
    "a parameter that nothing uses": (
        {"params": {"accelerator_limit": 1.0, "most": 3}}, "params.most: nothing uses 'most', expected a parameter that is used",
    ),
    "too few examples": (
        {"examples": EXAMPLES | {"silent": EXAMPLES["silent"][:1]}}, "needs at least 2 examples under 'silent'",
    ),
    "an example twice": (
        {"examples": examples("matches", "double again", accelerator_max=2.0, has_gate=False, has_modifier=False)},
        "has the same example twice under 'matches'",
    ),
    "an example that does not match": (
        {"examples": examples("matches", "held by a gate", accelerator_max=2.0, has_gate=True, has_modifier=False)},
        "examples.matches.2: 'held by a gate' does not match, expected facts on which the condition holds",
    ),
    "an example that is not enough": (
        {"examples": examples("matches", "too little said", accelerator_max=2.0, has_gate=False)},
        "examples.matches.2: 'too little said' leaves open has_modifier, expected facts on which the condition holds",
    ),
    "an example that is not silent": (
        {"examples": examples("silent", "double pay", accelerator_max=2.0, has_gate=False, has_modifier=False)},
        "examples.silent.2: 'double pay' matches, expected facts on which it does not hold",
    ),
    "an example that is silent by forgetting": (
        {"examples": examples("silent", "who knows", accelerator_max=2.0, has_gate=False)},
        "examples.silent.2: 'who knows' leaves open has_modifier, expected these facts, or null",
    ),
    "a fact misspelt": (
        {"examples": examples("silent", "a gate", has_gates=True)},
        "examples.silent.2: component has no field 'has_gates', expected a field; nearest is 'has_gate'",
    ),
    "a fact of another type": (
        {"examples": examples("silent", "a gate", has_gate="yes")},
        "examples.silent.2: 'has_gate' cannot be 'yes', expected true or false",
    ),
    "a fact out of range": (
        {"examples": examples("silent", "much", weight=60)},
        "examples.silent.2: 'weight' cannot be 60, expected a number from 0 to 1",
    ),
    "a missing fact that is never missing": (
        {"examples": examples("silent", "no weight", weight=None)},
        "examples.silent.2: 'weight' cannot be None, expected a number from 0 to 1",
    ),
    "a word that does not exist": (
        {"examples": examples("silent", "a cliff", payout_kind="cliff")},
        "examples.silent.2: 'payout_kind' cannot be 'cliff', expected linear, tiered, threshold, commission, ranking",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_rule_is_named_with_file_and_reason(changes: dict[str, Any], reason: str):
    """The file, and what is wrong in it, with the place where there is one."""
    found = reasons(**changes)

    assert any(said.startswith(f"{SOUND}: ") and said.endswith(reason) for said in found), found


@pytest.mark.parametrize("written", [None, [], "a text", 3])
def test_a_rule_file_that_holds_no_rule_is_named(written: Any):
    """Whatever a file holds, it is named and nothing breaks."""
    assert any(f"is {written!r}, expected fields with their values" in reason for reason in _reasons(lambda _: written))


def test_a_malformed_pack_is_named():
    """Id, version and name in both languages."""
    packs = {"fluss": {"id": "flus", "version": "1", "name": {"en": "Fluss"}}, "governance": "text"}
    changed = _sources()._replace(packs={**_sources().packs, **packs})

    assert [str(problem) for problem in problems(changed)] == [
        "rules/fluss/pack.yaml: fluss: id is 'flus', expected that of its folder",
        "rules/fluss/pack.yaml: fluss: name is a text each in en and de",
        "rules/fluss/pack.yaml: fluss: version is '1', expected three numbers such as 1.0.0",
        "rules/governance/pack.yaml: governance: expected id, version and name",
    ]


def clause(**changes: Any) -> dict[str, Any]:
    """A sound entry of what a pack implements, changed."""
    both = {"en": "Managers' pay", "de": "Vergütung von Vorgesetzten"}
    return {"clause": "fsa_fg13_1#section-4", "part": both, "rules": ["INC203"], **changes}


UNSOUND_PACKS: dict[str, tuple[dict[str, Any], str]] = {
    "a member misspelt": ({"implement": []}, "field 'implement' is not known; nearest is 'implements'"),
    "a clause of no citation": ({"implements": [clause(clause="fsa_fg13_2#section-4")]},
        "clause 'fsa_fg13_2#section-4' is of no citation; nearest is 'fsa_fg13_1'"),
    "a clause that its rule does not cite": ({"implements": [clause(clause="fsa_fg13_1#section-3")]},
        "fsa_fg13_1#section-3 names INC203, which does not cite it"),
    "a rule of another pack": ({"implements": [clause(rules=["GOV107"])]},
        "fsa_fg13_1#section-4 names GOV107, which is no rule of the pack"),
    "a clause that nothing is said of": ({"implements": [clause(rules=[])]},
        "implements is a list of {clause, part: {en, de}, rules: [id, …], unchecked: {en, de}}"),
    "a part in one language": ({"implements": [clause(part={"en": "Pay"})]},
        "implements is a list of {clause, part: {en, de}, rules: [id, …], unchecked: {en, de}}"),
    "a rule under no clause of its norm": ({"implements": [clause()]},
        "INC214 cites fsa_fg13_1 and stands under no clause of it"),
    "a rule that refines none": ({"refines": {"INC107": []}}, "refines names for a rule the rules that it refines: {INC107: [INC106]}"),
    "a rule that refines one of another pack": ({"refines": {"INC107": ["GOV107"]}},
        "refines names GOV107, which is no rule of the pack"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), UNSOUND_PACKS.values(), ids=UNSOUND_PACKS)
def test_what_a_pack_says_of_its_rules_is_checked(changes: dict[str, Any], reason: str):
    """Clauses and refinements name rules of the pack that cite them, and no rule that cites a norm is forgotten."""
    packs = {**_sources().packs, "incentive-design": {**_sources().packs["incentive-design"], **changes}}

    found = [str(problem) for problem in problems(_sources()._replace(packs=packs))]

    assert any(told.startswith(f"rules/incentive-design/pack.yaml: incentive-design: {reason}") for told in found), (
        found
    )


def test_rules_read_only_columns_that_exist():
    """Every built-in rule compiles against the published fact kinds."""
    assert {compiled.kind.name for compiled in RULES.values()} == set(FACT_KINDS)
