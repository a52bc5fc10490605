"""Two plans: one that should not be signed, and one against which nothing grave speaks; and how a pipeline runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]

GOOD = """\
concord: 1
organization: {name: Acme Telecom}
departments:
  - {key: service, name: Customer Service, function: service}
outcomes:
  - {key: answers, name: First contact resolution, direction: increase, metric: service.first_contact_resolution, weight: 1}
kpis:
  - {key: fcr, department: service, name: First contact resolution, direction: increase, metric: service.first_contact_resolution}
"""

BAD = """\
concord: 1
organization: {name: Acme Telecom}
departments:
  - {key: service, name: Customer Service, function: service}
outcomes:
  - {key: answers, name: First contact resolution, direction: increase, metric: service.first_contact_resolution, weight: 1}
kpis:
  - {key: aht, department: service, name: Average handle time, direction: decrease, metric: service.average_handle_time}
incentive_plans:
  - key: agents
    department: service
    role: Contact centre agent
    period: month
    target_variable_pay_share: 0.4
    components:
      - {key: agents-aht, kpi: aht, weight: 1, payout: {kind: threshold}}
"""


def surroundings(**more: str) -> dict[str, str]:
    """What a pipeline's step finds around it: the programs of this environment, nothing that the caller has set for Concord or git."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONCORD_", "GIT_", "AUDIT_"))}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**kept, "PATH": programs, "NO_COLOR": "1", "PYTHONUTF8": "1", **more}


def ran(command: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A command's end, with what it printed."""
    return subprocess.run(
        command, cwd=folder, env=dict(environment), capture_output=True, text=True, timeout=120, check=False
    )
