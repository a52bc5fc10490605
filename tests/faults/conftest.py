"""The databases that the tests of this folder share, and whose assertions tell what they found."""

import pytest

from tests.databases import store as store

for module in ("writers", "whole", "model"):
    pytest.register_assert_rewrite(f"tests.faults.{module}")
