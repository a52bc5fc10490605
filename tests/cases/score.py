#!/usr/bin/env python3
"""Score an auditor against labelled cases.

usage: score.py CASES_DIR [--command "concord audit {file} --format json"] [--names names.json [--pin]]
        [--scope core|edge] [--json] [--verbose]

Each case file (see README.md here) is turned into a model document and handed to the command, which must print an analysis
(docs/analysis.md) as JSON on standard output; an exit status of 0 or 1 is fine (findings may fail an audit), others are an error.
Pairs are unordered; a component stands for its KPI. With --names, names_right and names_wrong say how well free text was resolved
(an expert's mapping is the yardstick); with --pin as well, that mapping is written into the documents, so that reasoning is scored apart
from naming. Prints one line per figure.
"""

from __future__ import annotations

import argparse
import copy
import json
import shlex
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

LEVELS = {"low": 0, "medium": 1, "high": 2, "critical": 3}
CONFLICTS = {"goal_conflict", "outcome_conflict", "internal_tension"}


def document(case: dict, pins: dict | None = None) -> dict:
    doc = {"concord": 1, **copy.deepcopy(case["document"])}
    for item in [*doc["kpis"], *doc["outcomes"]]:
        label = (pins or {}).get(item["key"]) or {}
        if label.get("metric"):
            item["metric"] = label["metric"]
            if label.get("inverted"):
                item["inverted"] = True
    return doc


def judge_name(label: dict, entry: dict | None) -> str:
    """right, wrong (matched to what it is not, or with the wrong polarity) or missed (left unresolved) for one labelled name."""
    got = None if entry is None or entry["method"] in ("unresolved", "family") else entry.get("metric")
    if got is None:
        return "right" if label.get("metric") is None or label.get("confidence") == "low" else "missed"
    inverted = bool(entry.get("inverted"))
    if got == label.get("metric") or got in (label.get("also") or []):
        return "right" if inverted == bool(label.get("inverted")) else "wrong"
    if got in (label.get("also_flipped") or []):
        return "right" if inverted != bool(label.get("inverted")) else "wrong"
    return "wrong"


def score_names(analysis: dict, labels: dict) -> list[str]:
    entries = {r["subject"]["key"]: r for r in analysis.get("resolutions") or []}
    return [judge_name(label, entries.get(key)) for key, label in sorted(labels.items())]


def aliases(doc: dict) -> dict[str, str]:
    """Component key → KPI key, so that either names the same goal."""
    return {c["key"]: c["kpi"] for p in doc.get("incentive_plans") or [] for c in p["components"] if c.get("kpi")}


def subjects(finding: dict, same: dict[str, str]) -> set[str]:
    keys = {s["key"] for s in finding["subjects"]}
    return keys | {same[k] for k in keys if k in same}


def norm(pair, same) -> frozenset:
    return frozenset(same.get(k, k) for k in pair)


def score_case(case: dict, analysis: dict) -> dict:
    doc, expected = case["document"], case["expected"]
    same = aliases(doc)
    entries = analysis["findings"]
    found = [
        (n, f) for n, entry in enumerate(entries) for f in [entry, *(entry.get("also") or [])]
    ]  # what an entry folds counts as found
    conflicts = [(n, subjects(f, same), f) for n, f in found if f["kind"] in CONFLICTS]

    def reports(pair, at_least="medium"):
        pair = norm(pair, same)
        return [(i, f) for i, keys, f in conflicts if pair <= keys and LEVELS[f["level"]] >= LEVELS[at_least]]

    labels = expected.get("conflicts") or []
    hits, found_low, ordered = [], [], []
    for label in labels:
        match = reports(label["between"])
        hits.append((label, bool(match)))
        any_level = reports(label["between"], "low")
        found_low.append(bool(any_level))
        if any_level:
            ordered.append((LEVELS[label["severity"]], max(f["severity"] for _, f in any_level)))
    flaws = {
        (s["key"], f.get("flaw"))
        for _, f in found
        if f["kind"] == "incentive_flaw" and LEVELS[f["level"]] >= 1
        for s in f["subjects"]
    }
    labelled = {s["component"] for s in expected.get("structural") or []}
    clean = (
        [c["key"] for p in doc.get("incentive_plans") or [] for c in p["components"] if c["key"] not in labelled]
        if case["case"].get("control")
        else []
    )
    structural = [(s, (s["component"], s["flaw"]) in flaws) for s in expected.get("structural") or []]
    false_alarms = [p for p in expected.get("not_conflicts") or [] if reports(p)]
    top = expected.get("top_conflict")
    shown = sorted({n for n, _, _ in conflicts})
    rank = next((shown.index(n) + 1 for n, keys, _ in conflicts if top and norm(top, same) <= keys), None)
    wanted = set(expected.get("remedies") or [])
    at_top = {f["fingerprint"] for _, keys, f in conflicts if top and norm(top, same) <= keys}
    offered = [r["remedy"] for r in analysis.get("recommendations") or [] if at_top & set(r.get("addresses") or [])][:5]
    concordant = sum((a - b) * (x - y) > 0 for n, (a, x) in enumerate(ordered) for b, y in ordered[n + 1 :])
    comparable = sum(a != b for n, (a, _) in enumerate(ordered) for b, _y in ordered[n + 1 :])
    return {
        "must": [h for label, h in hits if label.get("must")],
        "all": [h for _, h in hits],
        "any_level": found_low,
        "structural": [h for s, h in structural if s.get("must")],
        "structural_all": [h for _, h in structural],
        "clean_flawed": [any(k == c for k, _ in flaws) for c in clean],
        "not": [p in false_alarms for p in expected.get("not_conflicts") or []],
        "top": None if not top else rank is not None and rank <= 3,
        "remedy": None if not wanted or not top else bool(wanted & set(offered)),
        "serious": sum(LEVELS[f["level"]] >= 2 for f in entries),
        "findings": sum(LEVELS[f["level"]] >= 1 for f in entries),
        "listed": len(entries),
        "concordant": concordant,
        "comparable": comparable,
        "unresolved": sum(r["method"] == "unresolved" for r in analysis.get("resolutions") or []),
        "resolutions": len(analysis.get("resolutions") or []),
        "missed": [label["between"] for label, h in hits if label.get("must") and not h],
        "alarms": false_alarms,
    }


def share(values) -> float | None:
    values = [v for v in values if v is not None]
    return round(sum(values) / len(values), 3) if values else None


def figures_of(results: dict, named: list[str], errors: int = 0) -> dict:
    """Every figure over scored cases (stem → (case, scores)); `named`: verdicts of `score_names`."""
    rows = [r for _, r in results.values()]
    controls = [r for c, r in results.values() if c["case"].get("control")]
    return {
        "cases": len(results),
        "errors": errors,
        "must_recall": share(h for r in rows for h in r["must"]),
        "recall": share(h for r in rows for h in r["all"]),
        "recall_any_level": share(h for r in rows for h in r["any_level"]),
        "structural_must_recall": share(h for r in rows for h in r["structural"]),
        "structural_recall": share(h for r in rows for h in r["structural_all"]),
        "structural_false_alarms": share(h for r in rows for h in r["clean_flawed"]),
        "false_alarm_rate": share(h for r in rows for h in r["not"]),
        "top_in_3": share(r["top"] for r in rows),
        "remedy_in_5": share(r["remedy"] for r in rows),
        "severity_concordance": round(
            sum(r["concordant"] for r in rows) / max(1, sum(r["comparable"] for r in rows)), 3
        ),
        "controls_without_serious": share(r["serious"] == 0 for r in controls),
        "median_findings": statistics.median([r["findings"] for r in rows]) if rows else None,
        "median_listed": statistics.median([r["listed"] for r in rows]) if rows else None,
        "names_right": share(v == "right" for v in named),
        "names_wrong": share(v == "wrong" for v in named),
        "names_resolved": round(
            1 - sum(r["unresolved"] for r in rows) / max(1, sum(r["resolutions"] for r in rows)), 3
        ),
    }


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("cases", type=Path)
    args.add_argument("--command", default="concord audit {file} --format json")
    args.add_argument("--names", type=Path)
    args.add_argument("--pin", action="store_true")
    args.add_argument(
        "--scope",
        choices=("core", "edge"),
        help="only cases of this scope (edge: sectors far from sales, marketing and service)",
    )
    args.add_argument("--json", action="store_true")
    args.add_argument("--verbose", action="store_true")
    args = args.parse_args()
    results, errors, named = {}, {}, []
    labels = json.loads(args.names.read_text()) if args.names else {}
    with tempfile.TemporaryDirectory() as tmp:
        for path in sorted(args.cases.glob("*.yaml")):
            case = yaml.safe_load(path.read_text())
            if args.scope and case["case"].get("scope", "core") != args.scope:
                continue
            file = Path(tmp) / path.name
            file.write_text(
                yaml.safe_dump(
                    document(case, labels.get(path.stem) if args.pin else None), sort_keys=False, allow_unicode=True
                )
            )
            try:
                run = subprocess.run(
                    [a.replace("{file}", str(file)) for a in shlex.split(args.command)],
                    capture_output=True,
                    text=True,
                    timeout=120,
                )
                if run.returncode not in (0, 1):
                    raise ValueError(f"exit status {run.returncode}: {run.stderr.strip()[-400:]}")
                analysis = json.loads(run.stdout)
                results[path.stem] = (case, score_case(case, analysis))
                named += score_names(analysis, labels.get(path.stem) or {})
            except (ValueError, KeyError, TypeError, AttributeError, subprocess.SubprocessError) as error:
                errors[path.stem] = f"{type(error).__name__}: {error}"
    figures = figures_of(results, named, len(errors))
    if args.json:
        print(
            json.dumps(
                {"figures": figures, "errors": errors, "cases": {k: r for k, (_, r) in results.items()}}, indent=1
            )
        )
    else:
        for name, value in figures.items():
            print(f"{name:26} {value}")
        for name, error in errors.items():
            print(f"error in {name}: {error}")
        if args.verbose:
            for name, (_, r) in results.items():
                print(
                    f"{name}: missed {r['missed']} alarms {r['alarms']} findings {r['findings']} serious {r['serious']} top {r['top']}"
                )
    return 1 if errors or not results else 0


if __name__ == "__main__":
    sys.exit(main())
