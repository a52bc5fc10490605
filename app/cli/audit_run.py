"""A run: every document read, audited as its settings want it, and what is to be said of waivers and baselines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.cli import terminal
from app.cli.audit_outcome import Audited, How, Outcome, Unread
from app.cli.audit_settings import InForce, Settings
from app.cli.failures import Refused
from app.cli.inputs import Input

if TYPE_CHECKING:
    from app.cli.audit_policy import Policies


def run(inputs: Sequence[Input], settings: Settings, how: How, *, update_baseline: bool = False) -> Outcome:
    """Audit the documents. Those that are refused are told on standard error; raises Refused and Unknown for settings that cannot be."""
    in_force = [settings.of(given) for given in inputs]
    plain = all(one == InForce(one.fail_on) for one in in_force)
    if plain:
        return Outcome(tuple(_documents(inputs, in_force, how)))
    from app.cli.audit_policy import Policies

    policies = Policies(inputs, in_force, how, update_baseline=update_baseline)
    return policies.finished(_documents(inputs, in_force, how, policies))


def _documents(
    inputs: Sequence[Input], in_force: Sequence[InForce], how: How, policies: Policies | None = None
) -> Iterator[Audited | Unread]:
    from app.domain.errors import DocumentInvalid

    with terminal.progress([*zip(inputs, in_force, strict=True)], "Auditing") as shown:
        for given, settings in shown:
            try:
                yield _audited(given, settings, how, policies)
            except DocumentInvalid as invalid:
                from app.cli.problems import print_problems

                print_problems(invalid, given, how.language)
                yield Unread(given, str(invalid), invalid)
            except Refused as refused:
                terminal.say(f"concord: {refused}")
                yield Unread(given, str(refused))


def _audited(given: Input, in_force: InForce, how: How, policies: Policies | None) -> Audited:
    from app.domain.policy import NO_POLICY
    from app.services import audits

    source = given.read()
    analysis = audits.audit(
        source,
        as_of=how.as_of,
        language=how.language,
        with_recommendations=how.with_recommendations,
        policy=policies.of(given, source, in_force) if policies else NO_POLICY,
    )
    return Audited(given, source, analysis, in_force)
