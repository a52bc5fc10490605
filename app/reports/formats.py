"""Which formats there are: every module of this folder that says NAME, MEDIA_TYPE and SUFFIX and has a `render`.

Nothing is registered, and no format is imported before it is used: what a module says of itself is read from its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue
    from app.domain.verdicts import AuditReport
    from app.reports.refusals import Refusal

_SAID = re.compile(r'^(NAME|MEDIA_TYPE|SUFFIX) = "([^"]+)"$', re.MULTILINE)
_HEAD = 6_000
"""Characters of a module in which it says what it is."""


class Format(NamedTuple):
    """A form in which audits are told: its name for `--format`, its media type for `Accept`, the suffix of its files."""

    name: str
    media_type: str
    suffix: str
    module: str

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self.media_type.startswith("text/") or self.media_type.endswith(("json", "/xml"))

    def render(self, reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
        """The audits in this form, and the files that were refused; the same bytes for the same values."""
        content: bytes = import_module(self.module).render(reports, catalogue=catalogue, refused=refused)
        return content


@lru_cache(maxsize=1)
def formats() -> Mapping[str, Format]:
    """The formats by name, in the order of the alphabet."""
    found = {}
    for file in sorted(Path(__file__).parent.glob("*.py")):
        with file.open(encoding="utf-8") as text:
            said = dict(_SAID.findall(text.read(_HEAD)))
        if "NAME" in said:
            module = f"{__package__}.{file.stem}"
            found[said["NAME"]] = Format(said["NAME"], said["MEDIA_TYPE"], said["SUFFIX"], module)
    return dict(sorted(found.items()))


def names() -> tuple[str, ...]:
    """What `--format` and `?format=` take."""
    return tuple(formats())


def of_media_type(media_type: str) -> Format:
    """The format of a media type; raises KeyError where none has it."""
    return {one.media_type: one for one in formats().values()}[media_type]


def render(
    name: str, reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()
) -> bytes:
    """The audits in the format of this name; raises KeyError where there is none."""
    return formats()[name].render(reports, catalogue=catalogue, refused=refused)
