"""Real documents with something wrong in them, sent as JSON, as YAML, as workbooks, and as bytes that were damaged on the way."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.write import write
from tests.contract.problem_shape import check_problem
from tests.counts import many
from tests.http_client import Client

COMPANIES = sorted((Path(__file__).parents[1] / "cases" / "companies").glob("*.yaml"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 0.5, 100, 1e308, 2**53 + 1, 10**400, -0.0, "", " ", "x", "x" * 400, "increase", "customer", "unknown",
    ">= 4.2", "=1+1", "2026-02-30", "2026-12-31", "\u0000", "é", "e\u0301", "\ud83d\ude00", "no", "1e3", "~", [], [[]], {}, {"": None},
    {"key": "k"}, [None], ["a", "a"],
)  # fmt: skip


@lru_cache(maxsize=len(COMPANIES))
def document(path: Path) -> dict[str, Any]:
    return {"concord": 1, **yaml.safe_load(path.read_text())["document"]}


@lru_cache(maxsize=len(COMPANIES))
def workbook(path: Path) -> bytes:
    return write(document(path), "xlsx")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document but the whole."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for name, member in members for place in ((*path, name), *places(member, (*path, name)))]


def parent(raw: Any, place: tuple[Any, ...]) -> Any:
    for name in place[:-1]:
        raw = raw[name]
    return raw


@st.composite
def changed_documents(draw: st.DrawFn) -> dict[str, Any]:
    """A real document with up to four changes: a value that is odd, taken from elsewhere, doubled, renamed or missing."""
    raw = copy.deepcopy(document(draw(st.sampled_from(COMPANIES))))
    for _ in range(draw(st.integers(1, 4))):
        known = places(raw)
        if not known:
            break
        place = draw(st.sampled_from(known))
        holder, name = parent(raw, place), place[-1]
        change = draw(st.sampled_from(["odd", "elsewhere", "twice", "rename", "remove", "scale"]))
        if change == "odd":
            holder[name] = draw(st.sampled_from(ODD))
        elif change == "elsewhere":
            other = draw(st.sampled_from(known))
            holder[name] = copy.deepcopy(parent(raw, other)[other[-1]])
        elif change == "scale" and isinstance(holder[name], int | float):
            holder[name] = holder[name] * draw(st.sampled_from([-1, 0, 0.001, 10, 100, 1e12]))
        elif isinstance(holder, list):
            holder.insert(0, copy.deepcopy(holder[name])) if change == "twice" else holder.pop(name)
        elif change == "rename":
            holder[str(name) + draw(st.sampled_from(["s", " ", "_"]))] = holder.pop(name)
        else:
            del holder[name]
    return raw


def check(response: httpx.Response) -> None:
    """An analysis, or a problem that is the sender's."""
    if response.status_code == 200:
        analysis = json.loads(response.content)
        assert analysis["concord"] == 1
        assert all(0 <= finding["severity"] <= 100 for finding in analysis["findings"])
    else:
        assert response.status_code in (400, 413, 422), response.text
        assert check_problem(response)["errors"]


@settings(max_examples=many(1_200))
@given(raw=changed_documents())
def test_changed_documents_as_json(client: Client, raw: dict[str, Any]) -> None:
    """Each is audited, or refused with a place for everything that is wrong."""
    check(client.audit(json.dumps(raw), "application/json"))


@settings(max_examples=many(1_000))
@given(raw=changed_documents())
def test_changed_documents_as_yaml(client: Client, raw: dict[str, Any]) -> None:
    """As people write them."""
    check(client.audit(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False).encode(errors="surrogatepass")))


@settings(max_examples=many(1_800))
@given(data=st.data())
def test_damaged_bytes(client: Client, data: st.DataObject) -> None:
    """Cut off, with bytes changed or put in."""
    raw = document(data.draw(st.sampled_from(COMPANIES)))
    as_json = data.draw(st.booleans())
    text = bytearray((json.dumps(raw) if as_json else yaml.safe_dump(raw, allow_unicode=True)).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        damage = data.draw(st.sampled_from(["cut", "change", "put in"]))
        if damage == "cut":
            del text[place : place + data.draw(st.integers(1, 2_000))]
        else:
            piece = data.draw(
                st.one_of(
                    st.binary(min_size=1, max_size=4),
                    st.sampled_from([b"{", b"]", b'"', b"&a ", b"*a", b"!!x ", b"\t"]),
                )
            )
            text[place : place + (len(piece) if damage == "change" else 0)] = piece

    check(client.audit(bytes(text), "application/json" if as_json else "application/yaml"))


@pytest.mark.slow
@settings(max_examples=many(300))
@given(data=st.data())
def test_damaged_workbooks(client: Client, data: st.DataObject) -> None:
    """A workbook is an archive, and may be broken in more ways."""
    book = bytearray(workbook(data.draw(st.sampled_from(COMPANIES))))
    for _ in range(data.draw(st.integers(0, 3))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))

    check(client.audit(bytes(book), XLSX))
