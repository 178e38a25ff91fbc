"""Refusals of businesses.

DomainError
├── InvalidBusinessError     a value of the profile cannot be taken
├── IdentifierTakenError     another active business holds the number
├── HolderMismatchError      a bank account is kept under another name
├── ChannelsMissingError     too few independent sources confirm a business
├── MemberError              something about the people of a business cannot be done
│   ├── MemberKnownError     the person works for the business already
│   ├── LastOwnerError       a business would be left without an owner
│   ├── InvitationOverError  an invitation was used, taken back, or is too old
│   └── HandoverOverError    a hand-over was answered, taken back, or is too old
├── ConsentError             a seller's consent is not told well enough
├── AssistanceOverError      the help was ended, is too old, or was never confirmed
└── RegisterFileError        a file of the department's register was refused
"""

from marketplace.kernel.errors import DomainError
from marketplace.kernel.i18n import _


class InvalidBusinessError(DomainError):
    """A value of the profile cannot be taken."""

    code = "INVALID"


class IdentifierTakenError(DomainError):
    """Another active business holds the number; which one is told to officers only."""

    code = "UNIQUE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This number already belongs to a business here. If it is yours, ask the officer "
                "to look at it.",
            ),
            field="identifier",
        )


class HolderMismatchError(DomainError):
    """A bank account is kept under another name than the one it must be kept under."""

    code = "HOLDER_MISMATCH"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The account must be kept under the name {name}, as you wrote it before."),
            field="holderName",
            name=name,
        )


class ChannelsMissingError(DomainError):
    """Too few independent sources confirm the business."""

    code = "CHANNELS_MISSING"

    def __init__(self, needed: int) -> None:
        super().__init__(
            _("At least {needed} independent sources must confirm the business first."),
            field="channels",
            needed=needed,
        )


class MemberError(DomainError):
    """Something about the people of a business cannot be done."""

    code = "INVALID"


class MemberKnownError(MemberError):
    """The person works for the business already."""

    code = "UNIQUE"

    def __init__(self) -> None:
        super().__init__(_("This person is a member of the business already."), field="contact")


class LastOwnerError(MemberError):
    """A business would be left without an owner."""

    code = "LAST_OWNER"

    def __init__(self) -> None:
        super().__init__(
            _("The last owner cannot go. Hand the business over to another member first."),
            field="member",
        )


class InvitationOverError(MemberError):
    """An invitation was used, taken back, or is too old; which of them is not told."""

    code = "EXPIRED"

    def __init__(self) -> None:
        super().__init__(
            _("This invitation is not valid any more. Please ask for a new one."), field="token"
        )


class HandoverOverError(MemberError):
    """A hand-over was answered, taken back, or is too old."""

    code = "EXPIRED"

    def __init__(self) -> None:
        super().__init__(_("This hand-over is not open any more."), field="id")


class ConsentError(DomainError):
    """A seller's consent is not told well enough to act on it."""

    code = "CONSENT_NEEDED"


class AssistanceOverError(DomainError):
    """The help was ended, is too old, or was never confirmed."""

    code = "EXPIRED"

    def __init__(self) -> None:
        super().__init__(_("This help has ended. Please ask the seller anew."), field="id")


class RegisterFileError(DomainError):
    """A file of the department's register was refused as a whole."""

    code = "INVALID"
