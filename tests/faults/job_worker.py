"""A worker as a process of its own, for jobs of the kind `trial`: its arguments are the address of a database and a file of notes.

A trial has `steps`, each of which takes `seconds` and leaves a line in the file of notes when it begins: job, step, process. The process
ends in good order with SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from app.services.job_runs import Run
from app.services.sealing import Sealer
from app.storage.database import Database
from app.worker import Worker

LEASE = timedelta(seconds=1)


def job_worker() -> None:
    """Work until the process is told to end."""
    url, notes = sys.argv[1], Path(sys.argv[2])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    store = Database(url)
    worker = Worker(store, Sealer(["tests"]), lease=LEASE, kinds={"trial": lambda run: trial(run, notes)})
    worker.start()
    ended.wait()
    worker.stop(0.2)
    store.close()
    os._exit(0)


def trial(run: Run, notes: Path) -> str:
    """Do the steps, and say where the result is."""
    steps: int = run.input["steps"]
    for number in range(steps):
        run.progress(number, steps, "steps")
        run.step(str(number), lambda number=number: step(run, number, notes))
    return f"/v1/trials/{run.id}"


def step(run: Run, number: int, notes: Path) -> int:
    """Leave a line, and take a while."""
    with notes.open("a") as file:
        file.write(f"{run.id} {number} {os.getpid()}\n")
    time.sleep(run.input["seconds"])
    return number
