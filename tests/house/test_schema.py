"""The GraphQL contract as a document: complete, described, readable by older clients."""

from collections.abc import Iterator
from typing import Any, Final

from graphql import (
    DirectiveLocation,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    get_introspection_query,
    graphql_sync,
    parse,
    specified_directives,
    validate,
)

from frontend.operations import Operations, read_documents
from marketplace.app.composition import Composition
from marketplace.app.schema import schema
from tests.house.sources import ROOT

GRAPHQL = schema._schema  # noqa: SLF001 - the graphql-core schema behind Strawberry's
# The contract's list, and the five that every GraphQL server has (storefront API, c 12).
ALLOWED_SCALARS: Final = """
    Date DateTime Day Decimal GenericScalar JSON JSONString Metadata Hour Minute PositiveInt
    PositiveDecimal UUID Upload WeightScalar _Any Int Float String Boolean ID
"""
WITH_FIELDS = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


def types() -> Iterator[tuple[str, Any]]:
    return ((name, each) for name, each in GRAPHQL.type_map.items() if not name.startswith("__"))


def test_committed_sdl_is_the_schema() -> None:
    committed = (ROOT / "graphql" / "schema.graphql").read_text(encoding="utf-8")

    assert committed == schema.as_str() + "\n", "run: make schema"


def test_everything_in_the_schema_is_described() -> None:
    bare = []
    for name, each in types():
        if not each.description and name not in {"Query", "Mutation"}:
            bare.append(name)
        if not isinstance(each, WITH_FIELDS):
            continue
        for field_name, field in each.fields.items():
            if not field.description:
                bare.append(f"{name}.{field_name}")
            arguments = getattr(field, "args", {})
            bare += [
                f"{name}.{field_name}({argument}:)"
                for argument, value in arguments.items()
                if not value.description
            ]

    assert bare == []


def test_no_scalar_that_clients_do_not_know() -> None:
    scalars = {name for name, each in types() if isinstance(each, GraphQLScalarType)}

    assert scalars <= set(ALLOWED_SCALARS.split())
    assert {"JSONString", "DateTime", "PositiveInt"} <= scalars


def test_introspection_holds_no_location_older_clients_cannot_read() -> None:
    result = graphql_sync(GRAPHQL, get_introspection_query())

    assert result.data is not None
    locations = [
        place for each in result.data["__schema"]["directives"] for place in each["locations"]
    ]
    known = {place.name for place in DirectiveLocation} - {"DIRECTIVE_DEFINITION"}
    assert set(locations) <= known
    assert len(locations) > len(specified_directives)


def test_no_argument_or_input_field_is_deprecated() -> None:
    deprecated = []
    for name, each in types():
        if not isinstance(each, WITH_FIELDS):
            continue
        for field_name, field in each.fields.items():
            if isinstance(each, GraphQLInputObjectType) and field.deprecation_reason:
                deprecated.append(f"{name}.{field_name}")
            deprecated += [
                f"{name}.{field_name}({argument}:)"
                for argument, value in getattr(field, "args", {}).items()
                if value.deprecation_reason
            ]

    assert deprecated == []


def test_enums_are_written_in_capitals() -> None:
    odd = [
        f"{name}.{value}"
        for name, each in types()
        if isinstance(each, GraphQLEnumType)
        for value in each.values
        if not value.isupper()
    ]

    assert odd == []


def test_every_mutation_answers_with_errors() -> None:
    assert GRAPHQL.mutation_type is not None
    wrong = []
    for name, field in GRAPHQL.mutation_type.fields.items():
        payload = field.type
        errors = payload.fields.get("errors") if isinstance(payload, GraphQLObjectType) else None
        entry = GRAPHQL.type_map.get(str(errors.type).strip("[]!")) if errors else None
        shape = (
            {key: str(value.type) for key, value in entry.fields.items()}
            if isinstance(entry, GraphQLObjectType)
            else {}
        )
        code = shape.pop("code", "")
        if shape != {"field": "String", "message": "String"} or not code.endswith("ErrorCode!"):
            wrong.append(name)

    assert wrong == []


def test_every_operation_of_the_site_fits_the_schema() -> None:
    documents = read_documents(ROOT / "graphql")

    assert len(documents) > 30
    unfit = {
        name: [error.message for error in errors]
        for name, text in documents.items()
        if (errors := validate(GRAPHQL, parse(text)))
    }
    assert unfit == {}


def test_the_site_reads_the_documents_of_this_folder(composition: Composition) -> None:
    assert isinstance(composition.operations, Operations)
    assert composition.operations.documents == read_documents(ROOT / "graphql")
