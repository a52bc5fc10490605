"""Secrets that must be read again (of webhooks and embeds) are kept sealed: encrypted with a key that lies outside of the database."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.domain.errors import ConcordError


class Unsealable(ConcordError):
    """What is kept was sealed with a key that this service does not have."""


class Sealer:
    """Seals with the first of its keys and opens what any of them sealed, so that a new key can be put before an old one."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys])

    def seal(self, text: str) -> str:
        """The text, so that only a holder of the key can read it."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text that was sealed; raises Unsealable."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unsealable("a secret was sealed with another CONCORD_SECRET_KEY than this service has") from None


def sealer_of(secret_key: str) -> Sealer:
    """The sealer of the keys that the settings name, separated by commas; without any, of a key that is made once and kept in the user's
    data folder, where only the user can read it."""
    keys = [key.strip() for key in secret_key.split(",") if key.strip()]
    return Sealer(keys or [_own_key()])


def own_key_file() -> Path:
    """Where the key is kept that is used when the settings name none."""
    from platformdirs import user_data_path

    return Path(user_data_path("concord")) / "secret.key"


def _own_key() -> str:
    file = own_key_file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_once(file, secrets.token_urlsafe(32))
    return file.read_text(encoding="ascii").strip()


def _write_once(file: Path, key: str) -> None:
    """Whoever comes first writes; what is there is whole from the first moment."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(key)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _derived(key: str) -> bytes:
    """A key of the length that the cipher wants."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())
