"""All generated files: a table of contents of this package."""

from __future__ import annotations

from app.catalogue.load import catalogue
from app.domain.catalogue import Catalogue
from tools.docs import metrics, remedies, rules, schemas
from tools.docs.citations import citations_page
from tools.docs.commands import commands_page
from tools.docs.evidence import evidence_page
from tools.docs.fact_kinds import fact_kinds_page
from tools.docs.families import families_page
from tools.docs.http import http_page
from tools.docs.levers import levers_page
from tools.docs.parameters import parameters_page
from tools.docs.problem_types import problem_types_page
from tools.docs.readme import readme
from tools.docs.settings import settings_page


def files() -> dict[str, str]:
    """Path → text of every generated file. Depends on nothing but the code, the catalogue and the rest of README."""
    return {"README.md": readme()} | {f"docs/{path}": text for path, text in _pages(catalogue()).items()}


def _pages(knowledge: Catalogue) -> dict[str, str]:
    return {
        **rules.pages(knowledge),
        **remedies.pages(knowledge),
        **metrics.pages(knowledge),
        **schemas.files(),
        "levers.md": levers_page(knowledge),
        "families.md": families_page(knowledge),
        "citations.md": citations_page(knowledge),
        "evidence.md": evidence_page(knowledge),
        "fact-kinds.md": fact_kinds_page(),
        "parameters.md": parameters_page(),
        "http.md": http_page(),
        "cli.md": commands_page(),
        "settings.md": settings_page(),
        "problem-types.md": problem_types_page(),
    }
