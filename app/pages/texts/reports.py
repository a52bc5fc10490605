"""Texts of the reports that pages lead to."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "reports_of_this": ("This analysis as a report", "Diese Analyse als Bericht"),
    "report_pdf": ("for the board (PDF)", "für die Leitung (PDF)"),
    "report_xlsx": ("as a workbook (XLSX)", "als Arbeitsmappe (XLSX)"),
    "report_board": ("for the board (Markdown)", "für die Leitung (Markdown)"),
    "report_html": ("as one page (HTML)", "als eine Seite (HTML)"),
}
