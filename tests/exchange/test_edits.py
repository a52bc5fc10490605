"""Export, edit, import: exactly the edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.document_checks import checked, document_from
from app.exchange.import_preview import preview
from app.exchange.preview import Mode
from tests.counts import many
from tests.exchange.documents import documents, whole
from tests.exchange.edits import Edit, after, edited_csv, edited_workbook, edits


@pytest.mark.parametrize("mode", ["merge", "replace"])
@pytest.mark.parametrize(
    ("edited", "name"), [(edited_workbook, "acme.xlsx"), (edited_csv, "acme.zip")], ids=["xlsx", "csv"]
)
@settings(max_examples=many(400))
@given(draw=st.data())
def test_an_edited_cell_is_the_only_change(
    edited: Callable[[dict[str, Any], Edit], bytes], name: str, mode: Mode, draw: st.DataObject
):
    """Whatever cell of an export is filled otherwise or emptied, its import changes that member and nothing else, or is refused for it."""
    document = draw.draw(documents() | st.just(whole()))
    edit = draw.draw(edits(document))
    wanted = after(document, edit)

    found = preview(edited(document, edit), name, document, mode=mode)

    _, faults = checked(wanted)
    if faults:
        assert {problem.code for problem in found.problems} == {fault.code for fault in faults}
    else:
        assert document_from(found.accepted()) == document_from(wanted)
        assert len([change for row in found.rows for change in row.changes]) <= 1
        assert not found.removed
