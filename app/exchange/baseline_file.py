"""Files of known findings: JSON in an order that makes small differences small."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from app.domain.baselines import Baseline, Known, Listed
from app.domain.faults import Fault, invalid
from app.domain.terms import LEVELS, Level
from app.exchange.side_files import listed, located, side_file

BASELINE_VERSION = 1


def read_baseline(data: bytes, name: str) -> Baseline:
    """A baseline. Raises DocumentInvalid."""
    source = side_file(data, name)
    with located(source):
        return _baseline(source.raw)


def written(baseline: Baseline) -> bytes:
    """A baseline as JSON: documents by file, and on a line of its own each finding, by fingerprint."""
    documents = ",".join(map(_document, baseline.documents))
    return f'{{\n "concord_baseline": {BASELINE_VERSION},\n "documents": [{documents}]\n}}\n'.encode()


def _document(listed: Listed) -> str:
    findings = ",".join(
        f"\n   {_json(fingerprint)}: {_json(known._asdict())}" for fingerprint, known in sorted(listed.findings.items())
    )
    names = f'"file": {_json(listed.file)}, "organization": {_json(listed.organization)}'
    return f'\n  {{{names}, "findings": {{{findings}\n  }}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _baseline(raw: Any) -> Baseline:
    if not isinstance(raw, Mapping) or raw.get("concord_baseline") != BASELINE_VERSION:
        raise invalid([Fault((), "not_a_baseline")])
    faults: list[Fault] = []
    documents: list[Listed] = []
    items, _ = listed(raw, "documents")
    for number, item in enumerate(items):
        findings = item.get("findings") if isinstance(item, Mapping) else None
        if not isinstance(findings, Mapping):
            faults.append(Fault(("documents", number), "wrong_type", item, "object"))
            continue
        known = {name: _known(one) for name, one in findings.items()}
        faults += [
            Fault(("documents", number, "findings", name), "wrong_type", findings[name], "object")
            for name, one in known.items()
            if one is None
        ]
        kept = {name: one for name, one in known.items() if one is not None}
        documents.append(Listed(str(item.get("file", "")), str(item.get("organization", "")), kept))
    if faults:
        raise invalid(faults, raw)
    return Baseline(tuple(documents))


def _known(one: Any) -> Known | None:
    if not isinstance(one, Mapping) or one.get("level") not in LEVELS:
        return None
    subjects = one.get("subjects")
    return Known(
        str(one.get("rule", "")),
        cast(Level, one["level"]),
        tuple(str(s) for s in subjects) if isinstance(subjects, list) else (),
        str(one.get("title", "")),
    )
