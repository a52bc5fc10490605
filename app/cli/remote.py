"""The service that commands talk to: where it is, and with which key, as `concord login` left it or the surroundings say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import typer

from app.cli import terminal
from app.cli.failures import FAILED, Refused

if TYPE_CHECKING:
    from app.client import Client, Problem

ADDRESS, KEY = "CONCORD_URL", "CONCORD_KEY"
"""Variables that win over what was logged in to."""


class Login(NamedTuple):
    """The address of a service, and the key that opens it."""

    address: str
    key: str


def login_file() -> Path:
    """Where the address and the key are kept."""
    from platformdirs import user_config_path

    return user_config_path("concord") / "login.json"


def the_login() -> Login:
    """Which service, and with which key. Raises Refused where nobody has said so."""
    kept = _kept()
    address = os.environ.get(ADDRESS) or (kept.address if kept else "")
    key = os.environ.get(KEY) or (kept.key if kept and kept.address == address else "")
    if not address:
        raise Refused(f"no service is known yet: concord login URL, or set {ADDRESS} and {KEY}")
    if not key:
        raise Refused(f"there is no key for {address}: concord login {address}, or set {KEY}")
    return Login(checked(address), key)


def keep(login: Login) -> Path:
    """Remember a login, in a file that nobody else can read. Raises Refused where it cannot be written."""
    file = login_file()
    save_privately(file, json.dumps({"address": login.address, "key": login.key}, indent=2).encode() + b"\n")
    return file


def forget() -> bool:
    """Forget the login; whether there was one."""
    file = login_file()
    existed = file.exists()
    file.unlink(missing_ok=True)
    return existed


def checked(address: str, *, insecure: bool = False) -> str:
    """The address of a service as it is kept. Raises Refused for what is none, and where the key could be read on the way."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(
            f"{address!r} is no address of a service; did you mean 'https://{address.partition('://')[2] or address}'?"
        )
    if parts.scheme == "http" and not insecure and not _is_here(parts.hostname) and not os.environ.get(ADDRESS):
        raise Refused(
            f"{address} is not encrypted: everybody on the way could read the key; --insecure sends it nevertheless"
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/").removesuffix("/v1")


@contextmanager
def connected(login: Login | None = None) -> Iterator[Client]:
    """A client of the service. Within the block its refusals are told and end the command: with 2, or with 3 when there is no answer."""
    from app.client import Client, ConcordError, NoAnswer, NotAuthenticated, Problem, Unavailable

    found = login or the_login()
    try:
        with Client(found.address, found.key) as client:
            yield client
    except NotAuthenticated:
        raise Refused(f"{found.address} does not accept the key (any more): concord login {found.address}") from None
    except (NoAnswer, Unavailable) as away:
        terminal.say(f"concord: {found.address}: {away}")
        raise typer.Exit(FAILED) from None
    except Problem as problem:
        if problem.status >= 500:
            terminal.say(f"concord: {found.address}: {problem} (request {problem.request_id})")
            raise typer.Exit(FAILED) from None
        raise Refused(_told(problem)) from None
    except ConcordError as error:
        raise Refused(str(error)) from None


@contextmanager
def organization_in(client: Client, org: str) -> Iterator[None]:
    """Within the block something is asked of an organization. Raises Unknown, with those that may be meant, where there is none."""
    from app.client import NotFound
    from app.domain.errors import Unknown
    from app.domain.nearest import nearest

    try:
        yield
    except NotFound:
        known = [str(one.key) for one in client.organizations.list()]
        if org in known:
            raise
        raise Unknown("organization", org, tuple(nearest(org, known, 2))) from None


def save_privately(file: Path, content: bytes) -> None:
    """Write a file whole or not at all that only its owner can read. Raises Refused where that is not possible."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(content)
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refused(f"cannot write {file}: {error.strerror}") from None


def _told(problem: Problem) -> str:
    """A refusal, and everything that is wrong, each on a line of its own."""
    from app.reports.text_line import plain

    lines = [problem.detail]
    for fault in problem.errors:
        where = fault.pointer or fault.parameter or ""
        hint = f"; {fault.hint}" if fault.hint else ""
        lines.append(f"  {where}: {fault.detail}{hint}")
    return "\n".join(map(plain, lines))


def _kept() -> Login | None:
    try:
        said = json.loads(login_file().read_text(encoding="utf-8"))
        return Login(said["address"], said["key"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(f"{login_file()} cannot be read; concord login URL writes it again") from None


def _is_here(host: str) -> bool:
    """Whether a host is this very machine, so that nobody can listen on the way."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
