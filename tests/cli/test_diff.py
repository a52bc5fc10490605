"""`concord diff`: what differs between two documents."""

from __future__ import annotations

import json

from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, HARMFUL
from tests.cli.runner import concord


def test_parts_that_differ_are_told_one_by_one(written: Written):
    """A changed member with what it was and is, and status 1."""
    old = written("old.yaml", HARMFUL)
    new = written("new.yaml", HARMFUL.replace("Acme Telecom", "Acme Mobile"))

    ran = concord("diff", old, new)

    assert ran.status == 1
    assert "name Acme Telecom → Acme Mobile" in " ".join(ran.out.split())


def test_order_comments_and_format_are_no_difference(written: Written):
    """The same document as JSON differs in nothing; status 0."""
    import yaml

    old = written("old.yaml", "# a comment\n" + HARMFUL)
    new = written("new.json", json.dumps(yaml.safe_load(HARMFUL), default=str))

    ran = concord("diff", old, new)

    assert ran.status == 0 and "Nothing differs." in ran.out


def test_for_programs_there_are_changes_and_a_patch(written: Written):
    """Parts by their keys, and a JSON Patch that makes the second of the first."""
    old = written("old.yaml", HARMFUL)
    new = written("new.yaml", HARMFUL.replace("Acme Telecom", "Acme Mobile"))

    answer = json.loads(concord("diff", old, new, "--format", "json").out)

    assert [change["kind"] for change in answer["changes"]] == ["organization"]
    assert answer["patch"][-1] == {"op": "replace", "path": "/organization/name", "value": "Acme Mobile"}


def test_it_is_told_in_german(written: Written):
    """What there is to say."""
    same = written("same.yaml", HARMFUL)

    assert "Nichts ist anders." in concord("diff", same, same, "--lang", "de").out


def test_a_document_that_is_not_valid_is_refused(written: Written):
    """Either of them."""
    ran = concord("diff", written("old.yaml", HARMFUL), written("new.yaml", BROKEN))

    assert ran.status == 2 and ran.out == "" and "error" in ran.err
