"""The page to wait on."""

from __future__ import annotations

from app.pages.console.page import Head, Json, page


def job_page(head: Head, organization: Json, job: Json) -> bytes:
    """How far a job is, or why it came to nothing. `job`: as the API shows it."""
    title = head.words(f"job_{job['kind']}")
    return page("console/job.html", head, title=title, organization=organization, job=job)
