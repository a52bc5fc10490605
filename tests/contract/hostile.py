"""Requests as nobody should send them: bodies that are broken, of other types, too deep, too long or too clever; hostile names in paths;
parameters and headers that make no sense. The same ones each time."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from app.web.body import CSV, FORM, XLSX, YAML, ZIP
from tests.contract.the_document import Operation

MEBI = 2**20


class Hostile(NamedTuple):
    """What is wrong, and the request: more of the address, headers, a body; `path` replaces names in the operation's path."""

    what: str
    body: bytes | None = None
    headers: Mapping[str, str | bytes] = {}
    query: str = ""
    path: str | None = None


BROKEN_JSON: dict[str, bytes] = {
    "nothing": b"",
    "a blank": b" \n",
    "a NUL": b"\0",
    "cut off": b'{"a": 1,',
    "two values": b'{"a": 1} {"b": 2}',
    "a comma too many": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "a comment": b'{"a": 1} // one',
    "no UTF-8": b'{"a": "\xff\xfe"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a mark of byte order": b'\xef\xbb\xbf{"a": 1}',
    "raw surrogates": b'{"a": "\xed\xa0\x80"}',
    "overlong UTF-8": b'{"a": "\xc0\x80"}',
    "a lone surrogate": rb'{"name": "\ud800", "key": "\udfff"}',
    "surrogates the wrong way round": rb'{"name": "\udc00\ud800"}',
    "a NUL in a text": rb'{"name": "a\u0000b", "key": "\u0000"}',
    "a NUL in a name": rb'{"a\u0000b": 1}',
    "NaN": b'{"weight": NaN}',
    "Infinity": b'{"weight": -Infinity}',
    "an overflow": b'{"weight": 1e999}',
    "an underflow": b'{"weight": 1e-999}',
    "many digits": b'{"weight": ' + b"9" * 5_000 + b"}",
    "a long exponent": b'{"weight": 1e' + b"1" * 100_000 + b"}",
    "twice the same": b'{"key": "a", "key": "b"}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b"[" * 40 + b"]" * 40,
    "many values": b"[" + b"1," * 100_001 + b"1]",
    "many members": b"{" + b",".join(b'"k%d": 1' % n for n in range(50_000)) + b"}",
    "a long name": b'{"' + b"k" * MEBI + b'": 1}',
    "a long text": b'{"name": "' + b"x" * MEBI + b'"}',
    "a control character": b'{"name": "a\x01b"}',
    "an escape that is none": rb'{"name": "\x41"}',
    "XML": b"<a/>",
    "a form": b"name=a&key=b",
}
BROKEN_YAML: dict[str, bytes] = {
    "a tab": b"a:\n\tb: 1",
    "a tag": b"!!python/object/apply:os.system ['true']",
    "a tag of a member": b"name: !!binary aGk=",
    "itself in itself": b"&a [*a]",
    "laughs": b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c, *%c]\n" % (98 + n, 98 + n, 97 + n, 97 + n, 97 + n) for n in range(20)),
    "an alias of nothing": b"a: *b",
    "two documents": b"a: 1\n---\nb: 2",
    "a merge": b"a: &a {b: 1}\nc: {<<: *a}",
    "a key that is a list": b"? [a, b]\n: 1",
    "a key that is an object": b"? {a: 1}\n: 1",
    "an octal number": b"weight: 0o17",
    "a date": b"name: 2026-01-01",
    "infinity": b"weight: .inf",
    "no number": b"weight: .nan",
    "sexagesimal": b"weight: 1:30:00",
    "a directive": b"%YAML 9.9\n---\na: 1",
    "deep dashes": b"- " * 100_000,
    "deep braces": b"{a: " * 100_000,
    "a block without an end": b"a: |\n" + b" x\n" * 100_000,
    "anchors": b"&" * 100_000,
    "an escape of a surrogate": b'name: "\\ud800"',
    "twice the same": b"key: a\nkey: b",
}  # fmt: skip
BROKEN_CSV: dict[str, bytes] = {
    "quotes": b'"' * 100_000,
    "commas": b"," * 1_000_000,
    "a NUL": b"key\0,name\n",
    "no UTF-8": b"key,name\n\xff,\xfe\n",
    "rows": b"key\n" + b"a\n" * 100_002,
    "formulas": b"key,name\n=cmd|' /C calc'!A0,@SUM(1)\n",
    "columns that are none": b"a,b,c\n1,2,3\n",
    "an open quote": b'key,name\na,"b\n',
}
ODD: tuple[Any, ...] = (
    None, True, -1, 0.5, 2**53 + 1, 1e308, -(10**30), "", " ", "x" * 5_000, "\u202e", "é", "=1+1", "../../etc", "' or 1=1 --", "2026-02-30",
    "9999-12-31T23:59:59Z", "0000-00-00", [], [[]], [None], {}, {"": 1}, {"$ref": "#"}, ["a"] * 2_000,
)  # fmt: skip
"""Values that stand in the place of others."""
NAMES = ("", " ", "__proto__", "constructor", "a" * 5_000, "a/b", "~1", "..", "\U0001f600", "$ref", "key\u0301")
"""Members that nobody knows."""

SEGMENTS = (
    "%00", "..", "%2e%2e", ".", "%2F", "a%2Fb", "%25", "%", "%zz", "%ff", "%C0%80", "%ED%A0%80", "a" * 64, "a" * 4_000, "A", "é",
    "%F0%9F%98%80", "-", "_", "null", "0", "-1", "1e9", "9" * 30, "'%20or%201=1", "%3Cscript%3E", "a%0d%0ab", "*", "%20", "{org}",
    "template", "restore",
)  # fmt: skip
"""Names in paths."""
QUERIES = (
    "surplus=1", "=1", "&&&", "%ff=%fe", "a%00b=1", "limit=0", "limit=1&limit=2", "limit=99999999999999999999", "limit=%00", "limit=",
    "limit=1e3", "cursor=", "cursor=%00", "cursor=W10", "cursor=" + "A" * 3_000, "cursor=eyJhIjoxfQ", "cursor=WyJhZnRlciIsWzFdLCJ4Il0",
    "cursor=" + "W" * 400, "sort=", "sort=-", "sort=--key", "sort=key,key", "sort=" + "key," * 500, "fields=,", "fields=surplus", "q=%00",
    "q=" + "x" * 201, "q=%25_%5C", "q=%ED%A0%80", "count=maybe", "deleted=1", "dry_run=yes", "dry_run=true&dry_run=false",
    "created_after=now",
    "created_after=0001-01-01T00:00:00%2B23:59", "created_after=9999-12-31T23:59:59-23:59", "created_before=2026-01-01", "lang=fr",
    "format=exe", "revision=0", "revision=" + "9" * 40, "as_of=0000-01-01", "severity_min=NaN", "severity_max=1e400", "include=all",
    "cascade=2", "purge=%01", "map=a", "mode=destroy", "file=" + "x" * 300, "from=2026-13-01&to=x", "a" * 9_000,
)  # fmt: skip
"""Query strings."""
HEADERS: tuple[Mapping[str, str | bytes], ...] = (
    {"If-Match": ""}, {"If-Match": "old"}, {"If-Match": '"'}, {"If-Match": '"a", *'}, {"If-Match": "\xff"}, {"If-Match": '"a",' * 2_000},
    {"If-None-Match": '"'}, {"If-None-Match": "*,*"}, {"If-None-Match": "W/"}, {"Idempotency-Key": ""}, {"Idempotency-Key": "a b"},
    {"Idempotency-Key": '"'}, {"Idempotency-Key": "x" * 256}, {"Idempotency-Key": b"\xff"}, {"Prefer": "respond-async, wait=-1"},
    {"Prefer": "wait=99999999999999999999, respond-async=no"}, {"Prefer": ";;;=,,,"}, {"Accept": "image/png"}, {"Accept": ";q=x"},
    {"Accept": "*/*;q=0"}, {"Accept": "text/html;q=1e999, a/b;q=NaN"}, {"Accept": "," * 5_000}, {"Accept-Language": "de;q=9, *;q=-1, \xff"},
    {"Content-Type": ""}, {"Content-Type": "application/json; charset=utf-7"}, {"Content-Type": "application/json;;;"},
    {"Content-Type": "multipart/form-data"}, {"Content-Type": "multipart/form-data; boundary="}, {"Content-Type": b"\xff/\xfe"},
    {"Content-Type": "text/x-" + "y" * 3_000}, {"Content-Encoding": "gzip"}, {"Content-Encoding": "br, br"}, {"Content-Length": "-1"},
    {"X-Request-Id": "a\tb"}, {"X-Request-Id": "x" * 200}, {"traceparent": "00-0-0-0"}, {"traceparent": "ff-" + "f" * 32}, {"Host": ""},
    {"Host": "a b:c"}, {"X-Forwarded-For": "x"}, {"Cookie": "a" * 33_000}, {"Range": "bytes=0-0"}, {"Expect": "100-continue"},
    {"Transfer-Encoding": "x"}, {"X-HTTP-Method-Override": "DELETE"},
)  # fmt: skip
"""Headers that make no sense, one at a time."""


def bodies(of: Operation) -> Iterator[Hostile]:
    """Bodies for an operation, in every format that it reads."""
    for media_type, said in of.bodies().items():
        as_it = {"Content-Type": media_type}
        for what, data in _broken(media_type).items():
            yield Hostile(f"{media_type}: {what}", data, as_it)
        if media_type.endswith("json"):
            value = next(iter(said["examples"].values()))["value"]
            for what, changed in changes(value):
                yield Hostile(f"{media_type}: {what}", json.dumps(changed).encode("utf-8", "surrogatepass"), as_it)


def addresses(of: Operation) -> Iterator[Hostile]:
    """Addresses and headers for an operation."""
    names = list(of.parameters("path"))
    for segment in SEGMENTS if names else ():
        for name in names:
            yield Hostile(f"{name}: {segment[:20]}", path=of.path.replace(f"{{{name}}}", segment))
    for query in QUERIES:
        yield Hostile(f"?{query[:30]}", query=query)
    for headers in HEADERS:
        ((name, value),) = headers.items()
        yield Hostile(
            f"{name}: {str(value)[:30]}", headers={name: value if isinstance(value, bytes) else value.encode("latin-1")}
        )


def changes(value: Any) -> Iterator[tuple[str, Any]]:
    """A right value with one thing in it wrong: another value in each place, a member that nobody knows, one that is gone."""
    for odd in ODD:
        yield "another value", odd
    for place in list(_places(value))[:60]:
        for odd in ODD:
            yield f"{_told(place)} is {str(odd)[:20]!r}", _with(value, place, odd)
        yield f"{_told(place)} is gone", _with(value, place, ...)
    for name in NAMES:
        if isinstance(value, dict):
            yield f"a member {name[:20]!r}", {**value, name: 1}


def _broken(media_type: str) -> dict[str, bytes]:
    if media_type in (XLSX, ZIP):
        return _broken_archives()
    if media_type == FORM:
        return BROKEN_JSON
    return {**BROKEN_JSON, **({YAML: BROKEN_YAML, CSV: BROKEN_CSV}.get(media_type, {}))}


@lru_cache(maxsize=1)
def _broken_archives() -> dict[str, bytes]:
    return {
        "no archive": b"PK",
        "a cut one": archive({"xl/workbook.xml": b"<a/>"})[:50],
        "an empty one": archive({}),
        "one of other things": archive({"a.txt": b"hello"}),
        "many entries": archive({f"{n}.csv": b"" for n in range(300)}),
        "packed too much": archive({"kpis.csv": b" " * 30 * MEBI}),
        "a large workbook": archive({"xl/workbook.xml": b" " * 120 * MEBI}),
        "names that lead elsewhere": archive(
            {"../kpis.csv": b"key\n", "/etc/passwd": b"key\n", "C:\\kpis.csv": b"key\n"}
        ),
        "an archive in an archive": archive({"kpis.csv": archive({"kpis.csv": b"key\n"})}),
        "entities": archive({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "zeros": b"\0" * MEBI,
    }


def archive(entries: Mapping[str, bytes]) -> bytes:
    """A ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return buffer.getvalue()


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield (*path, name)
        yield from _places(member, (*path, name))


def _with(value: Any, place: tuple[Any, ...], odd: Any) -> Any:
    changed = copy.deepcopy(value)
    holder = changed
    for name in place[:-1]:
        holder = holder[name]
    if odd is ...:
        del holder[place[-1]]
    else:
        holder[place[-1]] = odd
    return changed


def _told(place: tuple[Any, ...]) -> str:
    return quote("/".join(map(str, place)))
