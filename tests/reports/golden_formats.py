"""`python -m tests.reports.golden_formats` writes the golden files of formats: look at the difference before it is committed."""

from __future__ import annotations

from app.reports import formats
from tests.reports.reports import KNOWN, REFUSED, small_report
from tests.reports.small import GOLDEN

if __name__ == "__main__":
    for name in ("csv", "github", "junit", "markdown"):
        format_ = formats.formats()[name]
        content = format_.render([small_report()], catalogue=KNOWN, refused=[REFUSED])
        (GOLDEN / f"{name}{format_.suffix}").write_bytes(content)
