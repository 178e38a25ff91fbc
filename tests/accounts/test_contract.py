"""The account part of the storefront contract: names, arguments and nullability."""

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    print_type,
)

from marketplace.accounts.rules.countries import COUNTRY_CODES
from tests.accounts.house import schema

# Interface facts that clients of the contract compile against.
CONTRACT = """
scalar JSONString
scalar DateTime
type Query { me: User }
type Mutation {
  tokenCreate(email: String!, password: String!): CreateToken
  tokenRefresh(refreshToken: String): RefreshToken
  tokenVerify(token: String!): VerifyToken
  tokensDeactivateAll: DeactivateAllUserTokens
  externalAuthenticationUrl(input: JSONString!, pluginId: String!): ExternalAuthenticationUrl
  externalObtainAccessTokens(input: JSONString!, pluginId: String!): ExternalObtainAccessTokens
  requestPasswordReset(channel: String, email: String!, redirectUrl: String!): RequestPasswordReset
  confirmAccount(email: String!, token: String!): ConfirmAccount
  setPassword(email: String!, password: String!, token: String!): SetPassword
  passwordChange(newPassword: String!, oldPassword: String): PasswordChange
  accountAddressCreate(input: AddressInput!, type: AddressTypeEnum): AccountAddressCreate
  accountAddressUpdate(id: ID!, input: AddressInput!): AccountAddressUpdate
  accountAddressDelete(id: ID!): AccountAddressDelete
  accountSetDefaultAddress(id: ID!, type: AddressTypeEnum!): AccountSetDefaultAddress
  accountRegister(input: AccountRegisterInput!): AccountRegister
  accountUpdate(input: AccountInput!): AccountUpdate
  accountRequestDeletion(channel: String, redirectUrl: String!): AccountRequestDeletion
}
type AccountAddressCreate { user: User errors: [AccountError!]! address: Address }
type AccountAddressDelete { user: User errors: [AccountError!]! address: Address }
type AccountAddressUpdate { user: User errors: [AccountError!]! address: Address }
type AccountError { field: String message: String code: AccountErrorCode! }
type AccountRegister { user: User errors: [AccountError!]! }
type AccountRequestDeletion { errors: [AccountError!]! }
type AccountSetDefaultAddress { user: User errors: [AccountError!]! }
type AccountUpdate { errors: [AccountError!]! user: User }
type ConfirmAccount { user: User errors: [AccountError!]! }
type CreateToken { token: String refreshToken: String errors: [AccountError!]! }
type DeactivateAllUserTokens { errors: [AccountError!]! }
type ExternalAuthenticationUrl { authenticationData: JSONString errors: [AccountError!]! }
type ExternalObtainAccessTokens {
  token: String refreshToken: String user: User errors: [AccountError!]!
}
type PasswordChange { errors: [AccountError!]! }
type RefreshToken { token: String errors: [AccountError!]! }
type RequestPasswordReset { errors: [AccountError!]! }
type SetPassword { token: String refreshToken: String errors: [AccountError!]! }
type VerifyToken { user: User isValid: Boolean! errors: [AccountError!]! }
type CountryDisplay { code: String! country: String! }
type Image { url: String! alt: String }
type Address {
  id: ID! firstName: String! lastName: String! companyName: String! streetAddress1: String!
  streetAddress2: String! city: String! cityArea: String! postalCode: String!
  country: CountryDisplay! countryArea: String! phone: String
}
type User {
  id: ID! email: String! firstName: String! lastName: String! isActive: Boolean!
  isConfirmed: Boolean! addresses: [Address!]! avatar: Image defaultShippingAddress: Address
  defaultBillingAddress: Address dateJoined: DateTime!
}
input AccountInput { firstName: String lastName: String }
input AccountRegisterInput {
  firstName: String lastName: String email: String! password: String! redirectUrl: String
  channel: String
}
input AddressInput {
  firstName: String lastName: String companyName: String streetAddress1: String
  streetAddress2: String city: String cityArea: String postalCode: String country: CountryCode
  countryArea: String phone: String
}
enum CountryCode { VN EU }
enum AddressTypeEnum { BILLING SHIPPING }
enum AccountErrorCode {
  ACTIVATE_OWN_ACCOUNT ACTIVATE_SUPERUSER_ACCOUNT DUPLICATED_INPUT_ITEM DEACTIVATE_OWN_ACCOUNT
  DEACTIVATE_SUPERUSER_ACCOUNT DELETE_NON_STAFF_USER DELETE_OWN_ACCOUNT DELETE_STAFF_ACCOUNT
  DELETE_SUPERUSER_ACCOUNT GRAPHQL_ERROR INACTIVE INVALID INVALID_PASSWORD
  LEFT_NOT_MANAGEABLE_PERMISSION INVALID_CREDENTIALS NOT_FOUND OUT_OF_SCOPE_USER
  OUT_OF_SCOPE_GROUP OUT_OF_SCOPE_PERMISSION PASSWORD_ENTIRELY_NUMERIC PASSWORD_TOO_COMMON
  PASSWORD_TOO_SHORT PASSWORD_TOO_SIMILAR PASSWORD_RESET_ALREADY_REQUESTED REQUIRED UNIQUE
  JWT_SIGNATURE_EXPIRED JWT_INVALID_TOKEN JWT_DECODE_ERROR JWT_MISSING_TOKEN
  JWT_INVALID_CSRF_TOKEN CHANNEL_INACTIVE MISSING_CHANNEL_SLUG ACCOUNT_NOT_CONFIRMED
  LOGIN_ATTEMPT_DELAYED DISABLED_AUTHENTICATION_METHOD UNKNOWN_IP_ADDRESS
  FILE_SIZE_LIMIT_EXCEEDED
}
"""
WANTED = build_schema(CONTRACT)
NAMES = {"Query": "AccountQueries", "Mutation": "AccountMutations"}


def _ours() -> GraphQLSchema:
    return build_schema(str(schema))


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, kind in WANTED.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType)
        and not name.startswith("__")
    ],
)
def test_fields_and_arguments_are_those_of_the_contract(name: str) -> None:
    wanted, ours = WANTED.type_map[name], _ours().type_map[NAMES.get(name, name)]
    assert isinstance(wanted, GraphQLObjectType | GraphQLInputObjectType)
    assert isinstance(ours, GraphQLObjectType | GraphQLInputObjectType), print_type(ours)
    for field, definition in wanted.fields.items():
        assert str(ours.fields[field].type) == str(definition.type), field
    if not isinstance(wanted, GraphQLObjectType) or not isinstance(ours, GraphQLObjectType):
        required = {name for name, field in ours.fields.items() if str(field.type).endswith("!")}
        assert required <= set(wanted.fields)
        return
    for field, definition in wanted.fields.items():
        arguments = ours.fields[field].args
        for argument, kind in definition.args.items():
            assert str(arguments[argument].type) == str(kind.type), (field, argument)
        more = set(arguments) - set(definition.args)
        assert not any(str(arguments[each].type).endswith("!") for each in more), field


@pytest.mark.parametrize("name", ["AddressTypeEnum", "AccountErrorCode"])
def test_enums_are_those_of_the_contract(name: str) -> None:
    wanted, ours = WANTED.type_map[name], _ours().type_map[name]
    assert isinstance(wanted, GraphQLEnumType)
    assert isinstance(ours, GraphQLEnumType)
    assert set(ours.values) == set(wanted.values)


def test_all_250_countries_are_there() -> None:
    ours = _ours().type_map["CountryCode"]
    assert isinstance(ours, GraphQLEnumType)
    assert set(ours.values) == set(COUNTRY_CODES)
