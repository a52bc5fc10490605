"""The pages on formats show what really is read and written."""

from __future__ import annotations

import yaml

from app.catalogue.load import catalogue
from app.catalogue.sources import FOLDER
from app.domain.document.checks import document_from
from tests.docs.pages import DOCS, blocks


def yaml_of(page: str) -> str:
    """The one block of YAML on a page."""
    (block,) = [block for block in blocks(DOCS / page) if block.language == "yaml"]
    return block.text


def test_the_document_on_the_page_is_valid():
    """Whoever copies the example of the model document has a document."""
    document = document_from(yaml.safe_load(yaml_of("document.md")), catalogue())

    assert document.organization.name == "Acme Telecom"


def test_the_rule_on_the_page_is_one_that_runs():
    """What the page shows of a rule is what stands in the rule's own file."""
    shown = yaml.safe_load(yaml_of("rule-language.md"))
    (file,) = (FOLDER / "rules").glob(f"*/{shown['id']}-*.yaml")

    written = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert {member: written[member] for member in shown} == shown
