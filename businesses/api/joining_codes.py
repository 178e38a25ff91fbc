"""Enumerations and refusals of joining, as the GraphQL schema names them."""

from enum import Enum

import strawberry

from businesses.rules.identifiers import IdentifierKind
from businesses.rules.joining import JoiningStep, Requirement
from businesses.rules.licences import LicenceKind
from businesses.rules.suspensions import SuspensionKind
from businesses.rules.verification import VerificationChannel, VerificationState

__all__ = [
    "IdentifierKind",
    "JoiningError",
    "JoiningErrorCode",
    "JoiningStep",
    "LicenceKind",
    "Requirement",
    "SuspensionKind",
    "VerificationChannel",
    "VerificationState",
    "joining_errors",
]

for _kind, _name, _words in (
    (IdentifierKind, "IdentifierKindEnum", "Which register a number comes from."),
    (JoiningStep, "JoiningStepEnum", "One step of joining."),
    (Requirement, "RequirementEnum", "One thing that has to be shown."),
    (LicenceKind, "LicenceKindEnum", "Which activity a licence permits."),
    (SuspensionKind, "SuspensionKindEnum", "By which right a business is suspended."),
    (VerificationChannel, "VerificationChannelEnum", "An independent source about a business."),
    (VerificationState, "VerificationStateEnum", "Where the check of a business stands."),
):
    strawberry.enum(_kind, name=_name, description=_words)


@strawberry.enum(description="Why a step of joining was refused.")
class JoiningErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    REQUIRED = "required"
    NOT_FOUND = "not_found"
    UNIQUE = "unique"
    EXPIRED = "expired"
    HOLDER_MISMATCH = "holder_mismatch"
    CHANNELS_MISSING = "channels_missing"
    FILE_TOO_LARGE = "file_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"


@strawberry.type
class JoiningError:
    """Why a step of joining was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="The reason, for the reader.")
    code: JoiningErrorCode = strawberry.field(description="The reason, for programs.")


def joining_errors() -> list[JoiningError]:
    """The field `errors` of a payload."""
    listed: list[JoiningError] = strawberry.field(
        default_factory=list, description="What was refused; empty when all went well."
    )
    return listed
