"""A rule of a workspace's own."""

from __future__ import annotations

from typing import Any

RULE: dict[str, Any] = {
    "name": "all-or-nothing-without-gate",
    "pack": "acme",
    "fact_kind": "component",
    "finding": "incentive_flaw",
    "base": 60,
    "params": {"most": 1.0},
    "condition": "accelerator_max > most && !has_gate",
    "title": {"en": "All or nothing, without a gate"},
    "message": {"en": "“{kpi}” in {plan} pays all or nothing"},
    "rationale": "Our red line 4.",
    "remedies": ["gate"],
    "examples": {
        "silent": [
            {"because": "no accelerator", "facts": {"accelerator_max": 1.0, "has_gate": False}},
            {"because": "a gate", "facts": {"accelerator_max": 2.0, "has_gate": True}},
        ],
        "matches": [
            {"because": "double pay", "facts": {"accelerator_max": 2.0, "has_gate": False}},
            {"because": "a little", "facts": {"accelerator_max": 1.1, "has_gate": False}},
        ],
    },
}
"""As it is put; its address says its id."""
