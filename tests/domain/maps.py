"""Small influence maps for tests: `a_map("a+ > b-", …)` reads as arcs between movements."""

from __future__ import annotations

import re
from typing import Any

from app.domain.catalogue import Catalogue, Family, Influence, Lever, Metric, MetricFamily


def an_arc(text: str, **changes: Any) -> Influence:
    """`"sales > churn"` (+), `"speed >- quality"` (−); `pressure`, `identity`, `weak`, `strong`, `up`, `down` may follow."""
    found = re.fullmatch(r"(\S+) >(-?) (\S+)(.*)", text)
    assert found, text
    source, minus, target, rest = found.groups()
    words = rest.split()
    kind = next((w for w in words if w in ("pressure", "identity")), "causal")
    direction = next((w for w in words if w in ("up", "down")), "up" if kind == "pressure" else "both")
    values: dict[str, Any] = {
        "id": f"{source}>{target}:{kind}:{direction}",
        "source": source,
        "target": target,
        "sign": "-" if minus else "+",
        "kind": kind,
        "source_direction": direction,
        "strength": next((w for w in words if w in ("weak", "strong")), "moderate"),
        "lag_days": next((int(w[:-1]) for w in words if re.fullmatch(r"\d+d", w)), 10),
        "evidence": "identity" if kind == "identity" else "observational",
        "support": "definition" if kind == "identity" else "direct",
    }
    return Influence(**{**values, **changes})


def a_map(
    *arcs: str | Influence, families: dict[str, str] | None = None, family_arcs: tuple[str, ...] = (), **metrics: Any
) -> Catalogue:
    """A catalogue of the metrics that the arcs name. `metrics`: id with `_` for `.` → changed members of that metric."""
    influences = [arc if isinstance(arc, Influence) else an_arc(arc) for arc in arcs]
    ids = {end for i in influences for end in (i.source, i.target) if not end.startswith("lever.")} | set(
        families or {}
    )
    ids |= {key.replace("__", ".") for key in metrics}
    changes = {key.replace("__", "."): value for key, value in metrics.items()}
    family_influences = [an_arc(arc) for arc in family_arcs]
    named = {f for i in family_influences for f in (i.source, i.target)} | {f[1:] for f in (families or {}).values()}
    levers = sorted({i.source for i in influences if i.source.startswith("lever.")})
    return Catalogue(
        version="test",
        metrics={m: _metric(m, **changes.get(m, {})) for m in sorted(ids)},
        influences={i.id: i for i in influences},
        levers={lever: Lever(lever, lever, "", "pay_design", "any") for lever in levers},
        families={f: Family(f, f, "", "more of it") for f in sorted(named)},
        family_influences={i.id: i for i in family_influences},
        metric_families={m: MetricFamily(f[1:], f[0]) for m, f in (families or {}).items()},  # type: ignore[arg-type]
        citations={},
    )


def _metric(metric: str, **changes: Any) -> Metric:
    function = metric.split(".")[0] if "." in metric else "service"
    return Metric(
        **{"id": metric, "name": metric, "function": function, "unit": "count", "good_direction": "increase", **changes}
    )
