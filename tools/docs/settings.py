"""The page of settings: the environment variables that the service reads."""

from __future__ import annotations

from app.settings import table
from tools.docs.markdown import page


def settings_page() -> str:
    """All settings in one table."""
    return page(
        "# Settings",
        "How the service runs is decided by environment variables; none has to be set. A value that cannot be used stops the start "
        "and is named, with what was expected. What is secret (`CONCORD_DATABASE_URL`, `CONCORD_SECRET_KEY`, `CONCORD_OIDC_CLIENT_SECRET`, "
        "`CONCORD_METRICS_TOKEN`) may stand in a file instead, which `CONCORD_…_FILE` names.",
        table(),
        source="app/settings.py",
    )
