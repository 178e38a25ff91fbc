"""The root of every refusal the domain can answer with.

DomainError
├── NotFoundError            the thing does not exist, or the viewer may not know that it does
├── NotSignedInError         somebody must sign in first
├── NotPermittedError        the viewer is known but may not do this
├── StaleError               somebody else changed the thing in the meantime
├── TooManyAttemptsError     wait before the next try
├── ForeignCursorError       a list was asked to go on from a place that it does not have
└── InvalidInputError        what was typed cannot be taken; one problem per field
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from marketplace.kernel.i18n import DEFAULT_LANGUAGE, Language, _, translate


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field: a message id, its parameters and a stable code."""

    field: str | None
    message: str
    code: str
    parameters: dict[str, object] = dataclasses.field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The sentence shown to the reader."""
        return translate(self.message, language, **self.parameters)


class DomainError(Exception):
    """An expected refusal, shown to the caller; anything else is a bug."""

    code: ClassVar[str] = "INVALID"
    field: str | None = None

    def __init__(self, message: str, *, field: str | None = None, **parameters: object) -> None:
        super().__init__(message)
        self.message_id = message
        self.parameters = parameters
        self.field = field if field is not None else type(self).field

    def text(self, language: Language = DEFAULT_LANGUAGE) -> str:
        """The sentence shown to the caller."""
        return translate(self.message_id, language, **self.parameters)

    @property
    def problems(self) -> Sequence[Problem]:
        """The refusal as entries of a payload's `errors`."""
        return (Problem(self.field, self.message_id, self.code, self.parameters),)


class NotFoundError(DomainError):
    """The thing does not exist, or the viewer may not know that it does."""

    code = "NOT_FOUND"


class NotSignedInError(DomainError):
    """Somebody must sign in first."""

    code = "NotSignedIn"

    def __init__(self, message: str = _("Please sign in first.")) -> None:
        super().__init__(message)


class NotPermittedError(DomainError):
    """The viewer is known but may not do this."""

    code = "PermissionDenied"

    def __init__(self, message: str = _("You do not have permission to do this.")) -> None:
        super().__init__(message)


class StaleError(DomainError):
    """Somebody else changed the thing in the meantime."""

    code = "INVALID"


class TooManyAttemptsError(DomainError):
    """The same thing was tried too often."""

    code = "LOGIN_ATTEMPT_DELAYED"

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many attempts. Please wait {seconds} seconds."), seconds=seconds)
        self.seconds = seconds


class ForeignCursorError(DomainError):
    """A list was asked to go on from a place that it does not have; for programs."""

    code = "INVALID"

    def __init__(self) -> None:
        super().__init__("The cursor does not belong to this list.")


class InvalidInputError(DomainError):
    """What was typed cannot be taken; one problem per field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message, field=problems[0].field, **problems[0].parameters)
        self._problems = tuple(problems)

    @property
    def problems(self) -> Sequence[Problem]:
        """Every problem that was found, in the order of the fields."""
        return self._problems
