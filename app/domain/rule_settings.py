"""What an organization sets otherwise of rules, as it is written: checked whole, every fault told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.facts.kinds import FACT_KINDS
from app.domain.faults import Fault, Path, invalid
from app.domain.overrides import GRADES
from app.domain.rulebook import RuleSetting
from app.domain.rules.problem_words import in_german
from app.domain.rules.problems import RuleInvalid
from app.domain.rules.rule import Rule, compile_rule

MOST_REASON = 500
MEMBERS = ("level", "params", "reason")


def rule_settings_from(raw: Any, rules: Mapping[str, Rule]) -> tuple[RuleSetting, ...]:
    """The settings by rule: id → `level` (`off`: it is not run), `params`, `reason`. Raises DocumentInvalid with every fault."""
    faults = list(_faults(raw, rules))
    if faults:
        raise invalid(faults, raw)
    return settings_from(raw["rules"])


def settings_from(written: Mapping[str, Any]) -> tuple[RuleSetting, ...]:
    """The same of settings that were checked when they were kept."""
    return tuple(
        RuleSetting(id_, said["reason"], said.get("level"), said.get("params") or {})
        for id_, said in sorted(written.items())
    )


def as_written(settings: tuple[RuleSetting, ...]) -> dict[str, Any]:
    """Settings as they are kept and shown."""
    return {
        one.rule: {
            **({} if one.level is None else {"level": one.level}),
            **({"params": dict(one.params)} if one.params else {}),
            "reason": one.reason,
        }
        for one in settings
    }


def _faults(raw: Any, rules: Mapping[str, Rule]) -> Iterator[Fault]:
    if not isinstance(raw, Mapping):
        yield Fault((), "wrong_type", raw, "object")
        return
    yield from (Fault((name,), "unknown_member", raw[name], options=("rules",)) for name in raw if name != "rules")
    by_rule = raw.get("rules")
    if by_rule is None:
        yield Fault(("rules",), "missing")
    elif not isinstance(by_rule, Mapping):
        yield Fault(("rules",), "wrong_type", by_rule, "object")
    else:
        for id_, said in by_rule.items():
            if id_ not in rules:
                yield Fault(("rules", id_), "unknown_rule", id_, options=list(rules))
            elif not isinstance(said, Mapping):
                values = {"values": ", ".join(MEMBERS)}
                yield Fault(("rules", id_), "wrong_type", said, "object_of", details=values)
            else:
                yield from _one(said, ("rules", id_), rules[id_])


def _one(said: Mapping[str, Any], path: Path, rule: Rule) -> Iterator[Fault]:
    for name in said:
        if name not in MEMBERS:
            yield Fault((*path, name), "unknown_member", said[name], options=MEMBERS)
    reason = said.get("reason")
    if reason is None:
        yield Fault((*path, "reason"), "missing")
    elif not isinstance(reason, str):
        yield Fault((*path, "reason"), "wrong_type", reason, "text")
    elif not reason.strip():
        yield Fault((*path, "reason"), "empty", reason)
    elif len(reason) > MOST_REASON:
        yield Fault((*path, "reason"), "too_long", reason, details={"most": MOST_REASON})
    level = said.get("level")
    if level is not None and level not in GRADES:
        yield Fault((*path, "level"), "not_one_of", level, "one_of", GRADES, {"values": ", ".join(GRADES)})
    if level is None and not said.get("params"):
        yield Fault((*path, "level"), "missing")
    yield from _params(said.get("params"), (*path, "params"), rule)


def _params(params: Any, path: Path, rule: Rule) -> Iterator[Fault]:
    """Parameters that the rule does not have, of another type, or with which it does not hold together."""
    if params is None:
        return
    if not isinstance(params, Mapping):
        yield Fault(path, "wrong_type", params, "object")
        return
    wrong = [*_wrong(params, path, rule)]
    yield from wrong
    if wrong or not params:
        return
    try:
        compile_rule(rule._replace(params={**rule.params, **params}), FACT_KINDS)
    except RuleInvalid as refused:
        for problem in refused.problems:
            said = {"english": problem.message, "german": in_german(problem.message)}
            yield Fault(path, problem.code, dict(params), details=said)


def _wrong(params: Mapping[str, Any], path: Path, rule: Rule) -> Iterator[Fault]:
    for name, value in params.items():
        if name not in rule.params:
            yield Fault((*path, name), "unknown_member", value, options=list(rule.params))
        elif isinstance(rule.params[name], bool) is not isinstance(value, bool):
            yield Fault((*path, name), "wrong_type", value, "flag" if isinstance(rule.params[name], bool) else "number")
        elif isinstance(rule.params[name], str) is not isinstance(value, str):
            yield Fault((*path, name), "wrong_type", value, "text" if isinstance(rule.params[name], str) else "number")
        elif not isinstance(value, bool | int | float | str):
            yield Fault((*path, name), "wrong_type", value, "constant")
