"""The databases that the tests of this folder share."""

from tests.databases import store as store
