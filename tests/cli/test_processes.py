"""What only a process of its own shows: encodings, closed pipes, signals, failures of ours."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import CALM, HARMFUL
from tests.cli.runner import AS_OF, ROOT, process


@pytest.mark.slow
def test_a_terminal_without_unicode_is_served(written: Written):
    """Characters that an ASCII terminal cannot show are written in others; nothing crashes."""
    path = written("acme.yaml", HARMFUL.replace("Acme Telecom", "Größe → 会社"))

    ran = process("audit", path, "--lang", "de", "--quiet", "--no-recommendations", PYTHONIOENCODING="ascii")

    assert ran.status == 1
    assert "Groesse -> ??" in ran.out
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_json_is_utf_8_whatever_the_terminal(written: Written):
    """Answers for programs have the same bytes everywhere."""
    path = written("acme.yaml", HARMFUL.replace("Acme Telecom", "Größe"))

    ascii_, utf8 = (
        process("audit", path, "--as-of", AS_OF, "--format", "json", PYTHONIOENCODING=encoding)
        for encoding in ("ascii", "utf-8")
    )

    assert ascii_ == utf8


@pytest.mark.slow
def test_a_closed_pipe_is_quiet(written: Written):
    """`concord audit … | head` says nothing of the pipe, and keeps its exit status."""
    path = written("acme.yaml", HARMFUL)
    command = [sys.executable, "-m", "app.cli.main", "audit", str(path), "--all"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        said = running.stderr.read()

    assert (running.returncode, said) == (1, b"")


def test_an_interrupt_is_quiet_and_ends_with_130(tmp_path: Path):
    """Ctrl-C while it reads ends it without a traceback."""
    pipe = tmp_path / "slow.yaml"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "app.cli.main", "audit", str(pipe)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        writing = os.open(pipe, os.O_WRONLY)  # returns once the command has opened its end
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
        os.close(writing)

    assert (running.returncode, said) == (130, b"")


@pytest.mark.slow
def test_a_failure_of_ours_is_a_line_and_ends_with_3(written: Written):
    """Where Concord itself fails, it says so in one line; CONCORD_DEBUG shows the rest."""
    path = written("calm.yaml", CALM)
    broken = "import sys, app.services.audits as a; a.audit = None; from app.cli.main import run; run()"
    command = [sys.executable, "-c", broken, "audit", str(path)]

    short, long = (
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "CONCORD_DEBUG": debug})
        for debug in ("", "1")
    )

    assert (short.returncode, long.returncode) == (3, 3)
    assert short.stderr.startswith("concord: a failure of Concord itself: TypeError")
    assert short.stderr.count("\n") == 1
    assert "Traceback" in long.stderr


@pytest.mark.slow
def test_every_audit_ends_by_itself_with_a_status_that_means_something(written: Written):
    """Bytes that are no document at all end with 2 and without a traceback."""
    path = written("noise.yaml", "\x01\x02: [}")

    ran = process("audit", path)

    assert ran.status == 2
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_a_terminal_gets_colour_and_its_own_width(written: Written):
    """On a terminal the report is coloured, unless NO_COLOR is set, and as wide as the terminal within bounds."""
    path = written("calm.yaml", CALM)

    coloured, plain = (_on_a_terminal(72, "audit", path, NO_COLOR=no) for no in ("", "1"))

    assert "\x1b[1mCalm Ltd\x1b[0m" in coloured
    assert "\x1b[" not in plain
    assert "─" * 72 in plain.splitlines()


@pytest.mark.slow
def test_several_files_show_how_far_it_is_on_a_terminal(written: Written):
    """Long work shows its progress, and nothing of it stays."""
    one, other = written("a.yaml", CALM), written("b.yaml", CALM)

    said = _on_a_terminal(80, "audit", one, other, "--quiet")

    assert "Auditing" in said
    assert said.rpartition("Auditing")[2].count("Calm Ltd") == 2


@pytest.mark.slow
def test_one_document_that_takes_long_shows_that_it_goes_on(tmp_path: Path):
    """After two seconds a terminal sees for how long it has been audited; nothing of it stays."""
    pipe = tmp_path / "slow.yaml"
    os.mkfifo(pipe)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "app.cli.main", "audit", str(pipe), "--quiet", "--color", "never"]

    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT, env={**os.environ, "TERM": "xterm"}):
        os.close(theirs)
        writing = os.open(pipe, os.O_WRONLY)  # returns once the command has opened its end
        said = b""
        while b"Auditing" not in said:
            said += os.read(ours, 65_536)
        os.write(writing, CALM.encode())
        os.close(writing)
        told = b"".join(_until_closed(ours)).decode()
    os.close(ours)

    assert "Calm Ltd" in told
    assert "Auditing" not in told.rpartition("Calm Ltd")[2]


def _on_a_terminal(columns: int, *arguments: object, **environment: str) -> str:
    """What a terminal of that width would be sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "app.cli.main", *map(str, arguments)]
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, cwd=ROOT, env={**clean, "TERM": "xterm", **environment}
    ):
        os.close(theirs)
        said = b"".join(_until_closed(ours))
    os.close(ours)
    return said.decode()


def _until_closed(terminal: int) -> Iterator[bytes]:
    with suppress(OSError):
        while piece := os.read(terminal, 65_536):
            yield piece
