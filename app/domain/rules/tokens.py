"""From text to tokens. Whatever is no token is refused with what was probably meant."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple, NoReturn, get_args

from app.domain.rules.problems import RuleProblem, RuleSyntaxError

MOST_CHARACTERS, MOST_DIGITS, MOST_DECIMALS = 2_000, 15, 6

FOREIGN = {
    "and": "&&", "or": "||", "not": "!", "none": "null", "nil": "null", "null": "null", "true": "true",
    "false": "false", "is": "==", "===": "==", "!==": "!=", "<>": "!=", "=>": ">=", "=<": "<=", "=": "==", "&": "&&", "|": "||",
    "≥": ">=", "≤": "<=", "≠": "!=", "∧": "&&", "∨": "||", "¬": "!", "−": "-", "–": "-", "×": "*", "÷": "/",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "´": "'",
}  # fmt: skip
"""How other languages write what this one writes otherwise."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?[A-Za-z0-9_]*)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<foreign>===|!==|<>|=>|=<|\*\*|//|=~)
    |(?P<sign>\|\||&&|==|!=|<=|>=|[!<>+\-*/()\[\],.])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")


TokenKind = Literal["number", "text", "name", "sign", "end"]
_KINDS: dict[str | None, TokenKind] = {kind: kind for kind in get_args(TokenKind)}


class Token(NamedTuple):
    """A word of the language, with its place in the text."""

    kind: TokenKind
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, with an `end` token last; raises `RuleSyntaxError` at the first character that fits none."""
    if len(text) > MOST_CHARACTERS:
        refuse(MOST_CHARACTERS, len(text), "too_long", f"longer than {MOST_CHARACTERS} characters", "a shorter one")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup == "foreign":
            _no_token(text, at, match.group() if match else text[at])
        at = match.end()
        if kind := _KINDS.get(match.lastgroup):
            found.append(Token(kind, match.group(), match.start(), at))
    found.append(Token("end", "", len(text), len(text)))
    return found


def number_in(token: Token) -> Decimal:
    """The number that a token writes."""
    whole, _, decimals = token.text.partition(".")
    if not (whole + decimals).isdigit():
        refuse(token.start, token.end, "bad_number", f"'{token.text}' is no number", "digits, such as 1000 or 0.25")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        expected = f"at most {MOST_DIGITS} digits before and {MOST_DECIMALS} after the point"
        refuse(token.start, token.end, "too_many_digits", "this number has too many digits", expected)
    return Decimal(token.text)


def text_in(token: Token) -> str:
    """The text that a token quotes."""
    for match in _ESCAPE.finditer(token.text):
        if match[1] not in "\"'\\":
            at = token.start + match.start()
            refuse(at, at + 2, "bad_escape", f"the escape {match[0]} means nothing", "\\\\, \\\" or \\'")
    for at, character in enumerate(token.text, token.start):
        if not character.isprintable():
            refuse(at, at + 1, "bad_character", f"the text holds U+{ord(character):04X}", "characters that can be seen")
    return _ESCAPE.sub(r"\1", token.text[1:-1])


def refuse(start: int, end: int, code: str, message: str, expected: str, nearest: str = "") -> NoReturn:
    """Raise the error of a text that is no expression."""
    raise RuleSyntaxError(RuleProblem(start, end, code, message, expected, nearest))


def _no_token(text: str, at: int, found: str) -> NoReturn:
    if found in "\"'":
        refuse(at, len(text), "open_text", "this text is not closed", f"a closing {found} on the same line")
    meant = FOREIGN.get(found, "")
    shown = found if found.isprintable() else f"U+{ord(found):04X}"
    expected = f"'{meant}'" if meant else "an operator, a name or a value"
    refuse(at, at + len(found), "unknown_sign", f"'{shown}' means nothing here", expected, meant)
