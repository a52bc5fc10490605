"""The service that the tests of this folder talk to."""

from tests.databases import database_url as database_url
from tests.http_client import client as client
