"""Who may ask for what about accounts: what is open decides by what is sent."""

from typing import Final

from tests.house.rows import CHANGE, Row, by_id, gid, opened

ADDRESS: Final = {
    "firstName": "Mai",
    "streetAddress1": "Thôn Chợ",
    "city": "Côn Minh",
    "country": "VN",
    "phone": "0912345678",
}

MUTATIONS: Final = (
    opened("tokenCreate", 'email: "nobody@example.com", password: "x"'),
    opened("tokenRefresh", 'refreshToken: "none"'),
    opened("tokenVerify", 'token: "none"'),
    opened("sessionCreate", 'login: "nobody@example.com", password: "x"'),
    opened("externalAuthenticationUrl", 'pluginId: "none", input: "{}"'),
    opened("externalObtainAccessTokens", 'pluginId: "none", input: "{}"'),
    opened("accountRegister", 'input: {email: "a", password: "b"}'),
    opened("confirmAccount", 'email: "nobody@example.com", token: "none"'),
    opened(
        "requestPasswordReset", 'email: "nobody@example.com", redirectUrl: "http://localhost:8000/"'
    ),
    opened("setPassword", 'email: "nobody@example.com", password: "x", token: "none"'),
    Row("sessionDelete", "without one", "!-----", f"mutation {{ sessionDelete {CHANGE} }}"),
    Row(
        "tokensDeactivateAll",
        "one's tokens",
        "!+++++",
        f"mutation {{ tokensDeactivateAll {CHANGE} }}",
    ),
    Row(
        "sessionsDeleteAll",
        "one's sessions",
        "!+++++",
        f"mutation {{ sessionsDeleteAll {CHANGE} }}",
    ),
    Row(
        "passwordChange",
        "one's password",
        "!+++++",
        """mutation { passwordChange(newPassword: "một câu thật dài",
            oldPassword: "cho-phien-ba-be") """
        + CHANGE
        + " }",
    ),
    Row(
        "accountUpdate",
        "one's name",
        "!+++++",
        f'mutation {{ accountUpdate(input: {{firstName: "Lan"}}) {CHANGE} }}',
    ),
    Row(
        "accountRequestDeletion",
        "one's account",
        "!+++++",
        f'mutation {{ accountRequestDeletion(redirectUrl: "http://localhost:8000/") {CHANGE} }}',
    ),
    Row(
        "accountDelete",
        "without a code",
        "!-----",
        f'mutation {{ accountDelete(token: "none") {CHANGE} }}',
    ),
    Row(
        "accountAddressCreate",
        "one's address",
        "!+++++",
        f"mutation($input: AddressInput!) {{ accountAddressCreate(input: $input) {CHANGE} }}",
        lambda _world: {"input": ADDRESS},
    ),
    Row(
        "accountAddressUpdate",
        "somebody's address",
        "!-----",
        """mutation($id: ID!, $input: AddressInput!) {
            accountAddressUpdate(id: $id, input: $input) """
        + CHANGE
        + " }",
        lambda world: {**gid("Address", "address")(world), "input": ADDRESS},
    ),
    by_id("accountAddressDelete", "address", "!-----", kind="Address"),
    by_id("accountSetDefaultAddress", "address", "!-----", ", type: SHIPPING", kind="Address"),
)
