"""CSV files: one, several in a ZIP, several in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import DocumentInvalid
from app.exchange.read import read, read_path
from tests.exchange.files import zipped

KPI = [{"key": "a", "name": "Ä; b", "target": 1.5}]


@pytest.mark.parametrize(
    "text",
    [
        'key,name,target\na,"Ä; b",1.5\n',
        'key;name;target\r\na;"Ä; b";1,5\r\n',
        "key\tname\ttarget\na\tÄ; b\t1.5",
        '\ufeffkey;name;target\na;"Ä; b";1.5\n',
        'sep=;\nkey;name;target\na;"Ä; b";1,5\n',
        '\n\nkey,name,target\n\na,"Ä; b",1.5\n',
        'key,name,target\ra,"Ä; b",1.5\r',
    ],
)
def test_commas_semicolons_and_tabs_separate_cells(text: str):
    """With or without byte order mark, blank lines or the line that says what separates, and with any line breaks."""
    assert read(text.encode(), "kpis.csv").raw["kpis"] == KPI


def test_lines_are_told_beside_cells():
    """A cell may take several lines, so that rows and lines differ."""
    with pytest.raises(DocumentInvalid) as refused:
        read(b'key,name,target\na,"one\ntwo",1\nb,B,95 %\n', "kpis.csv")
    (told,) = [p for p in refused.value.problems if p.code == "ambiguous_percent"]

    assert (told.sheet, told.cell, told.line, told.file) == ("kpis", "C3", 4, "kpis.csv")


def test_a_folder_of_sheets_is_a_document(tmp_path: Path):
    """Files with other endings are left alone; problems name the file that they are in."""
    (tmp_path / "kpis.csv").write_text("key,target\na,95 %\n")
    (tmp_path / "departments.tsv").write_text("key\tname\tfunction\na\tA\thr\n")
    (tmp_path / "README.txt").write_text("not a sheet")
    (tmp_path / ".kpis.csv").write_text("not shown")

    with pytest.raises(DocumentInvalid) as refused:
        read_path(tmp_path)
    (told,) = [p for p in refused.value.problems if p.code == "ambiguous_percent"]

    assert (told.file, told.sheet, told.cell) == (f"{tmp_path.as_posix()}/kpis.csv", "kpis", "B2")


def test_a_folder_names_the_organization(tmp_path: Path):
    """A folder of sheets is called as the organization is."""
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "departments.csv").write_text("key,name,function\na,A,hr\n")

    assert read_path(folder).raw["organization"] == {"name": "acme"}


def test_a_folder_without_sheets_is_no_document(tmp_path: Path):
    """An empty folder is refused."""
    with pytest.raises(DocumentInvalid) as refused:
        read_path(tmp_path)

    assert [p.code for p in refused.value.problems] == ["not_a_document"]


def test_an_archive_may_have_folders_and_other_files():
    """Archives from desktop programs hold hidden files and a folder around the sheets."""
    raw = read(
        zipped(**{"acme/kpis": "key\na\n", "__MACOSX/acme/._kpis": "\0\0", "acme/notes": "hello"}), "acme.zip"
    ).raw

    assert raw["kpis"] == [{"key": "a"}]


def test_an_empty_sheet_among_others_is_an_empty_list():
    """A sheet without cells says nothing."""
    assert "kpis" not in read(zipped(kpis="", departments="key\na\n"), "acme.zip").raw


def test_a_file_that_is_not_utf8_says_which(tmp_path: Path):
    """Spreadsheets save CSV in old encodings; the place shows the first letter that is wrong."""
    (tmp_path / "kpis.csv").write_bytes("key,name\na,Kündigungen\n".encode("cp1252"))

    with pytest.raises(DocumentInvalid) as refused:
        read_path(tmp_path)
    (told,) = refused.value.problems

    assert (told.code, told.line, told.column, told.file) == ("not_utf8", 2, 4, f"{tmp_path.as_posix()}/kpis.csv")
