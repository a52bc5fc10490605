"""`python -m tools.promises` writes what clients may count on within `/v1` to tests/contract/promised.json; a release does so.

Between two releases the API only grows: what was given stays, and nothing is demanded that was not. What breaks that is found by comparing
the OpenAPI document with what was promised. Additions are no break, and become promises with the next release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from app.main import application
from app.settings import Settings

FILE = Path(__file__).parents[1] / "tests" / "contract" / "promised.json"

Json = Mapping[str, Any]

LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
EXACT = ("pattern", "format", "const", "uniqueItems")


class Promises(NamedTuple):
    """What the API gives, a sentence each; and what it demands of requests: place and keyword → bound."""

    gives: frozenset[str]
    needs: Mapping[str, Any]

    def as_json(self) -> str:
        """As it is kept."""
        return json.dumps({"gives": sorted(self.gives), "needs": dict(sorted(self.needs.items()))}, indent=1) + "\n"


def promised() -> Promises:
    """What the last release promised."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Promises(frozenset(kept["gives"]), kept["needs"])


def promises_of(document: Json) -> Promises:
    """What an OpenAPI document promises."""
    gives: set[str] = set()
    needs: dict[str, Any] = {}
    schemas = document["components"]["schemas"]
    sent, answered = set[str](), set[str]()
    for method, path, operation in _operations(document):
        name = operation["operationId"]
        scope = "".join(operation.get("x-required-scopes", ["nothing"]))
        gives.add(f"{name} is {method.upper()} {path}, for {scope}")
        for parameter in operation.get("parameters", ()):
            place = f"{name}({parameter['name']})"
            gives.add(f"{place} is taken in the {parameter['in']}")
            _add(place, parameter["schema"], gives, needs)
            if parameter.get("required") and parameter["in"] != "path":
                needs[f"{place} required"] = True
        body = operation.get("requestBody", {})
        if body.get("required"):
            needs[f"{name}(body) required"] = True
        for media_type, content in body.get("content", {}).items():
            gives.add(f"{name} reads {media_type}: {_kind(content['schema'])}")
            sent |= _reached(content["schema"], schemas)
        for status, answer in operation["responses"].items():
            for media_type, content in answer.get("content", {}).items():
                gives.add(f"{name} answers {status} {media_type}: {_kind(content['schema'])}")
                answered |= _reached(content["schema"], schemas)
    for name, schema in schemas.items():
        demands: dict[str, Any] = {}
        _add(name, schema, gives, demands)
        if name in sent:
            needs |= demands
            needs |= {f"{name}.{member} required": True for member in schema.get("required", ())}
        if name in answered:
            gives |= {f"{name}.{member} is always there" for member in schema.get("required", ())}
    return Promises(frozenset(gives), needs)


def breaks(before: Promises, after: Promises) -> list[str]:
    """What of the promises is not kept any more."""
    gone = [f"no longer: {line}" for line in sorted(before.gives - after.gives)]
    new = [
        f"demanded: {place} {bound}" for place, bound in sorted(after.needs.items()) if not _was(place, bound, before)
    ]
    return gone + new


def _was(place: str, bound: Any, before: Promises) -> bool:
    """Whether a demand was made before, or is of something that was not there; a looser bound than before is none."""
    operation, is_of_operation, _ = place.partition("(")
    if is_of_operation and not any(line.startswith(f"{operation} is ") for line in before.gives):
        return True
    subject, _, keyword = place.rpartition(" ")
    if place in before.needs:
        former = before.needs[place]
        return bound <= former if keyword in LEAST else bound >= former if keyword in MOST else bool(bound == former)
    is_known = any(line.startswith((f"{subject}:", f"{subject} ")) for line in before.gives)
    return not is_known and keyword != "required"


def _add(place: str, schema: Json, gives: set[str], needs: dict[str, Any]) -> None:
    """What a schema says of a place, of its members, and of the items of lists."""
    gives.add(f"{place}: {_kind(schema)}")
    gives.update(f"{place} may be {json.dumps(value)}" for value in schema.get("enum", ()))
    needs.update({f"{place} {keyword}": schema[keyword] for keyword in (*LEAST, *MOST, *EXACT) if keyword in schema})
    if schema.get("additionalProperties") is False:
        needs[f"{place} closed"] = True
    if "items" in schema:
        _add(f"{place}[]", schema["items"], gives, needs)
    for member, inner in schema.get("properties", {}).items():
        _add(f"{place}.{member}", inner, gives, needs)


def _kind(schema: Json) -> str:
    """The type of a schema, or the name of what it refers to."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(sorted(map(_kind, schema["anyOf"])))
    return str(schema.get("type", "anything"))


def _reached(schema: Json, schemas: Json) -> set[str]:
    """The names of the schemas that a schema uses."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        for name in set(_named(waiting.pop())) - found:
            found.add(name)
            waiting.append(schemas[name])
    return found


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for member in value.values():
            yield from _named(member)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


if __name__ == "__main__":
    FILE.write_text(promises_of(application(Settings()).openapi()).as_json(), encoding="utf-8")
