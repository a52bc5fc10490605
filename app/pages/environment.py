"""Templates → pages. Whatever a document says is escaped; a name that a template does not get is a fault, not an empty place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.pages.assets import assets
from app.pages.texts import PageWords
from app.reports.markup import Html


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of this package."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["markup"] = _markup
    made.filters["raised"] = raised
    made.globals["asset"] = _address
    return made


def rendered(template: str, words: PageWords, **values: Any) -> bytes:
    """A page as bytes. Templates say texts by `words("name")`."""
    return environment().get_template(template).render(words=words, **values).encode("utf-8", "replace")


def raised(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _markup(value: Html) -> Markup:
    """What was made as markup, and nothing else, stands as it is."""
    if not isinstance(value, Html):
        raise TypeError("only markup that was made as such is not escaped")
    return Markup(value)


def _address(name: str) -> str:
    return f"/static/{assets()[name].hashed}"
