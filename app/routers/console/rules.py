"""`/organizations/{org}/rules`, `…/{id}`: what is reported here, when and why, and what an organization sets otherwise of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.catalogue.load import catalogue
from app.catalogue.packs import packs as built_in_packs
from app.domain.conflict_states import STATUSES
from app.domain.errors import Changed, DocumentInvalid, Missing
from app.domain.overrides import GRADES
from app.domain.pages import Wanted
from app.domain.rules.check import checked
from app.domain.rules.params import Param
from app.domain.rules.rule import Rule
from app.pages.console.faults import faults_of
from app.pages.console.rules import rule_page, rules_page
from app.routers.console.again import again
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, shown
from app.routers.console.look import named
from app.routers.console.settings import condition_of
from app.routers.console.turns import most_goals
from app.services import analyses, conflicts, rule_packs, rule_settings, rules, rules_here, workspace_settings
from app.services.kept_results import read_result
from app.services.kept_rules import StoredRule
from app.services.rule_texts import rule_text
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/rules", "front", listed=False)

Json = dict[str, Any]

MOST_CONFLICTS = 20
"""Conflicts of a rule that its page lists, the worst."""
MOST_ROWS = 20
"""Rows of a verdict that a page tells."""

SHOWS = ("all", "found", "otherwise", "own")
"""What the list can be narrowed to: rules that found something, those that are set otherwise, one's own."""

STANDING = tuple(status for status in STATUSES if status != "resolved")


@router.get("")
def show_rules(
    org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, show: str = "all", pack: str = ""
) -> Response:
    """The rules that hold here, by pack, with what the last analysis made of each."""

    def body(visit: Visit) -> bytes:
        organization = named(visit, org)
        settings = rule_settings.get(store, visit.caller, org).settings
        outcomes = _outcomes(visit, org)
        own = {one.id: one for one in rules.every(store, visit.caller)}
        here = {rule.id: rule for rule in rules_here.in_force_here(store, visit.caller, org)}
        listed = [
            _listed(visit, rule, settings.get(rule.id), outcomes.get(rule.id), own.get(rule.id))
            for rule in {**{id_: one.rule for id_, one in own.items()}, **here}.values()
        ]
        packs = {id_: one.name[visit.language] for id_, one in built_in_packs().items()}
        packs |= {one.id: one.name.get(visit.language) or one.id for one in rule_packs.every(store, visit.caller)}
        chosen = show if show in SHOWS else "all"
        kept = [one for one in listed if (not pack or one["pack"] == pack) and _fits(one, chosen)]
        return rules_page(visit.head, organization, kept, packs, SHOWS, chosen, pack)

    return shown(request, answer, store, now, body)


@router.get("/{rule_id}")
def show_rule(
    org: str, rule_id: str, request: Request, answer: HtmlAnswer, store: Store, now: Now, version: str = ""
) -> Response:
    """What it says in words and as text, what it found here, what it nearly found, what it could not judge, and its life."""
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
    return shown(request, answer, store, now, lambda visit: page_of_rule(visit, org, rule_id, version=number))


@router.post("/{rule_id}/setting")
def set_rule(
    org: str, rule_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Switch it off, grade it otherwise, or set its parameters, with the reason; or let it hold as it says."""
    here = f"/organizations/{org}/rules/{rule_id}"

    def act(visit: Visit) -> str | Unfinished:
        before = rule_settings.get(store, visit.caller, org).settings
        rule = _here(visit, org, rule_id)
        others = {id_: one for id_, one in before.items() if id_ != rule_id}
        said = _setting(form, defaults_of(rule))
        meant = {"rules": {**others, **({rule_id: said} if said else {})}}
        try:
            rule_settings.replace(store, visit.caller, org, meant, now, condition_of(form))
        except (DocumentInvalid, Changed) as refused:
            typed = {"level": form.one("level"), "reason": form.one("reason"), "params": _typed(form)}
            return again(
                visit, refused, lambda problem: page_of_rule(visit, org, rule_id, problem=problem, typed=typed)
            )
        return f"{here}?done={'rule_set' if said else 'rule_as_it_says'}"

    return done(request, answer, store, now, form, act, way_back=here)


def page_of_rule(
    visit: Visit,
    org: str,
    rule_id: str,
    *,
    version: int | None = None,
    problem: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> bytes:
    """A rule that holds here, or one of the workspace's own in its newest version or an older one.

    Raises Missing, and DocumentInvalid for a version that does not fit what rules can read today.
    """
    organization = named(visit, org)
    own = _own(visit, rule_id, version)
    if own is not None:
        _ = checked(own.body, catalogue()).rule
    running = _here(visit, org, rule_id)
    rule = own.rule if own is not None and (version or own.newest != own.active_version) else running
    settings = rule_settings.get(visit.store, visit.caller, org)
    judged = rules_here.judged_here(
        visit.store,
        visit.caller,
        org,
        rule_id,
        visit.now.date(),
        visit.language,
        draft=rule,
        most_goals=most_goals(visit),
    )
    rows = {
        verdict: [{"names": row.names, "because": row.because} for row in judged.rows if row.verdict == verdict]
        for verdict in ("match", "near_miss", "not_assessable", "clear")
    }
    found = Wanted(limit=MOST_CONFLICTS, filters={"rule": (rule_id,), "status": STANDING}, counted=True)
    listed = conflicts.listed(visit.store, visit.caller, org, found)
    setting = settings.settings.get(rule_id)
    return rule_page(
        visit.head,
        organization,
        text=rule_text(rule, visit.language),
        rows={verdict: (told[:MOST_ROWS], len(told)) for verdict, told in rows.items()},
        conflicts=[one.told(visit.language) for one in listed.items],
        more_conflicts=(listed.total or 0) - len(listed.items),
        own=None if own is None else _life(visit, own),
        setting=setting,
        defaults=defaults_of(running),
        grades=GRADES,
        tag=settings.tag,
        typed=typed or {"level": "", "reason": "", "params": {}, **(setting or {})},
        problem=problem,
        faults=faults_of(problem, below=f"rules/{rule_id}") if problem else {},
    )


def defaults_of(rule: Rule) -> Mapping[str, Param]:
    """The parameters of a rule as it has them itself, whatever the organization sets."""
    return rule.retuned.before if rule.retuned is not None else rule.params


def _own(visit: Visit, rule_id: str, version: int | None) -> StoredRule | None:
    """The rule, where it is one of the workspace's own. Raises Missing for a version that it never had."""
    try:
        return rules.get(visit.store, visit.caller, rule_id, version)
    except Missing as missing:
        if missing.what == "rule":
            return None
        raise


def _here(visit: Visit, org: str, rule_id: str) -> Rule:
    """The rule as it holds here, else in its newest version. Raises Missing."""
    for rule in rules_here.in_force_here(visit.store, visit.caller, org):
        if rule.id == rule_id:
            return rule
    return rules.get(visit.store, visit.caller, rule_id).rule


def _outcomes(visit: Visit, org: str) -> dict[str, Json]:
    """How each rule came out in the last analysis of the document as it stood."""
    newest = Wanted(limit=1, sort=("-created_at",), filters={"current": (True,)})
    found = analyses.listed(visit.store, visit.caller, org, newest).items
    if not found:
        return {}
    result = read_result(visit.store, visit.caller, org, found[0].id, visit.language).result
    return {one["id"]: one for one in result["rules"]}


def _listed(visit: Visit, rule: Rule, setting: Json | None, outcome: Json | None, own: StoredRule | None) -> Json:
    return {
        "id": rule.id,
        "title": rule.title[visit.language],
        "pack": rule.pack,
        "setting": setting,
        "outcome": outcome,
        "status": own.status if own else "active",
        "waits": own is not None and own.status == "active" and own.newest != own.active_version,
        "is_own": own is not None,
    }


def _fits(listed: Json, show: str) -> bool:
    if show == "found":
        return bool(listed["outcome"] and listed["outcome"]["matched"])
    if show == "otherwise":
        return listed["setting"] is not None
    return bool(listed["is_own"]) if show == "own" else True


def _life(visit: Visit, own: StoredRule) -> Json:
    """Where an own rule stands, and what whoever looks may do with it."""
    newest = own.history[0]
    return {
        **{name: getattr(own, name) for name in ("tag", "status", "version", "newest", "active_version")},
        "history": own.history,
        "four_eyes": workspace_settings.get(visit.store, visit.caller).four_eyes,
        "is_approved": "approved_by" in newest,
        "is_author": newest["author"] == visit.caller.actor,
        "waits": own.newest != own.active_version,
    }


def _typed(form: Form) -> dict[str, str]:
    """The parameters as they were typed."""
    return {name.removeprefix("param:"): form.one(name) for name in form.fields if name.startswith("param:")}


def _setting(form: Form, defaults: Mapping[str, Param]) -> Json:
    """What is set otherwise; nothing where the rule is to hold as it says."""
    typed = {name: _constant(text.strip(), defaults.get(name)) for name, text in _typed(form).items() if text.strip()}
    params = {name: value for name, value in typed.items() if name not in defaults or value != defaults[name]}
    said = {**({"level": form.one("level")} if form.one("level") else {}), **({"params": params} if params else {})}
    return {**said, "reason": form.one("reason")} if said else {}


def _constant(text: str, default: Param | None) -> Param:
    """What somebody typed as a constant of the kind that the rule has there; as it is where it is none of that kind."""
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text.lower(), text)
    if isinstance(default, int | float):
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return text
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return text
