"""The schema holds all of the contract's subset, and nowhere promises less."""

from typing import Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)

from marketplace.app.schema import schema
from tests.house.sources import ROOT

OURS = build_schema(schema.as_str())
SUBSET = build_schema((ROOT / "tests" / "contract" / "subset.graphql").read_text(encoding="utf-8"))
FIELDS = GraphQLObjectType | GraphQLInterfaceType
# ISO 3166-1 alpha-2 and EU, as storefronts name them.
COUNTRIES: Final = 250


def is_at_least(ours: str, theirs: str) -> bool:
    """Whether what we answer may stand where they read `theirs`: the same, or surer."""
    if ours.endswith("!") and not theirs.endswith("!"):
        return is_at_least(ours[:-1], theirs)
    if ours.endswith("!") and theirs.endswith("!"):
        return is_at_least(ours[:-1], theirs[:-1])
    if ours.startswith("[") and theirs.startswith("["):
        return is_at_least(ours[1:-1], theirs[1:-1])
    return ours == theirs


def missing_members() -> list[str]:
    """Every type, field, argument and enum value of the subset that we lack or weaken."""
    found = []
    for name, theirs in SUBSET.type_map.items():
        if name.startswith("__"):
            continue
        ours = OURS.type_map.get(name)
        if ours is None or type(ours) is not type(theirs):
            found.append(name)
        elif isinstance(theirs, GraphQLEnumType) and isinstance(ours, GraphQLEnumType):
            found += [f"{name}.{value}" for value in theirs.values if value not in ours.values]
        elif isinstance(theirs, FIELDS) and isinstance(ours, FIELDS):
            found += output_problems(name, theirs, ours)
        elif isinstance(theirs, GraphQLInputObjectType) and isinstance(
            ours,
            GraphQLInputObjectType,
        ):
            found += input_problems(name, theirs, ours)
    return found


def output_problems(
    name: str,
    theirs: GraphQLObjectType | GraphQLInterfaceType,
    ours: GraphQLObjectType | GraphQLInterfaceType,
) -> list[str]:
    found = [
        f"{name} implements {each.name}"
        for each in theirs.interfaces
        if each.name not in {one.name for one in ours.interfaces}
    ]
    for field_name, field in theirs.fields.items():
        own = ours.fields.get(field_name)
        if own is None or not is_at_least(str(own.type), str(field.type)):
            found.append(f"{name}.{field_name}: {own and own.type} for {field.type}")
            continue
        for argument_name, argument in field.args.items():
            taken = own.args.get(argument_name)
            if taken is None or not is_at_least(str(argument.type), str(taken.type)):
                found.append(f"{name}.{field_name}({argument_name}:)")
        found += [
            f"{name}.{field_name}({argument_name}:) is asked for"
            for argument_name, argument in own.args.items()
            if argument_name not in field.args
            and str(argument.type).endswith("!")
            and argument.ast_node is not None
            and argument.ast_node.default_value is None
        ]
    return found


def input_problems(
    name: str,
    theirs: GraphQLInputObjectType,
    ours: GraphQLInputObjectType,
) -> list[str]:
    found = []
    for field_name, field in theirs.fields.items():
        own = ours.fields.get(field_name)
        if own is None or not is_at_least(str(field.type), str(own.type)):
            found.append(f"{name}.{field_name}: {own and own.type} for {field.type}")
    found += [
        f"{name}.{field_name} is asked for"
        for field_name, field in ours.fields.items()
        if field_name not in theirs.fields
        and str(field.type).endswith("!")
        and field.ast_node is not None
        and field.ast_node.default_value is None
    ]
    return found


def test_nothing_of_the_contract_is_missing_or_weaker() -> None:
    assert missing_members() == []


def test_countries_are_all_there() -> None:
    countries = OURS.type_map["CountryCode"]

    assert isinstance(countries, GraphQLEnumType)
    assert len(countries.values) >= COUNTRIES


def test_pictures_come_as_they_are_unless_asked_otherwise() -> None:
    product = OURS.type_map["Product"]
    assert isinstance(product, GraphQLObjectType)
    thumbnail = product.fields["thumbnail"].args["format"]

    assert thumbnail.ast_node is not None
    assert thumbnail.ast_node.default_value is not None
    assert thumbnail.ast_node.default_value.to_dict()["value"] == "ORIGINAL"


def test_a_weaker_promise_is_noticed() -> None:
    assert is_at_least("[Product!]!", "[Product!]")
    assert not is_at_least("[Product!]", "[Product!]!")
    assert not is_at_least("[Product]", "[Product!]")
    assert not is_at_least("Int", "Float")
