"""Types of columns that both databases keep alike: instants, JSON values, packed JSON values."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, kept as whole milliseconds since 1970: the same order and precision in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Instant → milliseconds."""
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Milliseconds → instant."""
        return None if value is None else instant(value)


@lru_cache(maxsize=4096)
def instant(milliseconds: int) -> datetime:
    """The instant that is kept so; rows that were made together have the same."""
    return _EPOCH + milliseconds * _MILLISECOND


class Json(TypeDecorator[Any]):
    """JSON values as text, members in their order, so that what is read is what was written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Values → text."""
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Text → values."""
        return None if value is None else json.loads(value)


class Packed(TypeDecorator[bytes]):
    """Bytes that are read rarely and whole (documents, analyses), compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Bytes → compressed bytes."""
        return None if value is None else zlib.compress(value, 1)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Compressed bytes → bytes."""
        return None if value is None else zlib.decompress(value)


def written(value: Any) -> str:
    """JSON values as compact text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
