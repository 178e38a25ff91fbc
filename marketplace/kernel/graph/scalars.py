"""Values of the contract that GraphQL has no type for.

Clients generate code from the whole schema under `strictScalars`, so no scalar outside the
contract's list may appear in it (domain notes, storefront API, c 12).
"""

from decimal import Decimal
from enum import Enum
from typing import Any, NewType

import orjson
import strawberry
from strawberry.schema.config import StrawberryConfig

from marketplace.kernel.i18n import Language

GenericScalar = NewType("GenericScalar", object)
JSONString = NewType("JSONString", str)
PositiveDecimal = NewType("PositiveDecimal", Decimal)
PositiveInt = NewType("PositiveInt", int)


def _positive(value: Any) -> int:  # noqa: ANN401 - a scalar takes whatever was sent
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValueError("a whole number above 0 is expected")
    return value


def _positive_decimal(value: Any) -> Decimal:  # noqa: ANN401 - any JSON or column
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError("an amount of 0 or more is expected")
    return amount


def json_string(document: dict[str, Any] | None) -> JSONString | None:
    """A JSON document as the contract wants it: a string that holds it."""
    return None if document is None else JSONString(orjson.dumps(document).decode())


SCALARS: dict[object, Any] = {
    GenericScalar: strawberry.scalar(
        name="GenericScalar",
        description="Any JSON value.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
    JSONString: strawberry.scalar(
        name="JSONString",
        description="A JSON document, as a string.",
        serialize=str,
        parse_value=str,
    ),
    PositiveDecimal: strawberry.scalar(
        name="PositiveDecimal",
        description="An amount of 0 or more, as a JSON number.",
        serialize=float,
        parse_value=_positive_decimal,
    ),
    PositiveInt: strawberry.scalar(
        name="PositiveInt",
        description="A whole number above 0.",
        serialize=int,
        parse_value=_positive,
    ),
}


@strawberry.enum(description="The languages a text may be asked for in.")
class LanguageCodeEnum(Enum):
    """Vietnamese is the base language; English is translated; the rest the contract names."""

    VI = "vi"
    EN = "en"
    PL = "pl"
    DE = "de"
    FR = "fr"
    FI = "fi"
    NB = "nb"
    JA = "ja"
    KO = "ko"

    @property
    def ours(self) -> Language:
        """The language of ours that stands for it."""
        return "vi" if self is LanguageCodeEnum.VI else "en"


@strawberry.enum(description="Which way a list runs.")
class OrderDirection(Enum):
    """Upwards or downwards."""

    ASC = "asc"
    DESC = "desc"


@strawberry.type
class Money:
    """An amount of money in major units of its currency."""

    currency: str = strawberry.field(description="ISO 4217 code.")
    amount: float = strawberry.field(description="Major units, as a number.")


@strawberry.type
class Image:
    """A picture at an absolute address."""

    url: str = strawberry.field(description="Where it lies.")
    alt: str | None = strawberry.field(description="What it shows, in words.", default=None)


@strawberry.enum(description="The format a picture is wanted in.")
class ThumbnailFormatEnum(Enum):
    """As it is, or one of the two small modern formats."""

    ORIGINAL = "original"
    AVIF = "avif"
    WEBP = "webp"


@strawberry.input(description="A range of prices, in major units.")
class PriceRangeInput:
    """Both ends are taken in; a missing end is open."""

    gte: float | None = strawberry.field(default=None, description="At least this.")
    lte: float | None = strawberry.field(default=None, description="At most this.")


CONFIG = StrawberryConfig(scalar_map=SCALARS)
