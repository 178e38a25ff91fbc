"""The one schema, composed from every package."""

import graphql
import strawberry
from graphql import GraphQLError
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext

from businesses.api.joining import BusinessJoining
from businesses.api.mutations.assistance import AssistanceMutations
from businesses.api.mutations.joining import JoiningMutations
from businesses.api.mutations.own_data import OwnDataMutations
from businesses.api.mutations.people import PeopleMutations
from businesses.api.mutations.registers import RegisterMutations
from businesses.api.mutations.stores import StoreMutations
from businesses.api.mutations.verifying import VerifyingMutations
from businesses.api.own_data import WorkspaceData
from businesses.api.people import WorkspacePeople
from businesses.api.queries.assistance import AssistanceQueries
from businesses.api.queries.businesses import BusinessQueries, PlaceBusinessList
from businesses.api.queries.joining import JoiningQueries
from businesses.api.queries.people import PeopleQueries
from businesses.api.queries.stores import StoreQueries
from businesses.api.queries.workspaces import Workspace, WorkspaceQueries
from businesses.api.stores import BusinessStore
from businesses.api.types import Business, PlaceBusinesses
from catalog.api.mutations.imports import ImportMutations
from catalog.api.mutations.pictures import PictureMutations
from catalog.api.mutations.products import CatalogMutations
from catalog.api.mutations.workspace import WorkspaceMutations
from catalog.api.queries.activity import WorkspaceLog
from catalog.api.queries.roots import CatalogQueries
from catalog.api.queries.shelves import BusinessShelf, CategoryShelf, CollectionShelf, PlaceShelf
from catalog.api.queries.workspace import WorkspaceGoods, WorkspaceStock
from catalog.api.types import attributes
from catalog.api.types.categories import Category
from catalog.api.types.collections import AssignedSingleCollectionReferenceAttribute, Collection
from marketplace.accounts.api.mutations import AccountMutations
from marketplace.accounts.api.queries import AccountQueries
from marketplace.app.limits import Limits
from marketplace.connector.api.mutations import ConnectorMutations
from marketplace.connector.api.types import WorkspaceConnection
from marketplace.content.api.queries import ContentQueries
from marketplace.hooks.api.mutations import HookMutations
from marketplace.hooks.api.queries import HookQueries
from marketplace.kernel.graph.compose import describe_from_docstrings, extend_type
from marketplace.kernel.graph.scalars import CONFIG
from marketplace.law.api.queries import LawQueries
from marketplace.media.api.mutations import MediaMutations
from marketplace.places.api.queries import PlaceQueries
from marketplace.places.api.types import Place
from marketplace.registration.api.mutations import RegistrationMutations
from marketplace.registration.api.queries import RegistrationQueries
from search.api.queries import SearchQueries

# graphql-core gives @deprecated a location that older clients' parsers do not know, and they
# refuse the whole schema for it (storefront contract, c 12).
for directive in graphql.specified_directives:
    directive.locations = tuple(
        each for each in directive.locations if each.name != "DIRECTIVE_DEFINITION"
    )

extend_type(Place, PlaceBusinesses)
extend_type(Place, PlaceBusinessList)
extend_type(Place, PlaceShelf)
extend_type(Business, BusinessShelf)
extend_type(Business, BusinessJoining)
extend_type(Business, BusinessStore)
extend_type(Workspace, WorkspacePeople)
extend_type(Workspace, WorkspaceData)
extend_type(Workspace, WorkspaceConnection)
extend_type(Workspace, WorkspaceGoods)
extend_type(Workspace, WorkspaceStock)
extend_type(Workspace, WorkspaceLog)
extend_type(Category, CategoryShelf)
extend_type(Collection, CollectionShelf)


class Schema(strawberry.Schema):
    """A schema that leaves the logging of errors to whoever formats the answer."""

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        """Say nothing: `marketplace.app.answers` numbers and logs what is not a refusal."""


schema = Schema(
    query=merge_types(
        "Query",
        (
            AccountQueries,
            LawQueries,
            RegistrationQueries,
            PlaceQueries,
            BusinessQueries,
            JoiningQueries,
            PeopleQueries,
            StoreQueries,
            AssistanceQueries,
            WorkspaceQueries,
            CatalogQueries,
            HookQueries,
            ContentQueries,
            SearchQueries,
        ),
    ),
    mutation=merge_types(
        "Mutation",
        (
            AccountMutations,
            JoiningMutations,
            VerifyingMutations,
            MediaMutations,
            PeopleMutations,
            StoreMutations,
            OwnDataMutations,
            AssistanceMutations,
            RegisterMutations,
            CatalogMutations,
            ConnectorMutations,
            ImportMutations,
            RegistrationMutations,
            WorkspaceMutations,
            PictureMutations,
            HookMutations,
        ),
    ),
    types=[
        attributes.AssignedBooleanAttribute,
        attributes.AssignedDateAttribute,
        attributes.AssignedFileAttribute,
        attributes.AssignedMultiChoiceAttribute,
        attributes.AssignedNumericAttribute,
        attributes.AssignedPlainTextAttribute,
        attributes.AssignedSingleChoiceAttribute,
        AssignedSingleCollectionReferenceAttribute,
    ],
    config=CONFIG,
    extensions=[lambda: ParserCache(maxsize=512), lambda: ValidationCache(maxsize=512), Limits],
)
describe_from_docstrings(schema)
