"""The services that the tests of this folder talk to."""

from tests.http_client import client as client
from tests.http_client import shared as shared
from tests.http_client import stored as stored
from tests.http_client import tenant as tenant
