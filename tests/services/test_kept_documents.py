"""Documents that are kept in memory: by what is stored of them, and no more than fit."""

from __future__ import annotations

from app.domain.document.pieces import Pieces
from app.services.kept_documents import KeptDocuments


def pieces(number: int) -> Pieces:
    return Pieces({"concord": 1, "number": number}, {}, {})


def test_a_document_is_found_by_the_very_bytes_that_are_stored() -> None:
    """Other bytes are another document, whatever its number and its hash."""
    kept = KeptDocuments()

    kept.keep(b'{"a":1}', pieces(1))

    assert kept.find(b'{"a":1}') == pieces(1)
    assert kept.find(b'{"a": 1}') is None


def test_what_was_not_asked_for_longest_goes_when_there_is_no_room() -> None:
    """No more is kept than the bytes that were promised."""
    kept = KeptDocuments(most=25)
    kept.keep(b"a" * 10, pieces(1))
    kept.keep(b"b" * 10, pieces(2))
    kept.find(b"a" * 10)

    kept.keep(b"c" * 10, pieces(3))

    assert kept.find(b"a" * 10) == pieces(1)
    assert kept.find(b"b" * 10) is None
    assert kept.find(b"c" * 10) == pieces(3)


def test_a_document_that_does_not_fit_is_not_kept() -> None:
    """One that is larger than all there is room for is read anew each time."""
    kept = KeptDocuments(most=5)

    kept.keep(b"a" * 10, pieces(1))

    assert kept.find(b"a" * 10) is None


def test_a_document_goes_for_the_one_that_follows_it() -> None:
    """Of an organization that is written again and again only the last state is kept."""
    kept = KeptDocuments()
    kept.keep(b"first", pieces(1))

    kept.keep(b"second", pieces(2), instead_of=b"first")

    assert kept.find(b"first") is None
    assert kept.find(b"second") == pieces(2)
