"""`/graphql/`: one door for every client, and GraphiQL in development.

The door is our own rather than Strawberry's router because the contract wants the slash form
served as it is, 400 only for documents that do not run, and refusals with their codes at two
places; and because a list is asked for often enough to count the milliseconds around it.
"""

from dataclasses import replace
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from strawberry.file_uploads.utils import replace_placeholders_with_files
from strawberry.http.ides import get_graphql_ide_html

from marketplace.app.answers import answer_of
from marketplace.app.composition import CALLER, Composition
from marketplace.app.door import NUL_MESSAGE
from marketplace.app.limits import LONGEST_DOCUMENT
from marketplace.app.running import PLANS
from marketplace.kernel.context import Asking
from marketplace.kernel.errors import DomainError
from marketplace.kernel.graph.refusals import top_level

BAD_REQUEST: Final = 400


class BadRequestError(Exception):
    """The request holds no document that could be run."""


async def graphql_page(request: Request) -> Response:
    """GraphiQL, in development; in production there is nothing to get."""
    composition: Composition = request.app.state.composition
    if composition.settings.is_production:
        return Response(status_code=405, headers={"Allow": "POST"})
    return HTMLResponse(get_graphql_ide_html())


async def graphql_endpoint(request: Request) -> Response:
    """Run the document of the request."""
    try:
        return await _answer(request)
    finally:
        # The temporary files of an upload.
        await request.close()


async def _answer(request: Request) -> Response:
    composition: Composition = request.app.state.composition
    asking = CALLER.get()
    try:
        asking = await asking_of(request, composition)
        body = await _body(request)
    except DomainError as error:
        return _json({"errors": [top_level(error, asking.language).formatted]}, 200)
    except BadRequestError as error:
        return _json({"errors": [{"message": str(error)}]}, BAD_REQUEST)
    return await run(composition, asking, body)


async def asking_of(request: Request, composition: Composition) -> Asking:
    """Who asks: the bearer of a token, or a visitor.

    Raises:
        DomainError: the token is too old, or none of ours.
    """
    asking = CALLER.get()
    token = bearer_of(request.headers.get("authorization"))
    if token is None:
        return asking
    return replace(asking, viewer=await composition.viewer_of_bearer(token))


async def run(composition: Composition, asking: Asking, body: dict[str, Any]) -> Response:
    """Run one document for whoever asks."""
    query, variables = body.get("query"), body.get("variables")
    name, language = body.get("operationName"), asking.language
    if not query or not isinstance(query, str) or not isinstance(variables, dict | None):
        return _json({"errors": [{"message": "The body holds no query."}]}, BAD_REQUEST)
    if len(query) > LONGEST_DOCUMENT:
        return _json({"errors": [{"message": "The document is too long."}]}, BAD_REQUEST)
    async with composition.context(asking) as context:
        result = await PLANS.execute(
            query,
            variables,
            context,
            name if isinstance(name, str) else None,
        )
    answer, status = answer_of(result, language)
    return _json(answer, status)


async def _body(request: Request) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request)
    if kind != "application/json":
        raise BadRequestError("Send application/json.")
    body = await request.body()
    _refuse_nul(body)
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadRequestError("The body is no JSON.") from None
    if not isinstance(found, dict):
        raise BadRequestError("Batches of documents are not taken.")
    return found


async def _multipart(request: Request) -> dict[str, Any]:
    """The body of an upload, after the GraphQL multipart request specification."""
    try:
        form = await request.form()
        written = str(form.get("operations", ""))
        _refuse_nul(written.encode())
        operations = orjson.loads(written)
        places = orjson.loads(str(form.get("map", "{}")))
        files = {key: form[key] for key in places}
        found = replace_placeholders_with_files(operations, places, files)
    except (LookupError, ValueError, TypeError, AttributeError):
        raise BadRequestError("The form is no GraphQL upload.") from None
    if not isinstance(found, dict):
        raise BadRequestError("Batches of documents are not taken.")
    return found


def _refuse_nul(body: bytes) -> None:
    """JSON has one way to write the character that PostgreSQL does not keep."""
    if b"\\u0000" in body:
        raise BadRequestError(NUL_MESSAGE)


def bearer_of(header: str | None) -> str | None:
    """The token of an `Authorization` header, if there is one."""
    scheme, _space, token = (header or "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
