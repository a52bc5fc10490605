"""A client that others generate from the OpenAPI document is whole, and takes its first steps."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from app.routers.examples import DOCUMENT
from tests.client.over_asgi import ADDRESS, OverAsgi
from tests.contract.the_document import document
from tests.http_client import Client, serving

pytestmark = pytest.mark.slow

PACKAGE = "generated_concord"
UNSUPPORTED = re.compile(r"^Unsupported content type (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A package written by openapi-python-client, and what the generator said."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_text(json.dumps(document()))
    program = Path(sys.executable).with_name("openapi-python-client")
    said = subprocess.run(
        [program, "generate", "--path", "openapi.json", "--output-path", PACKAGE, "--meta", "none"],
        cwd=folder, capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE), said.stdout + said.stderr
    sys.path.remove(str(folder))


def part(name: str) -> Any:
    """A module of the package."""
    return importlib.import_module(f"{PACKAGE}.{name}")


def test_every_operation_is_generated(generated: tuple[Any, str]) -> None:
    """And can be imported; what the generator passes over are only other forms of a body than JSON and forms."""
    package, said = generated
    folder = Path(str(package.__file__)).parent / "api"
    found = {file.stem for file in folder.rglob("*.py")} - {"__init__"}
    operations = {told["operationId"] for methods in document()["paths"].values() for told in methods.values()}

    for file in folder.rglob("*.py"):
        part(".".join(["api", *file.relative_to(folder).with_suffix("").parts]).removesuffix(".__init__"))

    assert operations - found == set()
    assert "Unable to process schema" not in said
    assert "application/json" not in UNSUPPORTED.findall(said)


def test_the_generated_client_takes_its_first_steps(generated: tuple[Any, str]) -> None:
    """A document goes in, an analysis is run, findings are paged through, and a stale change is refused with a problem."""
    with serving() as service, _asking(service) as client:
        model = part("models.document").Document.from_dict(yaml.safe_load(DOCUMENT))

        made = part("api.documents.put_document").sync_detailed("acme", client=client, body=model, if_none_match="*")
        analysis = part("api.analyses.run_analysis").sync("acme", client=client)
        findings = part("api.findings.list_findings").sync("acme", analysis.id, client=client, limit=2)
        refused = part("api.documents.put_document").sync_detailed("acme", client=client, body=model, if_match='"old"')

        assert made.status_code == 201
        assert analysis.summary.headline
        assert len(findings.items) == 2
        assert refused.status_code == 412
        assert refused.parsed.type_.endswith("/problems/precondition-failed")


@contextmanager
def _asking(service: Client) -> Iterator[Any]:
    """The generated client of a service, with the key of the tests' own."""
    headers = {"Authorization": f"Bearer {service.key}"}
    with httpx.Client(base_url=ADDRESS, transport=OverAsgi(service.app), headers=headers) as over_asgi:
        client = part("client").AuthenticatedClient(base_url=ADDRESS, token=service.key)
        client.set_httpx_client(over_asgi)
        yield client
