"""Files for the tests, made by hand: ZIPs of CSV sheets, and workbooks as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = """<styleSheet xmlns="x"><numFmts>
<numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/>
<numFmt numFmtId="166" formatCode="#,##0.00\\ [$EUR-407]"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>
</styleSheet>"""
DAY, OWN_DAY, PERCENT, DAYS_IN_QUOTES, MONEY = 1, 2, 3, 4, 5
"""Styles of numbers in the workbooks made here."""


def zipped(**files: str) -> bytes:
    """A ZIP of CSV sheets by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return buffer.getvalue()


def text(value: str) -> str:
    """A cell of text that stands in the cell itself."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: float | str, style: int = 0) -> str:
    """A cell of a number."""
    return f'<c s="{style}"><v>{value}</v></c>'


def workbook(
    sheets: Mapping[str, Sequence[Sequence[str]]], *, texts: str = "", hidden: Sequence[str] = (), properties: str = ""
) -> bytes:
    """A workbook of sheets, each a list of rows of cells as XML, an empty text for an empty cell; `texts`: those that cells share."""
    buffer = io.BytesIO()
    listed, relations = "", ""
    with zipfile.ZipFile(buffer, "w") as archive:
        for place, (name, rows) in enumerate(sheets.items(), 1):
            state = ' state="hidden"' if name in hidden else ""
            listed += f'<sheet name="{escape(name)}" sheetId="{place}"{state} r:id="rId{place}"/>'
            relations += (
                f'<Relationship Id="rId{place}" Type="{_TYPES}/worksheet" Target="/xl/worksheets/sheet{place}.xml"/>'
            )
            cells = "".join(f"<row>{''.join(cell or '<c/>' for cell in row)}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{place}.xml", f'<worksheet xmlns="x"><sheetData>{cells}</sheetData></worksheet>'
            )
        relations += f'<Relationship Id="s" Type="{_TYPES}/styles" Target="styles.xml"/>'
        if texts:
            relations += f'<Relationship Id="t" Type="{_TYPES}/sharedStrings" Target="sharedStrings.xml"/>'
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="x">{texts}</sst>')
        archive.writestr("xl/styles.xml", _STYLES)
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="x">{relations}</Relationships>')
        archive.writestr(
            "xl/workbook.xml",
            f'<x:workbook xmlns:x="x" xmlns:r="r">{properties}<x:sheets xmlns="x">{listed}</x:sheets></x:workbook>',
        )
    return buffer.getvalue()
