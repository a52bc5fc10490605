"""From text to a tree, by recursive descent. The limits hold while parsing, so no text costs more than they allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from app.domain.rules.problems import RuleSyntaxError
from app.domain.rules.tokens import FOREIGN, MOST_CHARACTERS, Token, number_in, refuse, text_in, tokens
from app.domain.rules.tree import COMPARISONS, TEXT_TESTS, Node

__all__ = ["MOST_CHARACTERS", "MOST_DEPTH", "MOST_NODES", "Node", "RuleSyntaxError", "parse"]

MOST_NODES, MOST_DEPTH = 200, 20


def parse(text: str) -> Node:
    """The tree of an expression; raises `RuleSyntaxError` at the first fault."""
    return _Parser(tokens(text)).whole()


class _Parser:
    """One method per level of precedence, loosest first."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = self._nodes = self._nesting = 0

    def whole(self) -> Node:
        if self._is_end():
            refuse(0, self._token.end, "empty", "there is nothing here", "a condition")
        node = self._any()
        if not self._is_end():
            self._unexpected("an operator or the end")
        return node

    def _any(self) -> Node:
        return self._joined("||", "or", self._every)

    def _every(self) -> Node:
        return self._joined("&&", "and", self._comparison)

    def _joined(self, sign: str, op: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._take(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else self._node(op, parts)

    def _comparison(self) -> Node:
        left = self._sum()
        sign = self._token
        if sign.kind == "name" and sign.text == "in":
            self._advance()
            return self._node("in", [left, self._list()])
        if not self._is_comparison():
            return left
        self._advance()
        node = self._node(sign.text, [left, self._sum()])
        if self._is_comparison():
            refuse(self._token.start, self._token.end, "chained", "comparisons do not chain", "'&&' between two", "&&")
        return node

    def _sum(self) -> Node:
        return self._from_left(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._from_left(("*", "/"), self._unary)

    def _from_left(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        node = part()
        while self._token.kind == "sign" and self._token.text in signs:
            sign = self._advance()
            node = self._node(sign.text, [node, part()])
        return node

    def _unary(self) -> Node:
        sign = self._token
        if sign.kind != "sign" or sign.text not in ("!", "-"):
            return self._primary()
        self._advance()
        if sign.text == "-" and self._token.kind == "number":
            number = self._constant()
            return number._replace(value=-number.value, start=sign.start)
        part = self._nested(self._unary)
        return self._node("not" if sign.text == "!" else "neg", [part], start=sign.start)

    def _primary(self) -> Node:
        token = self._token
        if token.kind == "sign" and token.text == "(":
            self._advance()
            node = self._nested(self._any)
            last = self._expect(")")
            return node._replace(start=token.start, end=last.end)
        if token.kind == "name" and token.text not in ("true", "false", "null"):
            return self._name()
        return self._constant()

    def _name(self) -> Node:
        token = self._token
        if token.text == "in" or token.text.lower() in FOREIGN:
            self._unexpected("a name or a value")
        self._advance()
        if self._token.text == "(":
            expected = "a field; the language has no functions"
            refuse(token.start, token.end, "no_functions", f"there is no function '{token.text}'", expected)
        node = self._leaf("name", token, token.text)
        return self._text_test(node) if self._take(".") else node

    def _text_test(self, field: Node) -> Node:
        if self._is_end():
            self._unexpected(", ".join(TEXT_TESTS))
        test = self._advance()
        if test.text not in TEXT_TESTS:
            near = _nearest(test.text, TEXT_TESTS)
            refuse(test.start, test.end, "unknown_test", f"there is no '.{test.text}'", ", ".join(TEXT_TESTS), near)
        self._expect("(")
        said = self._constant()
        if said.op != "text":
            refuse(said.start, said.end, "text_wanted", f"{test.text} looks for a text", 'a text, such as "bonus"')
        return self._node(test.text, [field, said], end=self._expect(")").end)

    def _constant(self) -> Node:
        token = self._token
        if token.kind == "number":
            return self._leaf("number", self._advance(), number_in(token))
        if token.kind == "text":
            return self._leaf("text", self._advance(), text_in(token))
        if token.text in ("true", "false"):
            return self._leaf("bool", self._advance(), token.text == "true")
        if token.text != "null":
            self._unexpected("a name or a value")
        return self._leaf("null", self._advance(), None)

    def _list(self) -> Node:
        first = self._expect("[")
        if self._token.text == "]" and self._token.kind == "sign":
            refuse(first.start, self._token.end, "empty_list", "the list is empty", "at least one value")
        parts = [self._listed()]
        while self._take(","):
            parts.append(self._listed())
        return self._node("list", parts, start=first.start, end=self._expect("]").end)

    def _listed(self) -> Node:
        token = self._token
        if token.kind == "name" and token.text not in ("true", "false", "null"):
            refuse(token.start, token.end, "name_in_list", f"'{token.text}' is no constant", "constants only")
        return self._unary() if token.text == "-" and self._after.kind == "number" else self._constant()

    def _nested(self, inner: Callable[[], Node]) -> Node:
        self._nesting += 1
        if self._nesting >= MOST_DEPTH:
            self._too_deep(self._token.start, self._token.end)
        node = inner()
        self._nesting -= 1
        return node

    def _node(self, op: str, parts: list[Node], start: int | None = None, end: int | None = None) -> Node:
        start = parts[0].start if start is None else start
        end = parts[-1].end if end is None else end
        depth = 1 + max(part.depth for part in parts)
        if depth > MOST_DEPTH:
            self._too_deep(start, end)
        return self._counted(Node(op, tuple(parts), None, start, end, depth))

    def _leaf(self, op: str, token: Token, value: Any) -> Node:
        return self._counted(Node(op, (), value, token.start, token.end))

    def _counted(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            refuse(node.start, node.end, "too_many_nodes", f"more than {MOST_NODES} parts", "a simpler condition")
        return node

    def _too_deep(self, start: int, end: int) -> NoReturn:
        refuse(start, end, "too_deep", f"nested deeper than {MOST_DEPTH}", "a flatter condition")

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    @property
    def _after(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def _is_end(self) -> bool:
        return self._token.kind == "end"

    def _is_comparison(self) -> bool:
        return self._token.kind == "sign" and self._token.text in COMPARISONS

    def _advance(self) -> Token:
        token = self._token
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _take(self, sign: str) -> bool:
        taken = self._token.kind == "sign" and self._token.text == sign
        if taken:
            self._advance()
        return taken

    def _expect(self, sign: str) -> Token:
        token = self._token
        if not self._take(sign):
            self._unexpected(f"'{sign}'")
        return token

    def _unexpected(self, expected: str) -> NoReturn:
        token = self._token
        if token.kind == "end":
            refuse(token.start, token.end, "unfinished", "it ends too early", expected)
        meant = self._meant(token)
        said = f"'{meant}'" if meant else expected
        refuse(token.start, token.end, "unexpected", f"'{token.text}' cannot stand here", said, meant)

    def _meant(self, token: Token) -> str:
        """What another language, or a decimal comma, wanted to say."""
        if token.text == "," and self._tokens[self._at - 1].kind == self._after.kind == "number":
            return "."
        meant = FOREIGN.get(token.text.lower(), "") if token.kind == "name" else ""
        return meant if meant != token.text else ""


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from app.domain.nearest import nearest

    folded = {option.lower(): option for option in known}
    return next((folded[near] for near in nearest(name, folded)), "")
