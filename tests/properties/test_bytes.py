"""The same document gives the same bytes, in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.catalogue.sources import FOLDER

pytestmark = pytest.mark.slow

CONCORD = str(Path(sys.executable).with_name("concord"))
DEMO = str(FOLDER / "templates" / "telecom.yaml")


def test_an_audit_prints_the_same_bytes_whatever_the_hash_seed():
    """JSON and text alike, recommendations included."""
    for form in ("json", "text"):
        printed = {_printed(form, seed) for seed in ("0", "1", "4242")}

        assert len(printed) == 1


def _printed(form: str, seed: str) -> bytes:
    command = [CONCORD, "audit", DEMO, "--format", form, "--as-of", "2026-01-01", "--exit-zero"]
    run = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    return run.stdout
