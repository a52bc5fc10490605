"""What a component pays for which result: where it rises, jumps, speeds up and ends."""

from __future__ import annotations

from app.domain.document import Payout
from app.domain.facts.payout import MOST_ATTAINMENT, largest_step, pay_at
from app.reports.drawings.canvas import Canvas, Drawing, Table
from app.reports.drawings.words import DrawingWords

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 320, 220, 52, 38, 14, 14
_STEP = 0.005
_TOLD = (0.0, 0.5, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
"""Attainments that the table names."""


def payout_curve(
    name: str, payout: Payout, words: DrawingWords, *, about: str = "", rtl: bool = False
) -> Drawing | None:
    """The curve up to one and a half times the target; None where the document does not say what is paid. `about`: the paid part."""
    many = round(MOST_ATTAINMENT / _STEP)
    paid = [(number * _STEP, pay_at(payout, round(number * _STEP, 6))) for number in range(many + 1)]
    known = [(at, pay) for at, pay in paid if pay is not None]
    if not known:
        return None
    highest = max(1.0, *(pay for _, pay in known)) * 1.08
    sheet = Canvas(name, _WIDTH, _HEIGHT, rtl=rtl)
    across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _BOTTOM - _TOP

    def at(attainment: float, pay: float) -> tuple[float, float]:
        return _LEFT + across * attainment / MOST_ATTAINMENT, _TOP + up * (1 - pay / highest)

    for share in (0.0, 0.5, 1.0, 1.5):
        x, y = at(share, 0)
        sheet.line(x, _TOP, x, y, "axis zero" if share == 1 else "axis")
        sheet.text(x, y + 16, words.share(share), "small soft", anchor="middle")
    for pay in (0.0, 1.0, *((round(highest / 1.08, 2),) if highest > 1.35 else ())):
        x, y = at(0, pay)
        sheet.line(x, y, _WIDTH - _RIGHT, y, "axis zero" if pay == 1 else "axis")
        sheet.text(x - 8, y + 4, words.share(pay), "small soft", anchor="end")
    sheet.text(_LEFT + across / 2, _HEIGHT - 6, words("result"), "small soft", anchor="middle")
    sheet.curve([at(*one) for one in known], "trend")
    title = words("payout_of", name=about) if about else words("payout")
    return sheet.drawn(title, _said(payout, words), _table(payout, words))


def _said(payout: Payout, words: DrawingWords) -> str:
    step = largest_step(payout) or 0.0
    if step <= 0:
        return words("payout_how")
    edge = payout.threshold if payout.threshold is not None else payout.target if payout.target is not None else 1.0
    return f"{words('payout_how')} {words('jumps', share=words.share(step), at=words.share(edge))}"


def _table(payout: Payout, words: DrawingWords) -> Table:
    told = [(at, pay_at(payout, at)) for at in _TOLD]
    rows = tuple((words.share(at), words.share(pay)) for at, pay in told if pay is not None)
    return Table((words("result"), words("pay")), rows, numbers=(0, 1))
