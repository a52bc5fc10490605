"""The page at `/docs`: the OpenAPI document as people read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from app.web.pages.layout import Page, phrase, prose

Json = Mapping[str, Any]


def reference_page(document: Json) -> Page:
    """Every operation by tag, then every schema."""
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    parts = [
        f'<p class="soft">Version {escape(document["info"]["version"])} · <a href="/openapi.json">openapi.json</a></p>',
        prose(document["info"]["description"]),
        _contents(operations),
    ]
    for tag in document["tags"]:
        tagged = [one for one in operations if tag["name"] in one[2]["tags"]]
        parts.append(f'<h2 id="{tag["name"]}">{escape(tag["name"])}</h2>{prose(tag["description"])}')
        parts += [_operation(*one, document) for one in tagged]
    parts.append('<h2 id="schemas-by-name">Schemas</h2>')
    parts += [_schema(name, schema) for name, schema in document["components"]["schemas"].items()]
    return Page("Concord's HTTP API", "\n".join(parts))


def _contents(operations: list[tuple[str, str, Json]]) -> str:
    entries = [
        f'<li><a href="#{operation["operationId"]}"><code>{method.upper()} {escape(path)}</code></a></li>'
        for path, method, operation in operations
    ]
    return f'<nav aria-label="Operations"><ul>{"".join(entries)}</ul></nav>'


def _operation(path: str, method: str, operation: Json, document: Json) -> str:
    heading = f'<h3 id="{operation["operationId"]}"><span class="method">{method.upper()}</span><code>{escape(path)}</code></h3>'
    return heading + "".join(
        [
            prose(f"**{operation['summary']}.** {_beyond_summary(operation)}"),
            _parameters(operation.get("parameters", [])),
            _body(operation.get("requestBody")),
            _answers(operation["responses"], document["components"]["responses"]),
        ]
    )


def _beyond_summary(operation: Json) -> str:
    description: str = operation["description"]
    return description.removeprefix(operation["summary"]).lstrip(". ")


def _parameters(parameters: list[Json]) -> str:
    rows = [
        f"<tr><td><code>{escape(parameter['name'])}</code></td><td>{_type(parameter['schema'])}</td>"
        f"<td>{phrase(parameter.get('description', ''))}</td></tr>"
        for parameter in parameters
    ]
    return f"<table><tr><th>parameter</th><th>type</th><th>meaning</th></tr>{''.join(rows)}</table>" if rows else ""


def _body(body: Json | None) -> str:
    if body is None:
        return ""
    types = ", ".join(f"<code>{escape(media_type)}</code>" for media_type in body["content"])
    examples = "".join(_example(f"Body as {media_type}", content) for media_type, content in body["content"].items())
    return f"<p>Body: {phrase(body['description'])} {types}</p>{examples}"


def _answers(answers: Json, named: Json) -> str:
    rows, examples = [], []
    for status, referred in answers.items():
        answer = named[referred["$ref"].rpartition("/")[2]] if "$ref" in referred else referred
        schemas = {_type(content["schema"]) for content in answer.get("content", {}).values()}
        rows.append(
            f"<tr><td>{status}</td><td>{' or '.join(sorted(schemas))}</td><td>{phrase(answer['description'])}</td></tr>"
        )
        if status == "200":
            examples += [
                _example("Answer", content)
                for media, content in answer.get("content", {}).items()
                if "html" not in media
            ]
    table = f"<details><summary>Answers</summary><table>{''.join(rows)}</table></details>"
    return "".join(examples) + table


def _example(title: str, content: Json) -> str:
    return "".join(
        f"<details><summary>{escape(title)}: example{_said(example)}</summary>"
        f"<pre><code>{escape(_written(example['value']))}</code></pre></details>"
        for example in content.get("examples", {}).values()
    )


def _said(example: Json) -> str:
    return f" ({escape(example['summary'])})" if "summary" in example else ""


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)


def _schema(name: str, schema: Json) -> str:
    required = schema.get("required", [])
    rows = [
        f"<tr><td><code>{escape(member)}</code>{'' if member in required else ' <span class=soft>optional</span>'}</td>"
        f"<td>{_type(inner)}</td><td>{phrase(inner.get('description', ''))}</td></tr>"
        for member, inner in schema.get("properties", {}).items()
    ]
    table = f"<table>{''.join(rows)}</table>" if rows else ""
    return f'<h3 id="schema-{name}">{escape(name)}</h3>{prose(schema.get("description", ""))}{table}'


def _type(schema: Json) -> str:
    return " or ".join(_types(schema))


def _types(schema: Json) -> Iterator[str]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        yield f'<a href="#schema-{name}">{escape(name)}</a>'
    elif "anyOf" in schema:
        for inner in schema["anyOf"]:
            yield from _types(inner)
    elif "enum" in schema:
        yield ", ".join(f"<code>{escape(json.dumps(value))}</code>" for value in schema["enum"])
    elif "const" in schema:
        yield f"<code>{escape(json.dumps(schema['const']))}</code>"
    elif schema.get("type") == "array":
        yield f"list of {_type(schema.get('items', {}))}"
    elif isinstance(schema.get("additionalProperties"), Mapping):
        yield f"object of {_type(schema['additionalProperties'])}"
    else:
        yield escape(schema.get("format", schema.get("type", "anything")))
