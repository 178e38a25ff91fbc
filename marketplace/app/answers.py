"""From execution results to answers: refusals are told, everything else gets a number."""

import secrets
from typing import Any, Final

import structlog
from graphql import GraphQLError
from strawberry.types import ExecutionResult

from marketplace.kernel.errors import DomainError
from marketplace.kernel.graph.refusals import top_level
from marketplace.kernel.i18n import Language, _, translate

MASKED: Final = _("Something went wrong. Please try again; the number of the error is {number}.")
log = structlog.get_logger(__name__)


def formatted(error: GraphQLError, language: Language) -> dict[str, Any]:
    """The error as the answer shows it; a bug shows its number only."""
    original, path = error.original_error, error.path
    if isinstance(original, GraphQLError):
        error, original = original, original.original_error
    if isinstance(original, DomainError):
        return {**top_level(original, language).formatted, "path": path}
    if original is None:
        return dict(error.formatted)
    number = secrets.token_hex(4)
    log.error("graphql.failed", number=number, path=error.path, exc_info=original)
    return {
        "message": translate(MASKED, language, number=number),
        "path": path,
        "extensions": {
            "code": "INTERNAL_SERVER_ERROR",
            "exception": {"code": "INTERNAL_SERVER_ERROR"},
            "number": number,
        },
    }


def answer_of(result: ExecutionResult, language: Language) -> tuple[dict[str, Any], int]:
    """The body of the answer and its status: 400 only when the document did not run."""
    body: dict[str, Any] = {}
    did_run = result.data is not None or any(error.path for error in result.errors or ())
    if did_run:
        body["data"] = result.data
    if result.errors:
        body["errors"] = [formatted(error, language) for error in result.errors]
    if result.extensions:
        body["extensions"] = result.extensions
    return body, 200 if did_run else 400
