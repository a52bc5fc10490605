"""Which files came from the service, or went there, and in which state: what `push` needs in order to overwrite nobody's work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from app.cli.failures import Refused
from app.cli.remote import save_privately


@dataclass(frozen=True, slots=True)
class Tracked:
    """The state of an organization that a file was equal to, and the hash of the file then."""

    address: str
    organization: str
    revision: int
    etag: str
    file_hash: str


def state_file() -> Path:
    """Where it is kept."""
    from platformdirs import user_state_path

    return user_state_path("concord") / "files.json"


def tracked(file: Path, address: str, organization: str) -> Tracked | None:
    """What is known of a file, if it belongs to that organization of that service."""
    found = _all().get(str(file.resolve()))
    return found if found and (found.address, found.organization) == (address, organization) else None


def organization_of(file: Path, address: str) -> str | None:
    """The organization that a file was last equal to."""
    found = _all().get(str(file.resolve()))
    return found.organization if found and found.address == address else None


def files_of(address: str) -> list[tuple[Path, Tracked]]:
    """The files that belong to a service and are still there, by name."""
    return [
        (Path(path), found)
        for path, found in sorted(_all().items())
        if found.address == address and Path(path).exists()
    ]


def track(file: Path, state: Tracked) -> None:
    """Remember that a file is equal to a state. Files that are gone are forgotten."""
    known = {path: found for path, found in _all().items() if Path(path).exists()}
    known[str(file.resolve())] = state
    written = {path: asdict(found) for path, found in sorted(known.items())}
    save_privately(state_file(), json.dumps(written, ensure_ascii=False, indent=2).encode() + b"\n")


def hash_of(file: Path) -> str:
    """A hash of what a file, or a folder of sheets, holds."""
    files = sorted(file.glob("*.csv")) if file.is_dir() else [file]
    whole = hashlib.sha256()
    for each in files:
        whole.update(each.name.encode() + b"\0" + each.read_bytes())
    return whole.hexdigest() if file.is_dir() else hashlib.sha256(file.read_bytes()).hexdigest()


def _all() -> Mapping[str, Tracked]:
    try:
        said = json.loads(state_file().read_text(encoding="utf-8"))
        return {path: Tracked(**members) for path, members in said.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        raise Refused(f"{state_file()} cannot be read; remove it, and pull again") from None
