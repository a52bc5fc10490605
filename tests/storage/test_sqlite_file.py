"""The file of an SQLite database."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.domain.errors import StorageTrouble
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


def test_a_database_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    """It is away for as long as that does not change."""
    (tmp_path / "folder").touch()
    store = Database(f"sqlite:///{tmp_path}/folder/concord.db")

    with pytest.raises(StorageTrouble) as trouble:
        migrate(store)

    store.close()
    assert str(trouble.value) == "the file of the database cannot be made (File exists)"
