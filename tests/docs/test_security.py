"""docs/security.md works as it stands: receivers and auditors can copy its code."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

from app.domain.api_keys import PATTERN
from app.domain.audit_chain import GENESIS, AuditEvent, hash_of
from app.domain.deliveries import DELAYS, Reason
from app.services.webhook_signature import secret_from, signed
from tests.docs.pages import DOCS, blocks, read

PAGE = DOCS / "security.md"


def code(name: str) -> dict[str, Any]:
    """What a block of the page defines."""
    (text,) = (block.text for block in blocks(PAGE) if block.name == name)
    defined: dict[str, Any] = {}
    exec(text, defined)
    return defined


def test_a_receiver_can_verify_messages_with_the_code_of_the_page() -> None:
    """By either secret, nothing that was changed, nothing old."""
    is_genuine = code("verify_webhook.py")["is_genuine"]
    new, old, other = (secret_from(bytes([n] * 32)) for n in range(3))
    body = '{"type":"document.changed","data":{"organization":"Zoë"}}'.encode()

    headers = signed("msg_1", datetime.now(UTC), body, [new, old])

    assert is_genuine(headers, body, new) and is_genuine(headers, body, old)
    assert not is_genuine(headers, body, other)
    assert not is_genuine(headers, body + b" ", new)
    assert not is_genuine({**headers, "webhook-id": "msg_2"}, body, new)
    assert not is_genuine(signed("msg_1", datetime(2026, 1, 1, tzinfo=UTC), body, [new]), body, new)


def test_an_auditor_can_recompute_hashes_with_the_code_of_the_page() -> None:
    """From the event as JSON shows it."""
    event = AuditEvent(1, datetime(2026, 11, 22, 5, 30, 51, 120_000, UTC), "ada", "key_1", "document.changed", "Zürich")
    shown = json.loads(json.dumps({**event._asdict(), "at": "2026-11-22T05:30:51.120Z"}))

    assert code("recompute_hash.py")["hash_of"](shown, GENESIS) == hash_of(event, GENESIS)


def test_the_page_tells_what_the_code_does() -> None:
    """The pattern of keys, the reasons of deliveries that failed, the schedule."""
    page = read(PAGE)
    hours = [f"{delay.total_seconds() / 3600:.0f} h" for delay in DELAYS[4:]]

    assert f"\n{PATTERN}\n" in page
    assert [reason for reason in get_args(Reason) if f"| `{reason}` |" not in page] == []
    assert f"5 s, 5 min, 30 min, {', '.join(hours[:-1])} and {hours[-1]}" in page
