"""A condition in plain words, English and German: operators by templates, fields by their labels, negation kept.

Denials are carried down to the fields (`!(a && b)` reads "no a or no b"), which Kleene logic allows; brackets keep
groups apart. A quantity reads "largest accelerator: above 1", a count "more than 5 components in the plan".
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.findings import Condition
from app.domain.rules.said import said_number, said_value
from app.domain.rules.schema import FactKind
from app.domain.rules.syntax import parse
from app.domain.rules.tree import ARITHMETIC, COMPARISONS, Node, tightness
from app.domain.rules.types import is_number
from app.domain.terms import Language

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

SAID: dict[Language, dict[str, str]] = {
    "en": {
        "and": "and", "or": "or", "neither": "neither", "nor": "nor", "not": "not",
        "<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly", "!=": "other than",
        "count <": "fewer than {} {}", "count <=": "at most {} {}", "count >": "more than {} {}",
        "count >=": "at least {} {}", "count ==": "exactly {} {}", "count !=": "not {} {}",
        "no": "no {}", "some": "some {}",
        "+": "plus", "-": "minus", "*": "times", "/": "divided by", "neg": "minus",
        "gone": "{} is missing", "there": "{} is known",
        "gone_clause": "“{}” is not known", "there_clause": "“{}” is known",
        "just_as": "{} exactly if {}", "unlike": "either {} or {}, not both",
        "same": "{} is the same as {}", "different": "{} is not the same as {}",
        "startsWith": "{} begins with {}", "endsWith": "{} ends with {}", "contains": "{} has {} in it",
        "!startsWith": "{} does not begin with {}", "!endsWith": "{} does not end with {}",
        "!contains": "{} does not have {} in it", "quoted": "“{}”",
        "unsure": "it cannot be said whether this holds: {}", "lacking": "missing: {}",
    },
    "de": {
        "and": "und", "or": "oder", "neither": "weder", "nor": "noch", "not": "nicht",
        "<": "unter", "<=": "höchstens", ">": "über", ">=": "mindestens", "==": "genau", "!=": "ungleich",
        "count <": "weniger als {} {}", "count <=": "höchstens {} {}", "count >": "mehr als {} {}",
        "count >=": "mindestens {} {}", "count ==": "genau {} {}", "count !=": "nicht {} {}",
        "no": "keinerlei {}", "some": "mehr als 0 {}",
        "+": "plus", "-": "minus", "*": "mal", "/": "geteilt durch", "neg": "minus",
        "gone": "{} fehlt", "there": "{} ist bekannt",
        "gone_clause": "„{}“ ist nicht bekannt", "there_clause": "„{}“ ist bekannt",
        "just_as": "{} genau dann, wenn gilt: {}", "unlike": "entweder {} oder {}, nicht beides",
        "same": "{} stimmt überein mit {}", "different": "{} stimmt nicht überein mit {}",
        "startsWith": "{} beginnt mit {}", "endsWith": "{} endet mit {}", "contains": "{} enthält {}",
        "!startsWith": "{} beginnt nicht mit {}", "!endsWith": "{} endet nicht mit {}",
        "!contains": "{} enthält nicht {}", "quoted": "„{}“",
        "unsure": "ob dies gilt, ist nicht zu sagen: {}", "lacking": "es fehlt: {}",
    },
}  # fmt: skip
"""How operators are said."""


def in_words(node: Node, kind: FactKind, language: Language) -> str:
    """A checked condition in plain words, without capital letter and full stop."""
    return _Teller(kind, language).truth(node)


def told(condition: Condition, kind: FactKind, language: Language) -> str:
    """A sub-condition that decided, with the values that it read: as it holds, as it fails, or why nobody can say."""
    teller = _Teller(kind, language)
    node = parse(condition.expression)
    words = teller.truth(node, denied=condition.holds is False)
    if condition.holds is None:
        words = teller.said["unsure"].format(words)
    remark = teller.remark(condition, node)
    return f"{words} ({remark})" if remark else words


class _Teller:
    """Tells trees of one fact kind in one language."""

    def __init__(self, kind: FactKind, language: Language) -> None:
        self._kind, self._language = kind, language
        self.said = SAID[language]

    def truth(self, node: Node, *, denied: bool = False, within: bool = False) -> str:
        if node.op == "not":
            return self.truth(node.parts[0], denied=not denied, within=within)
        if node.op in ("and", "or"):
            parts = [self.truth(part, denied=denied, within=True) for part in node.parts]
            whole = self._joined(parts, "and" if (node.op == "and") is not denied else "or")
            return f"({whole})" if within else whole
        if node.op in COMPARISONS:
            return self._comparison(node, OPPOSITE[node.op] if denied else node.op)
        if node.op == "in":
            return self._membership(node, denied)
        if node.op == "name":
            field = self._kind.fields[node.value]
            return (field.denials if denied else field.labels)[self._language]
        field_, said = node.parts
        return self.said[("!" if denied else "") + node.op].format(self._label(field_), self._word(field_, said.value))

    def remark(self, condition: Condition, node: Node) -> str:
        """The values behind a sub-condition that its words do not tell already."""
        fields = self._kind.fields
        lacking = [name for name, value in condition.value.items() if value is None]
        if condition.holds is None:
            told_already = len(condition.value) == 1 and fields[next(iter(condition.value))].type == "bool"
            names = [] if told_already else [fields[name].labels[self._language] for name in lacking]
            return self.said["lacking"].format(", ".join(names)) if names else ""
        shown = {
            name: said_value(fields[name], value, self._language)
            for name, value in condition.value.items()
            if value is not None and fields[name].type != "bool"
        }
        told_already = node.op == "==" and condition.holds and not fields[next(iter(condition.value))].is_number
        if not shown or told_already:
            return ""
        if len(shown) == 1:
            return next(iter(shown.values()))
        return ", ".join(f"{fields[name].labels[self._language]} {value}" for name, value in shown.items())

    def _comparison(self, node: Node, op: str) -> str:
        left, right = node.parts
        if not right.parts and right.op != "name":
            return self._with_constant(left, op, right)
        if not left.parts and left.op != "name":
            return self._with_constant(right, MIRRORED[op], left)
        if is_number(left, self._kind):
            return self._numbers(left, op, right)
        if self._is_word(left):
            return self.said["same" if op == "==" else "different"].format(self._label(left), self._label(right))
        sides = self.truth(left, within=True), self.truth(right, within=True)
        return self.said["just_as" if op == "==" else "unlike"].format(*sides)

    def _with_constant(self, left: Node, op: str, constant: Node) -> str:
        if constant.op == "null":
            return self._null_test(left, gone=op == "==")
        if constant.op == "bool":
            return self.truth(left, denied=constant.value is not (op == "=="), within=True)
        if constant.op == "text":
            word = self._word(left, constant.value)
            return f"{self._label(left)}: {word if op == '==' else self.said['not'] + ' ' + word}"
        if left.op == "name" and self._kind.fields[left.value].type == "int":
            return self._count(left, op, constant)
        return self._numbers(left, op, constant)

    def _count(self, name: Node, op: str, constant: Node) -> str:
        label, number = self._label(name), constant.value
        if number == 0 and op in ("==", "<="):
            return self.said["no"].format(label)
        if (op, number) in ((">", 0), ("!=", 0), (">=", 1)):
            return self.said["some"].format(label)
        return self.said[f"count {op}"].format(said_number(number, self._language), label)

    def _null_test(self, name: Node, *, gone: bool) -> str:
        clause = "_clause" if self._kind.fields[name.value].type == "bool" else ""
        return self.said[("gone" if gone else "there") + clause].format(self._label(name))

    def _membership(self, node: Node, denied: bool) -> str:
        left, options = node.parts[0], node.parts[1].parts
        if is_number(left, self._kind):
            percent = self._is_share(left)
            words = [self._reckoned(option, percent) for option in options]
            name = self._reckoned(left, percent)
        else:
            words, name = [self._word(left, option.value) for option in options], self._label(left)
        return f"{name}: {self._none_of(words) if denied else self._listed(words, 'or')}"

    def _none_of(self, words: Sequence[str]) -> str:
        if len(words) == 1:
            return f"{self.said['not']} {words[0]}"
        return f"{self.said['neither']} " + f" {self.said['nor']} ".join(words)

    def _numbers(self, left: Node, op: str, right: Node) -> str:
        percent = self._is_share(left) or self._is_share(right)
        return f"{self._reckoned(left, percent)}: {self.said[op]} {self._reckoned(right, percent)}"

    def _reckoned(self, node: Node, percent: bool) -> str:
        """A number; its constants in percent where it is a share, but for factors and divisors."""
        if node.op == "number":
            return said_number(node.value, self._language, percent=percent)
        if node.op == "name":
            return self._label(node)
        if node.op == "neg":
            return f"{self.said['neg']} {self._within(node.parts[0], node, percent)}"
        left, right = node.parts
        factor = node.op in ("*", "/") and percent
        sides = (
            self._within(left, node, percent and not (factor and left.op == "number")),
            self._within(right, node, percent and not (factor and right.op == "number"), right=True),
        )
        return f"{sides[0]} {self.said[node.op]} {sides[1]}"

    def _within(self, part: Node, whole: Node, percent: bool, *, right: bool = False) -> str:
        words = self._reckoned(part, percent)
        return f"({words})" if tightness(part) < tightness(whole) + right else words

    def _is_share(self, node: Node) -> bool:
        """Whether a number is a part of a whole: a share, sums of shares, or a multiple of one."""
        if node.op == "name":
            return self._kind.fields[node.value].unit == "share"
        if node.op == "*":
            return sum(self._is_share(part) for part in node.parts) == 1
        if node.op == "/":
            return self._is_share(node.parts[0]) and not self._is_share(node.parts[1])
        return node.op in ("neg", *ARITHMETIC) and any(self._is_share(part) for part in node.parts)

    def _is_word(self, node: Node) -> bool:
        return node.op == "name" and self._kind.fields[node.value].type in ("text", "enum")

    def _label(self, name: Node) -> str:
        return self._kind.fields[name.value].labels[self._language]

    def _word(self, name: Node, word: str) -> str:
        said = self._kind.fields[name.value].said.get(self._language, {})
        return said.get(word) or self.said["quoted"].format(word)

    def _joined(self, parts: Sequence[str], last: str) -> str:
        """Conditions in a row; by semicolons where a comma would be misread."""
        if not any(mark in part for part in parts for mark in (",", ":", ";")):
            return self._listed(parts, last)
        return f"{'; '.join(parts[:-1])}; {self.said[last]} {parts[-1]}"

    def _listed(self, words: Sequence[str], last: str) -> str:
        if len(words) == 1:
            return words[0]
        return f"{', '.join(words[:-1])} {self.said[last]} {words[-1]}"
