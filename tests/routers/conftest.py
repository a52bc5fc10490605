"""The service that the tests of this folder talk to."""

from tests.http_client import client as client
