"""Refusals of registration.

DomainError
├── InvalidInputError (kernel)      answers that cannot be taken, one problem each
├── InvalidDossierError             a value of the dossier cannot be taken
├── UnfinishedDossierError          something is still missing before it can be filed
├── TakenNameError                  another household business of the commune bears the name
└── SecondHouseholdError            the person has a household business, or is registering one
"""

from marketplace.kernel.errors import DomainError
from marketplace.kernel.i18n import _


class InvalidDossierError(DomainError):
    """A value of the dossier cannot be taken."""

    code = "INVALID"


class UnfinishedDossierError(DomainError):
    """Something is still missing before the dossier can be filed."""

    code = "UNFINISHED"


class TakenNameError(DomainError):
    """Another household business of the commune bears the name (art. 86)."""

    code = "TAKEN_NAME"

    def __init__(self) -> None:
        super().__init__(
            _("A household business of this commune bears this name already."), field="name"
        )


class SecondHouseholdError(DomainError):
    """The person has a household business already, or is registering one (art. 83)."""

    code = "SECOND_HOUSEHOLD"

    def __init__(self) -> None:
        super().__init__(
            _("One person registers one household business, and this person has one already."),
            field="personalNumber",
        )
