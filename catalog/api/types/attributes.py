"""Attributes and their values, in the two shapes the contract has for them."""

from datetime import date, datetime
from enum import Enum
from typing import Any, Self

import strawberry

from catalog import models
from catalog.rules import AttributeInput
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import LanguageCodeEnum


@strawberry.enum(description="What kind of value an attribute takes.")
class AttributeInputTypeEnum(Enum):
    """The contract's kinds; ours are among them."""

    DROPDOWN = "dropdown"
    MULTISELECT = "multiselect"
    FILE = "file"
    REFERENCE = "reference"
    SINGLE_REFERENCE = "single_reference"
    NUMERIC = "numeric"
    RICH_TEXT = "rich_text"
    PLAIN_TEXT = "plain_text"
    SWATCH = "swatch"
    BOOLEAN = "boolean"
    DATE = "date"
    DATE_TIME = "date_time"


@strawberry.enum(description="Which attributes of a variant are wanted.")
class VariantAttributeScope(Enum):
    """Those by which a buyer chooses a variant, the others, or all."""

    ALL = "all"
    VARIANT_SELECTION = "variant_selection"
    NOT_VARIANT_SELECTION = "not_variant_selection"


@strawberry.type
class AttributeTranslation:
    """An attribute's name in another language."""

    name: str = strawberry.field(description="The name.")


@strawberry.type
class AttributeValueTranslation:
    """A value's name in another language."""

    name: str = strawberry.field(description="The name.")


@strawberry.type
class File:
    """A file at an absolute address."""

    url: str = strawberry.field(description="Where it lies.")


@strawberry.type
class Attribute:
    """A property that goods may have."""

    id: strawberry.ID = strawberry.field(description="The id of the attribute.")
    input_type: AttributeInputTypeEnum | None = strawberry.field(
        description="What kind of value it takes.",
    )
    name: str = strawberry.field(description="The Vietnamese name.")
    slug: str = strawberry.field(description="The name that filters take.")
    unit: str | None = strawberry.field(description="The unit of its numbers.")
    name_en: strawberry.Private[str | None]

    @classmethod
    def of(cls, row: models.Attribute) -> Self:
        """The attribute as the schema shows it."""
        return cls(
            id=to_global("Attribute", row.id),
            input_type=AttributeInputTypeEnum(row.input.value),
            name=row.name,
            slug=row.slug,
            unit=row.unit,
            name_en=row.name_en,
        )

    @strawberry.field
    def translation(self, language_code: LanguageCodeEnum) -> AttributeTranslation | None:
        """Its name in another language, if there is one."""
        if language_code is LanguageCodeEnum.EN and self.name_en:
            return AttributeTranslation(name=self.name_en)
        return None


@strawberry.type
class AttributeValue:
    """A value of an attribute."""

    id: strawberry.ID = strawberry.field(description="The id of the value.")
    name: str | None = strawberry.field(description="The value in words.")
    slug: str | None = strawberry.field(description="The name that filters take.")
    value: str | None = strawberry.field(description="A swatch's colour.", default=None)
    file: File | None = strawberry.field(description="A swatch's picture.", default=None)
    boolean: bool | None = strawberry.field(description="Yes or no.", default=None)
    date_time: datetime | None = strawberry.field(description="A moment.", default=None)
    name_en: strawberry.Private[str | None] = None

    @strawberry.field
    def translation(self, language_code: LanguageCodeEnum) -> AttributeValueTranslation | None:
        """Its name in another language, if there is one."""
        if language_code is LanguageCodeEnum.EN and self.name_en:
            return AttributeValueTranslation(name=self.name_en)
        return None


@strawberry.type
class SelectedAttribute:
    """An attribute and the values a thing has of it."""

    attribute: Attribute = strawberry.field(description="The attribute.")
    values: list[AttributeValue] = strawberry.field(description="The values.")


@strawberry.interface
class AssignedAttribute:
    """An attribute and what a thing has of it."""

    attribute: Attribute = strawberry.field(description="The attribute.")


@strawberry.type
class AssignedBooleanAttribute(AssignedAttribute):
    """Yes or no."""

    value: bool | None = strawberry.field(description="Yes or no.")


@strawberry.type
class AssignedNumericAttribute(AssignedAttribute):
    """A number."""

    value: float | None = strawberry.field(description="The number, in the attribute's unit.")


@strawberry.type
class AssignedDateAttribute(AssignedAttribute):
    """A day."""

    value: date | None = strawberry.field(description="The day.")


@strawberry.type
class AssignedFileAttribute(AssignedAttribute):
    """A file."""

    value: File | None = strawberry.field(description="The file.")


@strawberry.type
class AssignedPlainTextAttribute(AssignedAttribute):
    """A text."""

    value: str | None = strawberry.field(description="The text.")

    @strawberry.field
    def translation(self, language_code: LanguageCodeEnum) -> str | None:  # noqa: ARG002 - part of the interface
        """The text in another language; texts of attributes are not translated."""
        return None


@strawberry.type
class AssignedChoiceAttributeValue:
    """One of the values that an attribute offers."""

    name: str | None = strawberry.field(description="The value in words.")
    slug: str | None = strawberry.field(description="The name that filters take.")
    name_en: strawberry.Private[str | None] = None

    @strawberry.field
    def translation(self, language_code: LanguageCodeEnum) -> str | None:
        """The value in another language, if there is a translation."""
        return self.name_en if language_code is LanguageCodeEnum.EN else None


@strawberry.type
class AssignedSingleChoiceAttribute(AssignedAttribute):
    """One choice."""

    value: AssignedChoiceAttributeValue | None = strawberry.field(description="The choice.")


@strawberry.type
class AssignedMultiChoiceAttribute(AssignedAttribute):
    """Some choices."""

    value: list[AssignedChoiceAttributeValue] = strawberry.field(description="The choices.")


class AttributeBook:
    """Every attribute and choice, read once per request: two statements, whatever the list."""

    def __init__(
        self,
        attributes: list[models.Attribute],
        choices: list[models.AttributeChoice],
    ) -> None:
        self.by_slug = {row.slug: row for row in attributes}
        self._choices = {(row.attribute_id, row.slug): row for row in choices}

    def selected(self, values: dict[str, Any]) -> list[SelectedAttribute]:
        """The values of a thing in the older of the contract's two shapes."""
        return [
            SelectedAttribute(
                attribute=Attribute.of(row),
                values=[self._value(row, each) for each in _as_list(values[row.slug])],
            )
            for row in self._known(values)
        ]

    def assigned(self, values: dict[str, Any]) -> list[AssignedAttribute]:
        """The values of a thing in the newer of the two shapes."""
        return [self._assigned(row, values[row.slug]) for row in self._known(values)]

    def _known(self, values: dict[str, Any]) -> list[models.Attribute]:
        return [self.by_slug[slug] for slug in values if slug in self.by_slug]

    def _value(self, row: models.Attribute, value: Any) -> AttributeValue:  # noqa: ANN401 - any JSON or column
        choice = self._choices.get((row.id, value)) if isinstance(value, str) else None
        if choice is not None:
            return AttributeValue(
                id=to_global("AttributeValue", choice.id),
                name=choice.name,
                slug=choice.slug,
                value=choice.value,
                name_en=choice.name_en,
            )
        spoken = f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
        return AttributeValue(
            id=to_global("AttributeValue", row.id),
            name=f"{spoken} {row.unit}" if row.unit else spoken,
            slug=None,
            boolean=value if isinstance(value, bool) else None,
        )

    def _choice(self, row: models.Attribute, slug: str) -> AssignedChoiceAttributeValue:
        choice = self._choices.get((row.id, slug))
        return AssignedChoiceAttributeValue(
            name=choice.name if choice else slug,
            slug=slug,
            name_en=choice.name_en if choice else None,
        )

    def _assigned(self, row: models.Attribute, value: Any) -> AssignedAttribute:  # noqa: ANN401 - any JSON or column
        shown = Attribute.of(row)
        if row.input is AttributeInput.MULTISELECT:
            return AssignedMultiChoiceAttribute(
                attribute=shown,
                value=[self._choice(row, slug) for slug in _as_list(value)],
            )
        if row.input in {AttributeInput.DROPDOWN, AttributeInput.SWATCH}:
            first = next(iter(_as_list(value)), None)
            return AssignedSingleChoiceAttribute(
                attribute=shown,
                value=None if first is None else self._choice(row, first),
            )
        if row.input is AttributeInput.BOOLEAN:
            return AssignedBooleanAttribute(attribute=shown, value=bool(value))
        if row.input is AttributeInput.NUMERIC:
            return AssignedNumericAttribute(attribute=shown, value=float(value))
        if row.input is AttributeInput.DATE:
            return AssignedDateAttribute(attribute=shown, value=date.fromisoformat(value))
        return AssignedPlainTextAttribute(attribute=shown, value=str(value))


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON or column
    return value if isinstance(value, list) else [value]
