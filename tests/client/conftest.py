"""Services that the tests of this folder talk to."""

from tests.http_client import stored as stored
