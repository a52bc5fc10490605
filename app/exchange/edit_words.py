"""How new values are written into a text, so that they look like what stands there already."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from app.exchange.edit_nodes import Node
from app.exchange.yaml_writer import WIDTH, flow, item_lines, member_lines

_FIRST_INDENT = re.compile(r"^[{\[]\s*?\n([ \t]+)")
_FILLED_IN_LINE = re.compile(r"[{\[][ \t]*[^\s{}\[\]][^\n]*[}\]]")
"""An object or a list of which more than the bracket stands on one line."""


class Words(ABC):
    """What YAML and JSON write differently. `newline`: the sign that ends lines; `width`: columns of a line where it can be broken."""

    comma = ", "

    def __init__(self, text: str) -> None:
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.width = max(WIDTH, *(len(line) for line in text.splitlines()), 0)

    @abstractmethod
    def value(self, value: Any, name: str = "", quote: str = "", margin: str | None = None) -> str:
        """A value; text in the quotes that stood there. `margin`: what its line begins with, where it has one of its own."""

    @abstractmethod
    def member(self, name: str, value: Any, quote: str, margin: str | None = None) -> str:
        """A member of an object between brackets; `quote`: of the names beside it."""


class YamlWords(Words):
    """YAML as `yaml_writer` writes it."""

    def value(self, value: Any, name: str = "", quote: str = "", margin: str | None = None) -> str:
        """A value in one line; text in the quotes that stood there."""
        if not isinstance(value, str) or quote not in ("'", '"'):
            return flow(value, name)
        if quote == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=not value.isprintable())

    def member(self, name: str, value: Any, quote: str, margin: str | None = None) -> str:
        """A member in one line, like JSON where the names beside it are in double quotes."""
        if quote == '"':
            return f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        return f"{flow(name)}: {self.value(value, name)}"

    def member_block(self, name: str, value: Any, quote: str, column: int) -> str:
        """A member of a block, without the margin of its first line."""
        if quote:
            return self.member(name, value, quote)
        return self.newline.join(member_lines(name, value, column)).lstrip()

    def item_block(self, value: Any, like: Node | None, column: int) -> str:
        """An item of a block with its dash, without the margin of its first line; in one line when the one beside it is."""
        in_line = f"- {flow(value)}"
        if like is not None and like.flow and column + len(in_line) <= self.width:
            return in_line
        lines = item_lines([value], column)
        if like is not None and not like.flow and isinstance(value, Mapping):
            members = [line for name, member in value.items() for line in member_lines(name, member, column + 2)]
            lines = iter([f"- {members[0].lstrip()}", *members[1:]])
        return self.newline.join(lines).lstrip()


class JsonWords(Words):
    """JSON with the signs, the letters and the lines that the text has."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        if '": ' not in text and '":' in text:
            self.comma, self._colon = ",", ":"
        else:
            self._colon = ": "
        self._ascii = text.isascii() and "\\u" in text
        indented = _FIRST_INDENT.search(text)
        self._indent = indented[1] if indented and not _FILLED_IN_LINE.search(text) else None

    def value(self, value: Any, name: str = "", quote: str = "", margin: str | None = None) -> str:
        """A value: on several lines where every object of the text is, else in one."""
        indent = self._indent if margin is not None else None
        separators = (",", self._colon) if indent else (self.comma, self._colon)
        written = json.dumps(value, ensure_ascii=self._ascii, indent=indent, separators=separators)
        return written.replace("\n", f"{self.newline}{margin}") if indent else written

    def member(self, name: str, value: Any, quote: str, margin: str | None = None) -> str:
        """A member with its name in quotes."""
        return f"{self.value(name)}{self._colon}{self.value(value, margin=margin)}"
