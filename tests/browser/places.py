"""Where every page of the console is, in a workspace that has at least one of everything."""

from __future__ import annotations

from app.routers import console
from tests.contract.workspace_of_all import filled

FILES = (
    "/organizations/import/workbook",
    "/organizations/{org}/import/workbook",
    "/organizations/{org}/rules/packs/{pack_id}/file",
    "/organizations/{org}/assessments/{id_}/answers.csv",
    "/organizations/{org}/assessments/{id_}/form.csv",
    "/organizations/{org}/analyses/{analysis_id}/report",
    "/organizations/{org}/roadmap/files/{form}",
)
"""What is saved and not shown."""
KIND, KEY = "incentive-plans", "advisers-2026"


def every_place(api: object) -> dict[str, str]:
    """Path template → path, of every page that is shown; the workspace is filled for it. `api`: sends requests with a key."""
    known = filled(api)  # type: ignore[arg-type]
    return {template: _path(template, known) for template in _shown()}


def _shown() -> list[str]:
    found = [route.path for route in console.router.routes if "GET" in getattr(route, "methods", ())]  # type: ignore[attr-defined]
    return ["/signin", *(path for path in found if path not in FILES)]


def _path(template: str, known: dict[str, str]) -> str:
    segments, path = template.split("/"), []
    for before, segment in zip(["", *segments], segments, strict=False):
        match segment:
            case "{id_}":
                path.append(known[f"{before.removesuffix('s').replace('sensitivitie', 'sensitivity')}_id"])
            case "{kind}":
                path.append(KIND)
            case "{key}":
                path.append(KEY)
            case "{fingerprint}":
                path.append(known["conflict"])
            case _:
                path.append(known[segment[1:-1]] if segment.startswith("{") else segment)
    return "/".join(path)
