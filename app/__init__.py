"""Concord finds conflicts among departments' goals and incentive plans before a plan is signed.

from app import audit

analysis = audit("acme.yaml")
print(analysis.summary.headline)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.notebook import audit

__all__ = ["audit"]


def __getattr__(name: str) -> Any:
    """`audit` is imported when asked for, so that a part of the package costs no more than itself."""
    if name == "audit":
        return import_module("app.notebook").audit
    raise AttributeError(f"module 'app' has no attribute '{name}'")
