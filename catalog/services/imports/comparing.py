"""What a draft is compared with, and how it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from catalog.services.imports.changes import Changes, Row
from catalog.services.imports.columns import Field, Layout
from catalog.services.imports.drafts import VariantDraft
from catalog.services.imports.problems import CellError
from catalog.services.imports.reference import Reference
from catalog.services.imports.standing import Standing
from marketplace.kernel.i18n import _


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole import."""

    business_id: UUID
    business_code: str
    business_place_id: UUID | None
    is_open: bool
    reference: Reference
    layout: Layout
    publishes: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a draft, and where its changes go."""

    setting: Setting
    standing: Standing
    pictures: Mapping[str, UUID]
    changes: Changes


class RowRefusedError(Exception):
    """A product or a row that cannot be taken in, seen only beside what stands.

    Without a variant the whole product is at fault.
    """

    def __init__(
        self,
        at: Field,
        problem: CellError,
        variant: VariantDraft | None = None,
    ) -> None:
        super().__init__(problem.message)
        self.field = at
        self.problem = problem
        self.variant = variant


def told(values: Mapping[str, Any], names: Sequence[str]) -> Row:
    """Those of the values that the file gives."""
    return {name: values[name] for name in names if name in values}


def refuse_strange(
    setting: Setting,
    slugs: Mapping[str, Any],
    known: frozenset[str],
    variant: VariantDraft | None = None,
) -> None:
    """Refuse attributes that goods of the type do not have.

    Raises:
        RowRefusedError: there is one.
    """
    for slug in slugs:
        if slug not in known:
            name = setting.reference.attributes[slug].name
            message = _("Goods of this type have no property {name}.")
            error = CellError(message, "UNKNOWN_ATTRIBUTE", name=name)
            raise RowRefusedError(Field.PRODUCT_TYPE, error, variant)
