"""What each mechanism of the semantics brings: the figures with one of them off. `python -m tests.cases.ablation [all|rest|apart]`.

A third of the companies is kept apart by a hash of their names: their labels were not read while the mechanisms were chosen.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from typing import Any

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.reports.canonical_json import as_json
from tests.cases import score
from tests.cases.audits import AS_OF, Figures, companies, labels

SHOWN = (
    "must_recall", "recall", "false_alarm_rate", "top_in_3", "severity_concordance", "controls_without_serious",
    "structural_must_recall", "structural_false_alarms", "median_findings",
)  # fmt: skip

WITHOUT: dict[str, dict[str, Any]] = {
    "all mechanisms": {},
    "far arcs as near ones": {"decay_far": 1.0},
    "no decay at all": {"decay": 1.0, "decay_far": 1.0},
    "no floor under harm": {"harm_floor": 0.0},
    "chains of at most three arcs": {"max_hops": 3},
    "weak influences left out": {"strength_weak": 0.0},
    "no family fallback": {"family_unknown": 0.0},
    "families for unknown ends only": {"family_known": 0.0},
    "pay pushes nothing": {"pressure_pay": 0.0},
    "targets push no more": {"pressure_target": 1.0},
    "unpaid goals push as much": {"pressure_unpaid": 1.0},
    "penalties push nothing": {"pressure_penalty": 0.0},
    "share of weight not under the root": {"pressure_share_power": 1.0},
    "help is not set against harm": {"net_help": 0.0, "tie_factor": 1.0},
    "a good trade counts like a bad one": {"tie_factor": 1.0},
    "nothing is answered for": {"internalisation": 0.0},
    "importance weighs like pressure": {"importance_power": 0.5},
    "importance weighs nothing": {"importance_power": 0.0},
    "harm weighs like pressure": {"net_power": 0.5},
    "gates guard nothing": {"gate_factor": 1.0, "gate_spill": 1.0},
    "gates guard only what they name": {"gate_spill": 1.0},
    "scaled pay guards nothing": {"modifier_factor": 1.0},
    "held pay guards nothing": {"clawback_factor": 1.0},
}
"""Name of an ablation → the parameters that switch a mechanism off."""


def kept_apart(stem: str) -> bool:
    """Whether a company belongs to the third whose labels were not read."""
    return int(hashlib.sha256(f"hold{stem}".encode()).hexdigest(), 16) % 3 == 0


def stems(which: str) -> list[str]:
    """The companies of a part: `all`, `apart`, or the `rest`."""
    return [s for s in companies() if which == "all" or kept_apart(s) == (which == "apart")]


def figures(of: Iterable[str], parameters: dict[str, Any]) -> Figures:
    """The figures over some companies with an expert's metrics and these parameters."""
    results = {}
    for stem in of:
        case = companies()[stem]
        raw = score.document(case, labels().get(stem))
        raw["parameters"] = {**raw.get("parameters", {}), **parameters}
        document = document_from(raw, catalogue())
        analysis = as_json(analyse(document, catalogue(), as_of=AS_OF, raw=raw, with_recommendations=False))
        results[stem] = (case, score.score_case(case, analysis))
    found: Figures = score.figures_of(results, [])
    return found


def main() -> int:
    """A row for each mechanism that is off, as a table in Markdown."""
    chosen = stems(sys.argv[1] if len(sys.argv) > 1 else "all")
    print(f"{len(chosen)} companies\n")
    print("| | " + " | ".join(SHOWN) + " |")
    print("| --- " * (len(SHOWN) + 1) + "|")
    for name, parameters in WITHOUT.items():
        found = figures(chosen, parameters)
        print(f"| {name} | " + " | ".join(str(found[f]) for f in SHOWN) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
