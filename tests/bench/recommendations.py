"""Ten proved recommendations against one detection of the same company."""

from __future__ import annotations

from collections.abc import Iterator

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from tests.bench.company import a_company
from tests.bench.detection import AS_OF, detection
from tests.bench.timing import Ratio, ratio


def ratios() -> Iterator[Ratio]:
    """Names pinned; the whole analysis with its texts counts on the side of recommendations."""
    raw = a_company(12, 80, 60)
    document = document_from(raw, catalogue())
    proved = analyse(document, catalogue(), as_of=AS_OF, raw=raw).recommendations
    assert len(proved) >= 10, f"only {len(proved)} recommendations"
    yield Ratio(
        f"an analysis with {len(proved)} proved recommendations",
        ratio(lambda: analyse(document, catalogue(), as_of=AS_OF, raw=raw), lambda: detection(document))
        * 10
        / len(proved),
        15,
        "one detection of the same company (scaled to ten recommendations)",
    )
