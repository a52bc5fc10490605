"""What an OpenAPI document has to keep to, rule by rule: each tells where it is not kept.

The meta-schema says what a document may hold; these say what clients, generators and readers of this one count on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import yaml
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

Json = dict[str, Any]
Rule = Callable[[Json], Iterator[str]]

PROBLEM = "application/problem+json"
MERGE_PATCH = "application/merge-patch+json"

SUCCESS = ("200", "201", "202", "204")


def findings(document: Json) -> list[str]:
    """Everything that is wrong, with its rule and place."""
    return [f"{rule.__name__.replace('_', '-')}: {place}" for rule in RULES for place in rule(document)]


def fits_the_meta_schema(document: Json) -> Iterator[str]:
    """It is OpenAPI 3.1."""
    for error in OPENAPI_31_VALIDATOR.iter_errors(document):
        yield "/".join(map(str, error.instance_path))


def schemas_are_schemas(document: Json) -> Iterator[str]:
    """Every schema is JSON Schema 2020-12."""
    for place, schema in _schemas(document):
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError:
            yield place


def references_lead_somewhere(document: Json) -> Iterator[str]:
    """And every component is referred to."""
    targets = {node["$ref"] for _, node in _nodes(document) if isinstance(node.get("$ref"), str)}
    known = {f"#/components/{kind}/{name}" for kind in _REFERRED for name in document["components"][kind]}
    yield from sorted(targets ^ known)


_REFERRED = ("schemas", "responses", "headers", "examples")


def components_are_named_in_one_way(document: Json) -> Iterator[str]:
    """Schemas and responses in CamelCase, without the name of the module that they come from."""
    for kind in ("schemas", "responses"):
        for name in document["components"][kind]:
            if not re.fullmatch("([A-Z][a-z0-9]+)+", name):
                yield f"components/{kind}/{name}"


def operations_have_names(document: Json) -> Iterator[str]:
    """In snake_case, each once."""
    ids = Counter(operation.get("operationId", "") for _, operation in _operations(document))
    yield from (id_ for id_, count in ids.items() if count > 1 or not re.fullmatch("[a-z]+(_[a-z]+)+", id_))


def operations_are_told(document: Json) -> Iterator[str]:
    """With a summary that is no sentence, a description, one tag that is described."""
    described = {tag["name"] for tag in document["tags"] if tag.get("description")}
    for place, operation in _operations(document):
        summary = operation.get("summary", "")
        if not summary or summary.endswith(".") or not operation.get("description"):
            yield place
        if len(operation.get("tags", ())) != 1 or not set(operation["tags"]) <= described:
            yield place


def tags_are_used(document: Json) -> Iterator[str]:
    """Each by some operation."""
    used = {tag for _, operation in _operations(document) for tag in operation.get("tags", ())}
    yield from (tag["name"] for tag in document["tags"] if tag["name"] not in used)


def access_is_said(document: Json) -> Iterator[str]:
    """Whether a credential is needed, which scope, and how its absence is answered."""
    for place, operation in _operations(document):
        security, scopes = operation.get("security"), operation.get("x-required-scopes", [])
        needs = bool(security)
        if security is None or needs != bool(scopes) or needs != ({"401", "403", "429"} <= set(operation["responses"])):
            yield place


def paths_are_plain(document: Json) -> Iterator[str]:
    """In kebab-case without a slash at the end; what is in braces is a parameter, and required."""
    for path, methods in document["paths"].items():
        if not re.fullmatch(r"/|(/([a-z0-9.-]+|\{[a-z_]+\}))+", path):
            yield path
        for method, operation in methods.items():
            said = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "path" and p["required"]}
            if said != set(re.findall(r"\{([a-z_]+)\}", path)):
                yield f"{method} {path}"


def parameters_are_told(document: Json) -> Iterator[str]:
    """Each has a meaning, a schema of one type, and its own place; query parameters are in snake_case."""
    for place, operation in _operations(document):
        parameters = operation.get("parameters", ())
        if len({(p["name"], p["in"]) for p in parameters}) < len(parameters):
            yield place
        for parameter in parameters:
            plain = parameter["in"] == "header" or re.fullmatch("[a-z_]+", parameter["name"])
            if not plain or not parameter.get("description") or "type" not in parameter["schema"]:
                yield f"{place}/{parameter['name']}"


def answers_are_told(document: Json) -> Iterator[str]:
    """Each has a meaning; one succeeds; 204 and 304 have no body, all else has; failures are problem documents."""
    for place, operation in _operations(document):
        answers = {status: _resolved(document, answer) for status, answer in operation["responses"].items()}
        if not set(answers) & set(SUCCESS):
            yield place
        for status, answer in answers.items():
            content = answer.get("content", {})
            empty = status in ("204", "304")
            if not answer["description"] or bool(content) == empty or (set(content) == {PROBLEM}) != (status >= "400"):
                yield f"{place}/{status}"


def contents_have_examples(document: Json) -> Iterator[str]:
    """Every body that is sent or answered has one at least, and all that are shown are valid."""
    for place, content in _contents(document):
        examples = [_meant(place, _resolved(document, one)["value"]) for one in content.get("examples", {}).values()]
        schema = {**content["schema"], "components": document["components"]}
        binary = content["schema"].get("format") == "binary"
        if not examples or any(not binary and _is_wrong(schema, one) for one in examples):
            yield place


def _meant(place: str, value: Any) -> Any:
    """What an example says: YAML stands in it as text."""
    return yaml.safe_load(value) if place.endswith("yaml") and isinstance(value, str) else value


def defaults_are_valid(document: Json) -> Iterator[str]:
    """What is taken where nothing is said could be said."""
    for place, node in _nodes(document):
        if isinstance(node.get("default", {}), dict) and "type" not in node.get("default", {}):
            continue
        if "default" in node and _is_wrong({**node, "components": document["components"]}, node["default"]):
            yield place


def what_may_be_left_out_is_never_null(document: Json) -> Iterator[str]:
    """Generators stumble on it. Members of merge patches alone may be both: there null takes something away."""
    patches = {
        operation["requestBody"]["content"][MERGE_PATCH]["schema"].get("$ref", "").rpartition("/")[2]
        for _, operation in _operations(document)
        if MERGE_PATCH in operation.get("requestBody", {}).get("content", {})
    }
    for name, schema in document["components"]["schemas"].items():
        for place, node in () if name in patches else _nodes(schema, name):
            for member, said in node.get("properties", {}).items():
                if {"type": "null"} in said.get("anyOf", ()) and member not in node.get("required", ()):
                    yield f"{place}/{member}"
    for place, operation in _operations(document):
        yield from (f"{place}/{p['name']}" for p in operation.get("parameters", ()) if "anyOf" in p["schema"])


def what_is_made_can_be_read(document: Json) -> Iterator[str]:
    """Whoever is told 201 or 202 finds a link to what reads it, whose parameters are all given."""
    reads = {
        operation["operationId"]: {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        for place, operation in _operations(document)
        if place.startswith("get ")
    }
    for place, operation in _operations(document):
        for status in ("201", "202"):
            if status in operation["responses"]:
                links = operation["responses"][status].get("links", {}).values()
                if not links or any(set(link["parameters"]) != reads.get(link["operationId"]) for link in links):
                    yield f"{place}/{status}"


def headers_follow_from_answers(document: Json) -> Iterator[str]:
    """304, 412, 428, replays and jobs come of headers: where an answer is possible its header is told, and the other way round."""
    for place, operation in _operations(document):
        method = place.split()[0]
        names = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
        answers = operation["responses"]
        if (
            ("If-None-Match" in names) != ("304" in answers or (method == "put" and {"201", "412"} <= set(answers)))
            or ("If-Match" in names) != ("412" in answers)
            or ("Prefer" in names) != ("202" in answers)
            or ("Idempotency-Key" in names) != (method in ("post", "patch") and "409" in answers)
        ):
            yield place


def patches_are_patches(document: Json) -> Iterator[str]:
    """PATCH reads patches and nothing else."""
    for place, operation in _operations(document):
        if place.startswith("patch "):
            read = set(operation["requestBody"]["content"])
            if MERGE_PATCH not in read or not read <= {MERGE_PATCH, "application/json-patch+json"}:
                yield place


def lists_are_pages(document: Json) -> Iterator[str]:
    """Whatever takes a cursor answers with the envelope of lists."""
    for place, operation in _operations(document):
        if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
            schema = _resolved(document, operation["responses"]["200"]["content"]["application/json"]["schema"])
            if not {"items", "self", "first", "next", "prev", "total"} <= set(schema["properties"]):
                yield place


RULES: tuple[Rule, ...] = (
    fits_the_meta_schema,
    schemas_are_schemas,
    references_lead_somewhere,
    components_are_named_in_one_way,
    operations_have_names,
    operations_are_told,
    tags_are_used,
    access_is_said,
    paths_are_plain,
    parameters_are_told,
    answers_are_told,
    contents_have_examples,
    defaults_are_valid,
    what_may_be_left_out_is_never_null,
    what_is_made_can_be_read,
    headers_follow_from_answers,
    patches_are_patches,
    lists_are_pages,
)


def _operations(document: Json) -> Iterator[tuple[str, Json]]:
    """`get /v1/me` and the operation there."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def _contents(document: Json) -> Iterator[tuple[str, Json]]:
    """Every body that is sent or answered, with its place."""
    for place, operation in _operations(document):
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{place}/{media_type}", content
        for status, answer in operation["responses"].items():
            for media_type, content in answer.get("content", {}).items():
                yield f"{place}/{status}/{media_type}", content
    for name, answer in document["components"]["responses"].items():
        for content in answer["content"].values():
            yield f"components/responses/{name}", content


def _schemas(document: Json) -> Iterator[tuple[str, Json]]:
    for name, schema in document["components"]["schemas"].items():
        yield f"components/schemas/{name}", schema
    for place, content in _contents(document):
        yield place, content["schema"]
    for place, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            yield f"{place}/{parameter['name']}", parameter["schema"]


def _nodes(value: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every object with its place; of examples only what they refer to."""
    if isinstance(value, dict):
        yield path, value
        for name, member in value.items():
            if name != "examples" or "schema" not in value:
                yield from _nodes(member, f"{path}/{name}")
            elif isinstance(member, dict):
                yield from (
                    (f"{path}/{name}", one) for one in member.values() if isinstance(one, dict) and "$ref" in one
                )
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _nodes(member, f"{path}/{place}")


def _resolved(document: Json, node: Json) -> Json:
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    found: Json = document["components"][kind][name]
    return found


def _is_wrong(schema: Json, value: Any) -> bool:
    return not jsonschema.Draft202012Validator(schema).is_valid(value)
