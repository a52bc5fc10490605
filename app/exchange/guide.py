"""What is known before a file is read: the document that it is merged into, and what whoever imports says of its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

PASSED_OVER = "-"
"""What is said of a heading whose column is not to be read."""


class Guide(NamedTuple):
    """`current`: the document that is merged into, None where the file stands alone; `headings`: heading → column, or `-`.

    Into a document, empty cells are read as null: they empty the member. Alone, they are left out.
    """

    current: Mapping[str, Any] | None = None
    headings: Mapping[str, str] = {}

    @property
    def merges(self) -> bool:
        """Whether the file is read to be merged into a document."""
        return self.current is not None

    def items(self, name: str) -> list[Mapping[str, Any]]:
        """The items of a list of the document that is merged into."""
        return list((self.current or {}).get(name) or ())

    def segments(self) -> list[Mapping[str, Any]]:
        """The customer segments of the document that is merged into."""
        customers = ((self.current or {}).get("organization") or {}).get("customers") or {}
        return list(customers.get("segments") or ())

    def keys(self, name: str) -> Iterator[str]:
        """The keys of a list of the document that is merged into."""
        return (str(item["key"]) for item in self.items(name))

    def counts_weights(self, name: str) -> bool:
        """Whether weights of a list are counted on a scale beyond 1 already, so that 40 % among them is 40."""
        return any(isinstance(item.get("weight"), int | float) and item["weight"] > 1 for item in self.items(name))


ALONE = Guide()
