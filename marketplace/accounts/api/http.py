"""What accounts publish beside GraphQL: the keys by which anybody checks our tokens."""

from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from marketplace.accounts import queries
from marketplace.accounts.services.keys import jwks_of, trusted_since
from marketplace.kernel.context import Asking, ContextFactory

router: Final = APIRouter()


@router.get("/.well-known/jwks.json", include_in_schema=False)
async def jwks(request: Request, response: Response) -> dict[str, Any]:
    """The public half of every key that a token may be about (RFC 7517)."""
    open_context: ContextFactory = request.app.state.context
    async with open_context(Asking()) as context:
        statement = queries.trusted_signing_keys(trusted_since(datetime.now(UTC)))
        keys = await context.reader.all(statement)
    response.headers["cache-control"] = "public, max-age=300"
    return jwks_of(keys)
