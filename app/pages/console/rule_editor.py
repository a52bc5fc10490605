"""The page on which a rule is written: its fields, its condition as a form and as text, what is to be said of it."""

from __future__ import annotations

from typing import Any, get_args

from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.forms import AMONG, KNOWN, MISSING, fields_of
from app.domain.rules.schema import FactKind
from app.domain.terms import FindingKind
from app.pages.console.condition_tree import PLAIN, ROOT, asked_of
from app.pages.console.page import Head, Json, page

ASKED = {
    PLAIN: "plain", "==": "equals", "!=": "differs", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least",
    AMONG: "among", "startsWith": "starts", "endsWith": "ends", "contains": "contains", MISSING: "missing", KNOWN: "known",
}  # fmt: skip
"""What a field is asked → the end of the name of its text."""

MISSING_NAMES = {
    "id": "rule_id", "name": "rule_name", "pack": "rule_pack", "title": "title_en", "message": "message_en",
    "rationale": "rationale_en",
}  # fmt: skip
"""Member that is still missing → the name of the text that its field is called by."""


def editor_page(head: Head, organization: Json, *, kind: FactKind, own: bool, **said: Any) -> bytes:
    """The editor. `kind`: the table that the rule reads; `own`: the rule is there already."""
    words = head.words
    title = words("edit_named", id=said["values"]["id"]) if own else words("new_rule")
    fields = [(name, f"{kind.fields[name].labels[words.language]} ({name})") for name in fields_of(kind)]
    return page(
        "console/rule_editor.html",
        head,
        title=title,
        organization=organization,
        section="rules",
        own=own,
        root=ROOT,
        fields=sorted(fields, key=lambda one: one[1].casefold()),
        asked={name: asked_of(kind.fields[name]) for name, _ in fields},
        asked_names=ASKED,
        missing_names=MISSING_NAMES,
        told={name: _values(kind, name) for name, _ in fields},
        kind=kind,
        kinds=[(one.name, one.labels[words.language]) for one in FACT_KINDS.values()],
        findings=get_args(FindingKind),
        **said,
    )


def _values(kind: FactKind, name: str) -> str:
    """The words that a field can have, for whoever fills in a comparison."""
    field = kind.fields[name]
    return ", ".join(field.values) if field.values else "true, false" if field.type == "bool" else ""
