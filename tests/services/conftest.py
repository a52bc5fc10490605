"""The databases that the tests of this folder look at."""

from tests.databases import database_url as database_url
from tests.databases import store as store
