"""`concord worker` as it is called; what becomes of its jobs is told in tests/faults/test_job_processes.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import ROOT, concord
from tests.databases import fresh

TASKS = Path("/proc/self/task")


@pytest.mark.slow
@pytest.mark.skipif(not TASKS.is_dir(), reason="the threads of a process are counted as Linux shows them")
def test_as_many_jobs_are_done_at_once_as_are_asked_for():
    """`--at-once` is how many threads wait for jobs; all else stays as it is."""
    with fresh("sqlite") as url:
        few, more = _threads(url, "--at-once", "1"), _threads(url, "--at-once", "4")

    assert more - few == 3


def test_no_jobs_at_all_is_wrong_use():
    """Who wants no jobs done starts no worker."""
    ran = concord("worker", "--at-once", "0")

    assert ran.status == 2
    assert "'--at-once': 0 is not in the range 1<=x<=64" in ran.err


def _threads(url: str, *options: str) -> int:
    """How many threads a worker has when it says that it does jobs."""
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli.main", "worker", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "CONCORD_DATABASE_URL": url,
            "CONCORD_SECRET_KEY": "tests" * 8,
            "CONCORD_LOG_LEVEL": "error",
        },
        stderr=subprocess.PIPE,
    ) as worker:
        assert worker.stderr
        said = worker.stderr.readline()
        count = len(list(TASKS.parents[1].joinpath(str(worker.pid), "task").iterdir()))
        worker.terminate()
    assert said.startswith(b"Concord does jobs"), said
    assert worker.returncode == 0
    return count
