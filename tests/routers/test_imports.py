"""`/v1/organizations/{org}/imports` and `…/exports`: files in and out, previewed, applied whole or not at all; on both databases."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest

from app.services import erasing
from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import ANY, AT, MERGE, a_company, everything, put_company

IMPORTS, EXPORTS = f"{AT}/imports", f"{AT}/exports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def company(tenant: Client) -> Client:
    """A workspace with a company in it."""
    put_company(tenant)
    return tenant


def exported(client: Client, form: str = "xlsx", query: str = "") -> bytes:
    response = client.get(f"{EXPORTS}?format={form}{query}")
    assert response.status_code == 200, response.text
    return response.content


def edited(book: bytes, sheet: str, cell: str, value: object) -> bytes:
    """The workbook with one cell filled otherwise."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    opened[sheet][cell] = value
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def cell_of(book: bytes, sheet: str, column: str, row: int) -> str:
    """The address of a cell by the name of its column."""
    page = openpyxl.load_workbook(io.BytesIO(book))[sheet]
    return next(f"{c.column_letter}{row}" for c in page[1] if str(c.value).split(" [")[0] == column)


def sent(client: Client, data: bytes, media_type: str = XLSX, query: str = "", **headers: str) -> Any:
    return client.post(f"{IMPORTS}{query}", content=data, headers={"Content-Type": media_type, **headers})


def in_form(client: Client, data: bytes, name: str, query: str = "", **headers: str) -> Any:
    return client.post(f"{IMPORTS}{query}", files={"file": (name, data)}, headers=headers)


@pytest.mark.parametrize("form", ["xlsx", "csv", "yaml", "json"])
def test_an_export_imported_again_changes_nothing(company: Client, form: str) -> None:
    """In every form; and applying it makes no revision."""
    preview = in_form(company, exported(company, form), f"acme.{'zip' if form == 'csv' else form}").json()

    applied = company.post(f"{IMPORTS}/{preview['id']}/apply")

    assert (preview["status"], preview["changes"], preview["patch"], preview["removed"]) == ("ready", [], [], [])
    assert {row["action"] for row in preview["rows"]} == {"unchanged"}
    assert (applied.status_code, applied.json()["revision"]) == (200, 1)
    assert company.get(f"{AT}/document").json() == a_company()


def test_export_edit_import_gives_exactly_the_edit(company: Client) -> None:
    """One cell of the workbook, one member of the document, one revision."""
    book = exported(company)
    cell = cell_of(book, "kpis", "weight", 2)

    preview = sent(company, edited(book, "kpis", cell, 55))
    applied = company.post(f"{IMPORTS}/{preview.json()['id']}/apply")

    said = preview.json()
    assert preview.status_code == 201 and preview.headers["location"] == f"http://concord.test{IMPORTS}/{said['id']}"
    assert said["counts"] == {"create": 0, "update": 1, "unchanged": len(said["rows"]) - 1, "error": 0, "skip": 0}
    assert [row["changes"] for row in said["rows"] if row["action"] == "update"] == [
        [{"pointer": "/kpis/0/weight", "before": 40, "after": 55, "cell": cell}]
    ]
    assert [change["text"] for change in said["changes"]] == ["KPI aht (“Handling time”): weight 40 → 55"]
    expected = a_company()
    expected["kpis"][0]["weight"] = 55
    assert company.get(f"{AT}/document").json() == expected
    assert applied.headers["etag"] == company.get(f"{AT}/document").headers["etag"]
    assert applied.json()["applied"]["applied_revision"] == applied.json()["revision"] == 2
    latest = company.get(f"{AT}/revisions/2").json()
    assert (latest["action"], latest["patch"]) == ("import.applied", said["patch"])


def test_a_preview_changes_nothing(company: Client) -> None:
    """No revision, no message to webhooks; the preview and its audit event are all."""
    before = everything(company)

    sent(company, edited(exported(company), "departments", "B2", "New"))

    after = everything(company)
    assert {name for name in after if after[name] != before[name]} == {
        "ImportRow",
        "ImportFileRow",
        "AuditEventRow",
        "AuditHeadRow",
    }


def test_a_preview_can_be_read_again(company: Client) -> None:
    """The same as when it was made, in any language, with a tag; its columns say how they were understood."""
    made = sent(company, edited(exported(company), "departments", "B2", "New"), "application/octet-stream")

    got = company.get(f"{IMPORTS}/{made.json()['id']}")
    german = company.get(f"{IMPORTS}/{made.json()['id']}?lang=de").json()

    assert got.json() == made.json() and got.headers["etag"] == made.headers["etag"]
    assert company.get(got.request.url.path, headers={"If-None-Match": got.headers["etag"]}).status_code == 304
    assert german["changes"][0]["text"] == "Abteilung sales („New“): name Sales → New"
    assert got.json()["columns"][0] == {
        "sheet": "organization",
        "cell": "A1",
        "heading": "concord",
        "list": "organization",
        "member": "concord",
        "how": "exact",
        "confidence": 1.0,
    }


def test_a_single_csv_sheet_is_told_by_its_name(company: Client) -> None:
    """Raw with `file`, or in a form; with German headings and decimal commas."""
    sheet = "Schlüssel;Abteilung;Bezeichnung;Richtung;Gewichtung\nnps;service;Weiterempfehlung;steigern;12,5\n".encode()

    raw = sent(company, sheet, "text/csv", "?file=kpis.csv").json()
    form = in_form(company, sheet, "kpis.csv").json()

    assert raw["status"] == form["status"] == "ready", raw["problems"]
    assert raw["changes"] == form["changes"]
    assert raw["changes"][0]["after"] == {
        "key": "nps",
        "department": "service",
        "name": "Weiterempfehlung",
        "direction": "increase",
        "weight": 12.5,
    }


@pytest.mark.slow
def test_a_bad_sheet_tells_every_problem_with_its_cell(company: Client) -> None:
    """The preview is refused; applying it tells the same problems, and changes nothing."""
    book = exported(company)
    function, weight = cell_of(book, "departments", "function", 2), cell_of(book, "kpis", "weight", 3)
    book = edited(edited(book, "departments", function, "slaes"), "kpis", weight, "1.234")

    preview = sent(company, book).json()
    before = everything(company)
    refused: Any = check_problem(company.post(f"{IMPORTS}/{preview['id']}/apply"))

    assert preview["status"] == "refused"
    assert [(p["sheet"], p["cell"], p["code"]) for p in preview["problems"]] == [
        ("departments", function, "not_one_of"),
        ("kpis", weight, "ambiguous_number"),
    ]
    assert [(row["sheet"], row["row"]) for row in preview["rows"] if row["action"] == "error"] == [
        ("departments", 2),
        ("kpis", 3),
    ]
    assert refused["status"] == 422
    assert [(e["sheet"], e["cell"], e["code"]) for e in refused["errors"]] == [
        (p["sheet"], p["cell"], p["code"]) for p in preview["problems"]
    ]
    assert everything(company) == before


@pytest.mark.parametrize(
    ("data", "media_type", "status"),
    [
        (b"PK\x03\x04 no workbook", XLSX, 400),
        (b"%PDF-1.7", "application/octet-stream", 400),
        (b"", "text/csv", 400),
        (b"a: [", "application/yaml", 400),
        (b"x", "text/plain", 415),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=y", 400),
    ],
)
def test_what_is_no_such_file_is_refused_at_once(company: Client, data: bytes, media_type: str, status: int) -> None:
    """Nothing of it is kept."""
    before = everything(company)

    assert check_problem(sent(company, data, media_type))["status"] == status
    assert everything(company) == before


def test_a_form_holds_one_file_and_nothing_else(company: Client) -> None:
    """What is not known is named, with what is."""
    none: Any = check_problem(company.post(IMPORTS, files={"flie": ("a.csv", b"x")}))
    two: Any = check_problem(company.post(IMPORTS, files=[("file", ("a.csv", b"x")), ("file", ("b.csv", b"y"))]))

    assert [(e["pointer"], e["code"]) for e in none["errors"]] == [("#/flie", "unknown_member"), ("#/file", "missing")]
    assert (two["status"], two["errors"][0]["code"]) == (400, "malformed_form")


@pytest.mark.parametrize(
    ("sent_name", "kept"),
    [
        ("C:\\\\Temp\\\\pay.csv", "pay.csv"),
        ("../kpis.csv", "kpis.csv"),
        ("a\0b\u200b.csv", "ab.csv"),
        ("x" * 300 + ".csv", "x" * 251 + ".csv"),
    ],
)
def test_the_name_of_a_file_is_kept_without_folders_and_signs(company: Client, sent_name: str, kept: str) -> None:
    """Whatever programs send as one."""
    form = f'--X\r\nContent-Disposition: form-data; name="file"; filename="{sent_name}"\r\n\r\nkey,name\nsales,New\n\r\n--X--\r\n'

    made = sent(company, form.encode(), "multipart/form-data; boundary=X")

    assert (made.status_code, made.json()["name"]) == (201, kept), made.text


def test_a_heading_can_be_told_what_it_means(company: Client) -> None:
    """A slip is shown with what it may mean, and read once that is confirmed; a slip in `map` is pointed out."""
    sheet = b"key,Nmae,Floor\nservice,Care,3\n"

    slip = sent(company, sheet, "text/csv", "?file=departments.csv").json()
    said = sent(company, sheet, "text/csv", "?file=departments.csv&map=Nmae=name,Floor=-").json()
    wrong: Any = check_problem(sent(company, sheet, "text/csv", "?map=Nmae=nmae,Floor"))

    assert [(c["heading"], c["member"], c["confidence"]) for c in slip["columns"]][1] == ("Nmae", "name", 0.5)
    assert (slip["status"], said["status"]) == ("refused", "ready")
    assert [change["text"] for change in said["changes"]] == [
        "department service (“Care”): name Customer Service → Care"
    ]
    assert [(e["code"], e.get("hint")) for e in wrong["errors"]] == [
        ("unknown_column_named", "did you mean 'name'?"),
        ("bad_heading", None),
    ]


def test_replacing_removes_what_a_list_does_not_mention(company: Client) -> None:
    """Merging leaves it alone."""
    less = {"outcomes": a_company()["outcomes"], "influences": [], "metrics": a_company()["metrics"]}
    data = json.dumps({"concord": 1, "organization": {"name": "Acme"}, **less}).encode()

    merged = sent(company, data, "application/json").json()
    replaced = sent(company, data, "application/json", "?mode=replace").json()

    assert merged["removed"] == []
    assert "kpis/aht" in replaced["removed"] and "incentive_plans/agents" in replaced["removed"]
    assert company.post(f"{IMPORTS}/{replaced['id']}/apply").status_code == 200
    assert "kpis" not in company.get(f"{AT}/document").json()


def test_another_organizations_file_is_noticed(company: Client) -> None:
    """The key in the file is not the one of the address; the cell is named."""
    book = exported(company)
    cell = cell_of(book, "organization", "key", 2)

    preview = sent(company, edited(book, "organization", cell, "globex")).json()

    assert (preview["status"], preview["problems"][0]["code"]) == ("refused", "other_key")
    assert preview["problems"][0]["cell"] == cell


def test_an_import_is_applied_to_the_document_that_it_was_computed_on(company: Client) -> None:
    """When the model has moved, 412 names its state; a fresh preview can be applied."""
    book = edited(exported(company), "departments", "B2", "New")
    old = sent(company, book).json()
    company.patch(f"{AT}/kpis/aht", json={"weight": 50}, headers=MERGE)

    moved = company.post(f"{IMPORTS}/{old['id']}/apply")
    by_force = company.post(f"{IMPORTS}/{old['id']}/apply", headers=ANY)
    fresh = sent(company, b"key,name\nsales,New\n", "text/csv", "?file=departments.csv").json()
    wrong = company.post(f"{IMPORTS}/{fresh['id']}/apply", headers={"If-Match": '"r1-000000000000"'})
    applied = company.post(f"{IMPORTS}/{fresh['id']}/apply", headers={"If-Match": moved.headers["etag"]})

    assert [r.status_code for r in (moved, by_force, wrong, applied)] == [412, 412, 412, 200]
    assert company.get(f"{AT}/departments/sales").json()["name"] == "New"
    assert company.get(f"{AT}/kpis/aht").json()["weight"] == 50


def test_an_import_is_applied_once(company: Client) -> None:
    """A second time is 409; a repeated request is answered as the first; the outbox has one message."""
    made = sent(company, edited(exported(company), "departments", "B2", "New")).json()
    at, key = f"{IMPORTS}/{made['id']}/apply", {"Idempotency-Key": "once"}

    first = company.post(at, headers=key)
    again = company.post(at, headers=key)
    other: Any = check_problem(company.post(at))

    assert first.status_code == again.status_code == 200
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    assert (other["status"], other["detail"]) == (409, "The import was applied already.")
    assert company.get(f"{IMPORTS}/{made['id']}").json()["status"] == "applied"
    assert sum("import.applied" in map(str, row) for row in everything(company)["OutboxRow"]) == 1
    assert company.get("/v1/audit-events?action=import.applied&count=true").json()["total"] == 1


@pytest.mark.slow
def test_an_import_is_made_once(company: Client) -> None:
    """Also in a form, whose marks differ from one sending to the next; another file with the same key is refused."""
    book = edited(exported(company), "departments", "B2", "New")
    key = {"Idempotency-Key": "made"}

    first = in_form(company, book, "acme.xlsx", **key)
    company.post(f"{IMPORTS}/{first.json()['id']}/apply")
    again = in_form(company, book, "acme.xlsx", **key)
    other = in_form(company, exported(company), "acme.xlsx", **key)

    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert check_problem(other)["status"] == 422
    assert len(company.get(IMPORTS).json()["items"]) == 1


def test_both_steps_can_be_tried(company: Client) -> None:
    """With what would change, and nothing does."""
    book = edited(exported(company), "departments", "B2", "New")
    made = sent(company, book).json()
    before = everything(company)

    preview = sent(company, book, query="?dry_run=true")
    applied = company.post(f"{IMPORTS}/{made['id']}/apply?dry_run=true")

    assert (preview.status_code, preview.headers["dry-run"]) == (200, "true")
    assert (applied.status_code, applied.json()["revision"]) == (200, 2)
    assert [change["path"] for change in applied.json()["changes"]] == ["/departments/sales"]
    assert everything(company) == before


def test_imports_are_listed(company: Client) -> None:
    """In short, by state."""
    book = exported(company)
    bad = sent(company, edited(book, "departments", "C2", "slaes")).json()
    good = sent(company, book).json()

    every = company.get(f"{IMPORTS}?count=true").json()
    refused = company.get(f"{IMPORTS}?status=refused").json()

    assert [item["id"] for item in every["items"]] == [bad["id"], good["id"]] and every["total"] == 2
    assert [item["id"] for item in refused["items"]] == [bad["id"]]
    assert "rows" not in every["items"][0]


@pytest.mark.slow
def test_previews_go_after_a_week(company: Client) -> None:
    """They cannot be read or applied any more, and the purge erases them."""
    made = sent(company, exported(company)).json()
    store = company.app.state.store
    created = datetime.fromisoformat(made["created_at"])

    assert made["expires_at"] == (created + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    erasing.erase_due(store, created + timedelta(days=6, hours=23))
    assert company.get(f"{IMPORTS}/{made['id']}").status_code == 200
    assert erasing.erase_due(store, datetime.now(UTC) + timedelta(days=7)) >= 1
    assert check_problem(company.get(f"{IMPORTS}/{made['id']}"))["status"] == 404
    assert check_problem(company.post(f"{IMPORTS}/{made['id']}/apply"))["status"] == 404


def test_texts_that_look_like_formulas_are_harmless_in_sheets(company: Client) -> None:
    """A `'` stands before them in workbook and CSV, and is taken off again; numbers stay numbers."""
    names = ['=HYPERLINK("http://evil.example")', "+1", "-2+3", "@SUM(A1)", "'=quoted", "\u00ad=hidden"]
    raw = a_company()
    raw["departments"] += [{"key": f"d{n}", "name": name, "function": "sales"} for n, name in enumerate(names)]
    company.put(f"{AT}/document", json=raw, headers=ANY)

    book = openpyxl.load_workbook(io.BytesIO(exported(company)))
    archive = zipfile.ZipFile(io.BytesIO(exported(company, "csv")))
    previews = [
        in_form(company, exported(company, form), f"a.{'zip' if form == 'csv' else form}").json()
        for form in ("xlsx", "csv")
    ]

    cells = [cell for page in book if page.title != "notes" for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    shown = [str(cell.value) for cell in cells if cell.data_type == "s"]
    assert not [text for text in shown if text.startswith(("=", "+", "@", "-"))]
    assert "'=HYPERLINK" in archive.read("departments.csv").decode()
    assert [preview["changes"] for preview in previews] == [[], []]


@pytest.mark.parametrize("form", ["xlsx", "csv", "yaml", "json"])
def test_an_export_is_a_file_with_a_name_and_a_tag(company: Client, form: str) -> None:
    """Of any revision; the tag is good for `If-Match` of writes."""
    company.patch(f"{AT}/kpis/aht", json={"weight": 50}, headers=MERGE)

    now, past = company.get(f"{EXPORTS}?format={form}"), company.get(f"{EXPORTS}?format={form}&revision=1")
    same = company.get(f"{EXPORTS}?format={form}", headers={"If-None-Match": now.headers["etag"]})
    patched = company.patch(f"{AT}/document", content=b"{}", headers={**MERGE, "If-Match": now.headers["etag"]})

    suffix = "zip" if form == "csv" else form
    assert now.headers["content-disposition"] == f'attachment; filename="acme-2.{suffix}"'
    assert past.headers["content-location"] == f"http://concord.test{AT}/revisions/1"
    assert now.content != past.content
    assert (same.status_code, patched.status_code) == (304, 200)


def test_the_form_of_an_export_is_negotiated(company: Client) -> None:
    """A workbook unless another form is asked for, its notes in the caller's language."""
    usual = company.get(EXPORTS)
    german = company.get(EXPORTS, headers={"Accept-Language": "de"})
    archive = company.get(EXPORTS, headers={"Accept": "application/zip"})

    assert usual.headers["content-type"] == XLSX
    assert openpyxl.load_workbook(io.BytesIO(german.content))["notes"]["A1"].value == "Ein Modelldokument von Concord"
    assert len({usual.headers["etag"], german.headers["etag"], archive.headers["etag"]}) == 3
    assert "kpis.csv" in zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    refused: Any = check_problem(company.get(EXPORTS, headers={"Accept": "text/plain"}))
    assert (refused["status"], "application/zip" in refused["offered"]) == (406, True)
    assert (
        company.patch(
            f"{AT}/document", content=b"{}", headers={**MERGE, "If-Match": german.headers["etag"]}
        ).status_code
        == 200
    )


def test_the_template_is_an_empty_workbook_in_the_layout_of_exports(company: Client) -> None:
    """With drop-downs and the organization's currency; importing it empty changes nothing."""
    company.patch(AT, json={"currency": "CHF"}, headers=MERGE)

    got = company.get(f"{IMPORTS}/template?lang=de")
    preview = sent(company, got.content).json()

    book = openpyxl.load_workbook(io.BytesIO(got.content))
    headings = [str(cell.value) for cell in book["incentive_plans"][1]]
    assert "target_total_pay [CHF]" in headings
    assert book["kpis"].data_validations.dataValidation
    assert got.headers["content-disposition"] == 'attachment; filename="acme-template.xlsx"'
    assert (preview["status"], preview["changes"]) == ("ready", [])
    assert company.get(f"{IMPORTS}/template?lang=de", headers={"If-None-Match": got.headers["etag"]}).status_code == 304


@pytest.mark.slow
def test_imports_may_be_larger_than_other_bodies(company: Client) -> None:
    """25 MiB, and not a byte more."""
    largest = 25 * 1024 * 1024

    fits = sent(company, b" " * largest, "text/csv")
    beyond = sent(company, b" " * (largest + 1), "text/csv")
    elsewhere = company.put(
        f"{AT}/document", content=b" " * (10 * 1024 * 1024 + 1), headers={"Content-Type": "application/json"}
    )

    assert fits.status_code == 400, fits.text
    assert [check_problem(r)["status"] for r in (beyond, elsewhere)] == [413, 413]


def test_imports_of_others_do_not_exist(company: Client) -> None:
    """Foreign, absent, and without the right scope."""
    made = sent(company, exported(company)).json()["id"]
    other = company.another(workspace="imports-other")
    reader = company.another("read")

    for path in (IMPORTS, f"{IMPORTS}/{made}", f"{IMPORTS}/template", EXPORTS):
        assert check_problem(other.get(path))["status"] == 404
    assert check_problem(sent(other, b"{}", "application/json"))["status"] == 404
    assert check_problem(other.post(f"{IMPORTS}/{made}/apply"))["status"] == 404
    assert check_problem(company.post(f"{IMPORTS}/imp_x/apply"))["status"] == 404
    assert check_problem(sent(reader, b"not a file", "text/plain"))["status"] == 403
    assert check_problem(reader.post(f"{IMPORTS}/{made}/apply"))["status"] == 403
    assert reader.get(f"{IMPORTS}/{made}").status_code == 200
