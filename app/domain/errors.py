"""Every error that the domain raises.

ConcordError
├── DocumentInvalid      the model document has problems, all of them listed
├── RuleInvalid          a rule does not hold together (app.domain.rules)
├── Unknown              something is asked for that does not exist
├── Missing              a workspace has no such thing: absent, deleted, or of somebody else
├── AlreadyExists        a key is taken
├── StillReferenced      what is to go is referred to from elsewhere
├── WrongState           the state of a thing does not allow what is asked
├── CriteriaUnmet        what has to be so before a stage is left is not so
├── Clashing             a scenario and the model say different things, and nobody has chosen
├── Changed              somebody changed the thing since it was read
├── ConditionNeeded      a change without saying what it was made on
├── ClaimReused          a key of a retried request came with another request
├── ClaimRunning         the first request of that key has not ended
├── JobInterrupted       a job was begun again and again, and never came to an end
├── Forbidden            a credential does not grant what is asked
├── EmbedRefused         a token of an embed opens nothing
├── PlaceLost            a place in a list is none in this order of it
├── SchemaTooNew         the database was made by a later version
└── StorageTrouble       the database cannot be used now
    └── StorageFull      there is no room for what is to be written
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with an input: where, what was found, what was expected, the nearest valid value.

    `pointer` is a JSON pointer (`/kpis/3/weight`); `line` and `column` count from 1; `sheet` and `cell` stand for spreadsheets.
    `code` is stable; `message` and `expected` are English, `app.domain.problem_texts.told` says them in another language out of
    `details`. `found` and `nearest` are data and stay as they are.
    """

    pointer: str
    code: str
    message: str
    found: str | None = None
    expected: str | None = None
    nearest: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    details: tuple[tuple[str, str], ...] = ()


class ConcordError(Exception):
    """Base of all errors that carry their own explanation."""


class DocumentInvalid(ConcordError):
    """The document is refused whole; `problems` lists everything that is wrong with it, in document order.

    `malformed` is true when the bytes could not be read as the format that they claim to be; `too_large` when they exceed what is
    read at all. `omitted` counts the problems beyond the first hundred, which are not listed.
    """

    def __init__(
        self, problems: Iterable[Problem], *, malformed: bool = False, too_large: bool = False, omitted: int = 0
    ) -> None:
        self.problems = tuple(problems)
        self.malformed = malformed
        self.too_large = too_large
        self.omitted = omitted
        count = len(self.problems) + omitted
        listed = "" if not omitted else f", the first {len(self.problems)} are listed"
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the document{listed}")


class Unknown(ConcordError):
    """Something was asked for by a name that does not exist; `nearest` names what may have been meant."""

    def __init__(self, what: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.what, self.name, self.nearest = what, name, nearest
        super().__init__(f"there is no {what} '{name}'")


class Missing(ConcordError):
    """The workspace has no thing of this kind by this name: it is absent, deleted, or belongs to another workspace; nobody learns which."""

    def __init__(self, what: str, name: str) -> None:
        self.what, self.name = what, name
        super().__init__(f"there is no {what} '{name}'")


class AlreadyExists(ConcordError):
    """The key is taken."""

    def __init__(self, what: str, name: str) -> None:
        self.what, self.name = what, name
        super().__init__(f"there is a {what} '{name}' already")


class Reference(NamedTuple):
    """What refers to a thing: its kind (`kpis`), its key, and the path under the organization that it has."""

    kind: str
    key: str
    path: str


class StillReferenced(ConcordError):
    """The thing cannot go while others refer to it."""

    def __init__(self, what: str, name: str, references: Iterable[Reference]) -> None:
        self.what, self.name, self.references = what, name, tuple(references)
        super().__init__(f"{what} '{name}' is referred to by {', '.join(r.path for r in self.references)}")


class WrongState(ConcordError):
    """The state of the thing does not allow what is asked; `reason` says so in a sentence, in English and German.

    `possible`: the states that it can be brought to, None where it is not about one of several.
    """

    def __init__(self, reason: str, german: str, possible: tuple[str, ...] | None = None) -> None:
        self.reason, self.german, self.possible = reason, german, possible
        super().__init__(reason)


class Criterion(NamedTuple):
    """What is not yet so: its key, and a sentence that says it, in English and German."""

    key: str
    text: str
    german: str


class CriteriaUnmet(ConcordError):
    """The thing cannot go on to `stage` while the criteria in `missing` are unmet."""

    def __init__(self, stage: str, missing: Iterable[Criterion]) -> None:
        self.stage, self.missing = stage, tuple(missing)
        super().__init__(f"{stage}: {', '.join(one.key for one in self.missing)}")


class Clashing(ConcordError):
    """A scenario and the model changed the same in different ways; `conflicts` are the places that nobody has chosen for, as JSON."""

    def __init__(self, conflicts: Iterable[dict[str, object]]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(f"{len(self.conflicts)} places were changed in different ways")


class Changed(ConcordError):
    """The precondition does not hold: somebody changed the thing. `tag` is its current entity tag, None when it does not exist."""

    def __init__(self, tag: str | None) -> None:
        self.tag = tag
        super().__init__("the thing was changed since it was read")


class ConditionNeeded(ConcordError):
    """Who changes what exists says on which state; `tag` is the current one."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        super().__init__("a change of what exists needs a precondition")


class ClaimReused(ConcordError):
    """The key of a retried request came with another request than before."""


class ClaimRunning(ConcordError):
    """The first request with this key has not ended."""


class JobInterrupted(ConcordError):
    """The job was begun several times, and each time whoever did it was not heard of any more."""


class Forbidden(ConcordError):
    """The credential is known but does not grant what is asked; `scope` names what is needed."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"the scope {scope} is needed")


class EmbedRefused(ConcordError):
    """A token of an embed opens nothing; `reason`: unknown (none of ours), expired, revoked, or view (it is for another one)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the token of the embed opens nothing: {reason}")


class PlaceLost(ConcordError):
    """A place in a list says other values than those that the list is ordered by."""


class StorageTrouble(ConcordError):
    """The database cannot be used now; trying again later is right."""


class StorageFull(StorageTrouble):
    """There is no room for what is to be written; what is stored can still be read."""


class SchemaTooNew(ConcordError):
    """The database was made by a later version of Concord."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(
            f"the database has the schema {found}, which this version of Concord does not know: it was made by a later one; "
            "start that one, or restore a backup"
        )
