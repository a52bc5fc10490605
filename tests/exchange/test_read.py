"""The way in, whatever kind of file it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import DocumentInvalid
from app.exchange.read import read, read_path
from tests.exchange.files import text, workbook, zipped

YAML = b"concord: 1\norganization: {name: A}\n"
JSON = b'{"concord": 1, "organization": {"name": "A"}}'
CSV = b"key,name,function\na,A,hr\n"
WORKBOOK = workbook({"departments": [[text("key")], [text("a")]]})
ZIP = zipped(departments="key\na\n")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (YAML, "plan.yaml", "yaml"),
        (YAML, "plan.YML", "yaml"),
        (JSON, "plan.json", "json"),
        (JSON, "plan.yaml", "yaml"),
        (CSV, "departments.csv", "csv"),
        (ZIP, "plan.zip", "csv"),
        (WORKBOOK, "plan.xlsx", "xlsx"),
        (WORKBOOK, "plan.csv", "xlsx"),
        (YAML, "<stdin>", "yaml"),
        (JSON, "<stdin>", "json"),
        (b"\xef\xbb\xbf \n[{}]", "<stdin>", "json"),
        (b"{concord: 1, organization: {name: A}}", "<stdin>", "yaml"),
        (b"department;plan;role\n", "plan.txt", "csv"),
        (b"department\tplan\trole\na\tb\tc\n", "folder.d/plan", "csv"),
        (b"# a, b, c\na: 1\n", "<stdin>", "yaml"),
        (WORKBOOK, "<stdin>", "xlsx"),
        (ZIP, "<stdin>", "csv"),
    ],
)
def test_the_kind_is_told_by_name_and_else_by_content(data: bytes, name: str, kind: str):
    """Archives are told apart by what they hold; other files by the end of their name, and standard input by how it begins."""
    assert read(data, name).kind == kind


def test_a_kind_that_is_given_counts():
    """Who knows the kind can say it."""
    assert read(JSON, "body", "yaml").kind == "yaml"
    with pytest.raises(ValueError, match="docx"):
        read(JSON, "body", "docx")


def test_a_file_is_read_under_the_path_it_was_given_as(tmp_path: Path):
    """Problems name the path, so that the file can be opened from them."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(YAML + b"concord: 2\n")

    with pytest.raises(DocumentInvalid) as refused:
        read_path(path)

    assert [problem.file for problem in refused.value.problems] == [path.as_posix()]


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path):
    """Opening is the caller's concern."""
    with pytest.raises(FileNotFoundError):
        read_path(tmp_path / "plan.yaml")


def test_no_more_of_a_file_is_read_than_would_be_accepted(tmp_path: Path):
    """A file that is too big is refused without being read whole."""
    path = tmp_path / "plan.xlsx"
    with path.open("wb") as stream:
        stream.truncate(2**33)

    with pytest.raises(DocumentInvalid) as refused:
        read_path(path)

    assert refused.value.too_large


@pytest.mark.parametrize(
    ("name", "data", "unneeded"),
    [
        ("plan.yaml", YAML, {"openpyxl", "csv", "zipfile", "xml", "pydantic", "jsonschema"}),
        ("plan.json", JSON, {"yaml", "openpyxl", "csv", "zipfile", "xml", "pydantic"}),
        ("departments.csv", CSV, {"yaml", "openpyxl"}),
        ("plan.xlsx", WORKBOOK, {"yaml", "openpyxl"}),
    ],
)
def test_only_what_a_kind_needs_is_loaded(name: str, data: bytes, unneeded: set[str], tmp_path: Path):
    """A command that reads one small file starts quickly."""
    (tmp_path / name).write_bytes(data)
    path = str(tmp_path / name)
    script = f"import pathlib, sys; from app.exchange.read import read_path; read_path(pathlib.Path({path!r})); print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert not unneeded & set(loaded)
