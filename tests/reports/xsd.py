"""What an XML Schema says of a document, for the part of the language that the JUnit schema is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_XS = "{http://www.w3.org/2001/XMLSchema}"
_STRING = "xs:string"


class Schema:
    """Elements with their attributes and the order of their children; texts with a pattern."""

    def __init__(self, path: Path) -> None:
        root = ElementTree.parse(path).getroot()
        self._elements = {e.get("name", ""): e for e in root.findall(f"{_XS}element")}
        self._types = {t.get("name", ""): t for t in root if t.tag in (f"{_XS}simpleType", f"{_XS}complexType")}

    def problems(self, element: Element) -> Iterator[str]:
        """Everything about an element and those within it that the schema does not allow."""
        declared = self._elements.get(element.tag)
        if declared is None:
            yield f"<{element.tag}> is not declared"
            return
        kind = declared.find(f"{_XS}complexType")
        if kind is None:
            yield from (f"<{element.tag}> has <{child.tag}>, holds text only" for child in element)
            return
        yield from self._attributes(element, kind)
        children = "".join(f"<{child.tag}>" for child in element)
        if not re.fullmatch(self._model(kind), children):
            yield f"<{element.tag}> holds {children}"
        if kind.get("mixed") != "true" and (element.text or "").strip():
            yield f"<{element.tag}> holds text"
        for child in element:
            yield from self.problems(child)

    def _attributes(self, element: Element, kind: Element) -> Iterator[str]:
        known = {a.get("name", ""): a for a in kind.iter(f"{_XS}attribute")}
        yield from (f"<{element.tag}> has an attribute {name}" for name in element.attrib if name not in known)
        for name, attribute in known.items():
            value = element.get(name)
            if value is None:
                if attribute.get("use") == "required":
                    yield f"<{element.tag}> lacks {name}"
            elif (named := attribute.get("type", _STRING)) != _STRING:
                pattern = next(self._types[named].iter(f"{_XS}pattern")).get("value", "")
                if not re.fullmatch(pattern, value):
                    yield f"{name}={value!r} does not fit {pattern}"

    def _model(self, particle: Element) -> str:
        """The children of a particle as a regular expression over their tags."""
        tags = (f"{_XS}sequence", f"{_XS}choice", f"{_XS}element")
        parts = [self._model(child) for child in particle if child.tag in tags]
        if particle.tag == f"{_XS}element":
            return f"(?:<{particle.get('ref') or particle.get('name')}>){_times(particle)}"
        joined = ("|" if particle.tag == f"{_XS}choice" else "").join(parts)
        return f"(?:{joined}){_times(particle)}"


def _times(particle: Element) -> str:
    least, most = particle.get("minOccurs", "1"), particle.get("maxOccurs", "1")
    return {("0", "1"): "?", ("0", "unbounded"): "*", ("1", "unbounded"): "+"}.get((least, most), "")
