"""The frame of every page: one style, no script, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html import escape

from starlette.responses import Response

from app.domain.terms import Language
from app.web.answers import Answer
from app.web.negotiation import HTML

STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--tint:#f4f6f8;--link:#0a58ca}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa5b1;--line:#3b434c;--paper:#12161b;--tint:#1b2128;--link:#79b8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0 1rem}
h2{font-size:1.35rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1.05rem;margin:1.75rem 0 .25rem}
a{color:var(--link)}
code,pre{font:.9em/1.5 ui-monospace,monospace;background:var(--tint);border-radius:4px}
code{padding:.1em .3em;overflow-wrap:anywhere}
pre{padding:.75rem 1rem;overflow:auto;max-height:28rem}
pre code{padding:0}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}
summary{cursor:pointer;padding:.25rem 0}
.method{font-weight:700;margin-right:.5rem}
.soft{color:var(--soft)}
nav ul{columns:14rem;padding-left:1.1rem}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title and, as HTML, what stands below it."""

    title: str
    body: str
    language: Language = "en"


def shown(answer: Answer, page: Page) -> Response:
    """The page as an answer."""
    headers = {"Content-Security-Policy": POLICY, "Content-Language": page.language}
    return answer.kept(_document(page).encode(), HTML, headers)


def form_shown(answer: Answer, page: Page, status: int) -> Response:
    """A page that may send a form to where it comes from; nobody keeps it."""
    policy = POLICY.replace("form-action 'none'", "form-action 'self'")
    headers = {"Content-Security-Policy": policy, "Content-Language": page.language, "Cache-Control": "no-store"}
    return Response(_document(page).encode(), status, headers, HTML)


def prose(text: str) -> str:
    """Plain text as HTML: paragraphs between empty lines, `code` between backticks, **strong** words."""
    marked = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text, quote=False))
    marked = re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", marked)
    return "".join(f"<p>{paragraph}</p>" for paragraph in marked.split("\n\n") if paragraph.strip())


def phrase(text: str) -> str:
    """Plain text within a line."""
    return prose(text).removeprefix("<p>").removesuffix("</p>")


def _document(page: Page) -> str:
    title = escape(page.title)
    return (
        f'<!doctype html>\n<html lang="{page.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title} · Concord</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{page.body}\n</main>\n</body>\n</html>\n"
    )
