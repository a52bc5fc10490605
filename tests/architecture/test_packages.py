"""The contracts of imports hold for all of the code: what is no package, they do not see."""

from __future__ import annotations

from pathlib import Path

import app


def test_every_folder_with_modules_is_a_package():
    """A folder without `__init__.py` can be imported from, and is passed over by whoever reads imports."""
    root = Path(app.__file__).parent
    folders = {module.parent for module in root.rglob("*.py")}

    assert sorted(str(one.relative_to(root)) for one in folders if not (one / "__init__.py").exists()) == []
