"""What a command loads before it answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.startup import SMALL

HEAVY = {
    "email",
    "fastapi",
    "httpx",
    "importlib.metadata",
    "numpy",
    "openpyxl",
    "rapidfuzz",
    "rich",
    "ruamel",
    "sqlalchemy",
}


@pytest.mark.slow
def test_a_small_audit_loads_nothing_heavy(tmp_path: Path):
    """No server, no database, no resolver of names, no other format, and no search for plugins of pydantic."""
    small = tmp_path / "small.yaml"
    small.write_text(SMALL)
    command = [sys.executable, "-X", "importtime", "-m", "app.cli.main", "audit", str(small)]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")}
    assert loaded & HEAVY == set()
    assert "app.domain.analysis" in loaded
