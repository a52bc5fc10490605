"""The matrix and the compass of a board's report, in the colours of print: drawn for paper, they wear their looks themselves."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.terms import CUSTOMER
from app.reports.board_report import BoardReport
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.compass import Needle, compass
from app.reports.drawings.heat_map import Pull, heat_map
from app.reports.drawings.words import DrawingWords

_MOST_COLUMNS, _MOST_ROWS = 10, 12
"""Up to here a map can be read on a page; beyond, the worst pairs stand in a table."""
_MOST_NEEDLES = 12

_LOOKS = """
text{font-family:Inter;font-size:13px;fill:#1b1f24}
.small{font-size:11.5px}.big{font-size:16px;font-weight:600}.strong{font-weight:600}.soft{fill:#555e68}
.empty{fill:#f1f3f6}
rect.low{fill:#d6e6f7}rect.medium{fill:#fbe08a}rect.high{fill:#b93c0b}rect.critical{fill:#8f1414}
text.low{fill:#10263d}text.medium{fill:#2b2200}text.high{fill:#fff}text.critical{fill:#fff}
pattern path{stroke:#fff;stroke-width:1.2;fill:none}pattern circle{fill:#2b2200}
.axis{stroke:#cfd6dd;stroke-width:1}.rim{fill:#f4f6f8;stroke:#cfd6dd}
line.customers{stroke:#0a58ca;stroke-width:4}.customers.head{fill:#0a58ca}
line.good{stroke:#1a7f37;stroke-width:2.5}line.bad{stroke:#b42318;stroke-width:2.5;stroke-dasharray:8 3}
line.even{stroke:#6b5900;stroke-width:2.5;stroke-dasharray:2 4}
.good.head{fill:#1a7f37}.bad.head{fill:#b42318}.even.head{fill:#6b5900}
circle.good{fill:#1a7f37}circle.bad{fill:#b42318}circle.even{fill:#6b5900}circle.unknown{fill:#555e68}
text.badge{fill:#fff;font-size:11.5px;font-weight:600}
.axis.zero{stroke:#555e68}
rect.bar,polygon.bar{fill:#0a58ca}rect.bar.pressure{fill:#b93c0b}rect.bar.pay{fill:#6b5900}
polyline{fill:none;stroke-width:2.5}polyline.trend{stroke:#0a58ca}polyline.was{stroke:#555e68;stroke-dasharray:7 4}
"""


class Picture(NamedTuple):
    """A drawing as a file of its own, with what it says for those who do not see it; its size in points of the drawing."""

    svg: str
    said: str
    width: float
    height: float


def matrix_picture(board: BoardReport) -> Picture | None:
    """Who works against whom; None where there is nothing to draw, or too much for a page."""
    sources = {cell.source for cell in board.matrix}
    targets = {cell.target for cell in board.matrix}
    if not board.matrix or len(sources) > _MOST_ROWS or len(targets) > _MOST_COLUMNS:
        return None
    keys = [key for key in board.names.departments if key != CUSTOMER]
    names = {key: board.names.department(key) for key in keys}
    pulls = [
        Pull(cell.source, cell.target, cell.count, cell.severity, board.bounds.level(cell.severity))
        for cell in board.matrix
    ]
    return picture_of(heat_map("matrix", pulls, names, DrawingWords(board.names.words.language)))


def compass_picture(board: BoardReport) -> Picture | None:
    """Where each department pulls; None where there are none, or too many for a page."""
    needles = [
        Needle(board.names.department(one.key), one.alignment, one.pressure, one.coverage) for one in board.departments
    ]
    if not needles or len(needles) > _MOST_NEEDLES:
        return None
    return picture_of(compass("compass", needles, DrawingWords(board.names.words.language)))


def picture_of(drawing: Drawing) -> Picture:
    """A drawing in the colours of print."""
    start, _, rest = str(drawing.svg).partition(">")
    width, height = (float(start.partition(f' {side}="')[2].partition('"')[0]) for side in ("width", "height"))
    return Picture(f"{start}><style>{_LOOKS}</style>{rest}", f"{drawing.title}. {drawing.description}", width, height)
