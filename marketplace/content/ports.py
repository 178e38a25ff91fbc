"""What the marketplace's own words need from outside: the province's brand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from marketplace.kernel.i18n import Language
from marketplace.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class Brand:
    """The marketplace's name and what it is, in each language."""

    names: Mapping[Language, str]
    descriptions: Mapping[Language, str]


BRAND: Final = Port[Brand]("brand")
