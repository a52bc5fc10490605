"""docs/tutorial.md works as it stands: its files are written, its changes made, its commands and its Python run, in order."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.docs.consoles import prints, run, steps
from tests.docs.pages import DOCS, Block, blocks

ADDRESS = "127.0.0.1:8000"
NOT_RUN = ("sh",)
READY_WITHIN = 30


@pytest.mark.slow
def test_the_tutorial_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever follows the page from top to bottom sees what it says."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with served() as address:
        for block in blocks(DOCS / "tutorial.md"):
            follow(block, tmp_path, address)


def follow(block: Block, folder: Path, address: str) -> None:
    """Do what a block says."""
    match block.language:
        case "console":
            for command, output in steps(block):
                printed = run(command.replace(ADDRESS, address), folder).replace(address, ADDRESS)
                assert prints(output, printed), f"line {block.line}: {command}\nprints\n{printed}\nand not\n{output}"
        case "diff":
            file = folder / block.name
            file.write_text(changed(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
        case "yaml" | "python":
            (folder / block.name).write_text(block.text, encoding="utf-8")
        case language:
            assert language in NOT_RUN, f"line {block.line}: nothing is done with a block of {language!r}"


def changed(text: str, difference: str) -> str:
    """A text with a difference applied at the one place where it fits."""
    lines = difference.splitlines()
    before = "\n".join(line[1:] for line in lines if line[:1] != "+")
    after = "\n".join(line[1:] for line in lines if line[:1] != "-")
    assert text.count(before) == 1, f"the difference fits {text.count(before)} times:\n{before}"
    return text.replace(before, after)


@contextmanager
def served() -> Iterator[str]:
    """The service as `concord serve` starts it, on a free port: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("concord")
    service = subprocess.Popen(
        [program, "serve", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        yield f"127.0.0.1:{port}"
    finally:
        service.terminate()
        service.wait(timeout=READY_WITHIN)


def _wait_until_ready(address: str) -> None:
    last = time.monotonic() + READY_WITHIN
    while True:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError):
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
