"""Everything that can go wrong, as callers see it.

ChainError
├── BadInput           an argument that the caller can mend; `path` says which
│   ├── InvalidRule    criteria that break the grammar
│   ├── BadTemplate    a template of a document that can't be filled
│   └── Unfit          several arguments of one change at once, each with what would be right
├── NotFound           an argument names something that is not in the graph
├── Outdated           a change of something that has changed meanwhile; says how it is now
├── Forbidden          a change that is not allowed here, or not from there
├── LoadRefused        a folder that can't be loaded, or not as strictly as asked
├── TooSlow            an analysis that did not end in its time, or that nobody waits for
├── DiskFull           no room to write, outside of the store
└── StoreError
    ├── StoreUnavailable   the database does not answer, or not yet
    ├── StoreTimeout       the statement took too long
    ├── StoreConflict      a uniqueness rule, or a write beside ours
    ├── StoreMisused       the statement itself is wrong: a bug of ours
    └── EmbeddedUnusable   the embedded store can't start here
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class ChainError(Exception):
    """Base of all our errors; `code` is what programs match on, the message is for people."""

    code = "INTERNAL"


class BadInput(ChainError):
    """An argument that the caller can mend."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.path: Sequence[str] = path


class InvalidRule(BadInput):
    """Criteria that break the grammar."""


class Unfit(BadInput):
    """Several arguments of one change, each with what would be right; the path is that of the first."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        super().__init__("；".join(problem.message for problem in problems[:5]), *problems[0].path)
        self.code = problems[0].code
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one argument."""

    message: str
    path: Sequence[str]
    code: str = BadInput.code


class Outdated(ChainError):
    """A change of something that has changed meanwhile: nothing was written."""

    code = "CONFLICT"

    def __init__(self, message: str, current: Mapping[str, Any], *path: str) -> None:
        super().__init__(message)
        self.current = current
        """How it is now."""
        self.path: Sequence[str] = path


class BadTemplate(BadInput):
    """A template of a document that can't be filled: its tags or its file are wrong."""

    code = "BAD_TEMPLATE"


class NotFound(ChainError):
    """An argument names something that is not in the graph; `path` says which, where it is known."""

    code = "NOT_FOUND"

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.path: Sequence[str] = path


class Forbidden(ChainError):
    """A change that is not allowed here, or not from there."""

    code = "FORBIDDEN"


class LoadRefused(ChainError):
    """A folder that can't be loaded, or not as strictly as asked."""

    code = "LOAD_REFUSED"


class TooSlow(ChainError):
    """An analysis that did not end in its time, or that nobody waits for."""

    code = "TIMEOUT"


class Busy(ChainError):
    """More is asked at once than can be answered."""

    code = "BUSY"


class DiskFull(ChainError):
    """No room to write on a disk, outside of the store; the message names the folder."""

    code = "DISK_FULL"


class StoreError(ChainError):
    """The database did not do what was asked."""


class StoreUnavailable(StoreError):
    """The database does not answer, or not yet."""

    code = "STORE_UNAVAILABLE"


class StoreTimeout(StoreError):
    """The statement took too long."""

    code = "TIMEOUT"


class StoreConflict(StoreError):
    """A uniqueness rule was broken, or another writer was in the way."""

    code = "CONFLICT"


class StoreMisused(StoreError):
    """The statement itself is wrong: a bug of ours."""


class EmbeddedUnusable(StoreError):
    """The embedded store can't start here; the message says why and what else would work."""

    code = "STORE_UNAVAILABLE"
