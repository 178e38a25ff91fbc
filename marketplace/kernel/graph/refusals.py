"""Refusals as data: what a service raises becomes an entry of the payload's `errors`."""

from collections.abc import Awaitable, Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

import strawberry
from graphql import GraphQLError
from strawberry.extensions import FieldExtension
from strawberry.types import get_object_definition
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition

from marketplace.kernel.context import RequestContext
from marketplace.kernel.errors import DomainError, NotPermittedError, NotSignedInError, Problem
from marketplace.kernel.i18n import Language

R = TypeVar("R", bound=Callable[..., Any])


class Refusals(FieldExtension):
    """Turns a `DomainError` of a mutation into its payload with `errors`, or a top-level error."""

    async def resolve_async(
        self,
        next_: Callable[..., Awaitable[Any]],
        source: Any,  # noqa: ANN401 - Strawberry hands over anything
        info: strawberry.Info[RequestContext, None],
        **kwargs: Any,  # noqa: ANN401 - any JSON or column
    ) -> Any:  # noqa: ANN401 - any JSON or column
        """Run the mutation; a refusal is an answer."""
        try:
            return await next_(source, info, **kwargs)
        except (NotSignedInError, NotPermittedError) as error:
            raise top_level(error, info.context.language) from error
        except DomainError as error:
            return refused(_payload_type(info.return_type), error, info.context.language)


def mutation(resolver: R) -> R:
    """A root mutation field whose refusals are answers; to a type checker it stays what it is."""
    return cast("R", strawberry.mutation(resolver, extensions=[Refusals()]))


def top_level(error: DomainError, language: Language) -> GraphQLError:
    """The error beside `data`, with its code at both places clients of the contract look."""
    return GraphQLError(
        error.text(language),
        extensions={"code": error.code, "exception": {"code": error.code}},
        original_error=error,
    )


def refused(payload: type, error: DomainError, language: Language) -> Any:  # noqa: ANN401 - any JSON or column
    """A payload of that type which holds nothing but the refusal."""
    entry, codes = _error_type(payload)
    return payload(errors=[_entry(entry, codes, problem, language) for problem in error.problems])


def _entry(entry: type, codes: type[Enum], problem: Problem, language: Language) -> Any:  # noqa: ANN401 - any JSON or column
    code = codes[problem.code] if problem.code in codes.__members__ else codes["INVALID"]
    return entry(field=problem.field, message=problem.text(language), code=code)


def _payload_type(annotation: Any) -> type:  # noqa: ANN401 - any JSON or column
    while isinstance(annotation, StrawberryOptional):
        annotation = annotation.of_type
    if not isinstance(annotation, type):
        raise TypeError(f"a mutation returns a payload, not {annotation!r}")
    return annotation


@cache
def _error_type(payload: type) -> tuple[type, type[Enum]]:
    fields = {
        field.python_name: field for field in get_object_definition(payload, strict=True).fields
    }
    listed = fields["errors"].type
    if not isinstance(listed, StrawberryList) or not isinstance(listed.of_type, type):
        raise TypeError(f"{payload.__name__}.errors must be a list of error entries")
    entry = listed.of_type
    code = next(
        field.type
        for field in get_object_definition(entry, strict=True).fields
        if field.python_name == "code"
    )
    if not isinstance(code, StrawberryEnumDefinition):
        raise TypeError(f"{entry.__name__}.code must be an enum")
    codes: type[Enum] = code.wrapped_cls  # type: ignore[assignment]  # strawberry annotates an enum as its definition
    return entry, codes
