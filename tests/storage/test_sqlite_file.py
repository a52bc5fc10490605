"""The file of an SQLite database."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.schema import migrate


@pytest.mark.parametrize("there", [False, True])
def test_a_new_database_is_for_its_owner_alone(tmp_path: Path, there: bool) -> None:
    """With all that is written beside it; who may read a file that is there already is for its owner to say."""
    file = tmp_path / "folder" / "concord.db"
    if there:
        file.parent.mkdir()
        file.touch()
        file.chmod(0o640)
    store = Database(f"sqlite:///{file}")

    migrate(store)

    modes = {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()}
    store.close()
    assert modes == ({0o640} if there else {0o600})
