"""The contract's account operations, over HTTP."""

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest

from tests.contract.storefront import Storefront
from tests.factories.accounts import PASSWORD, a_user, an_email
from tests.factories.world import World

HOME = {
    "firstName": "Mai",
    "lastName": "Nông",
    "companyName": "",
    "streetAddress1": "Thôn Chợ B",
    "streetAddress2": "",
    "city": "Côn Minh",
    "cityArea": "",
    "postalCode": "",
    "country": "VN",
    "countryArea": "",
    "phone": "+84912345678",
}
BACK = "http://localhost:8000/login?confirm=1"


@pytest.fixture
async def customer(province: World, client: httpx.AsyncClient) -> Storefront:
    """A storefront at which somebody new is signed in."""
    email = an_email()
    async with province.composition.sessions() as session, session.begin():
        await a_user(session, email=email)
    shop = Storefront(client)
    made = (await shop.send("tokenCreate", email=email, password=PASSWORD))["tokenCreate"]
    assert made["errors"] == []
    shop.token = made["token"]
    return shop


def claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


async def test_nobody_is_signed_in_at_first(storefront: Storefront) -> None:
    assert await storefront.send("user") == {"user": None}
    assert await storefront.send("CurrentUser") == {"me": None}


async def test_a_token_names_the_address_it_is_for(
    province: World,
    storefront: Storefront,
) -> None:
    email = province.users["stranger"].email
    made = (await storefront.send("tokenCreate", email=email, password=PASSWORD))["tokenCreate"]

    access, refresh = claims(made["token"]), claims(made["refreshToken"])
    assert access["iss"] == refresh["iss"] == "http://localhost:8000/graphql/"
    assert access["type"] == "access"
    assert refresh["type"] == "refresh"
    assert access["exp"] < refresh["exp"]


async def test_one_refresh_token_serves_several_at_once(
    province: World,
    storefront: Storefront,
) -> None:
    email = province.users["stranger"].email
    made = (await storefront.send("tokenCreate", email=email, password=PASSWORD))["tokenCreate"]

    answers = await asyncio.gather(
        *(storefront.send("refreshToken", refreshToken=made["refreshToken"]) for _ in range(3))
    )

    assert all(each["tokenRefresh"]["errors"] == [] for each in answers)
    assert all(each["tokenRefresh"]["token"] for each in answers)


async def test_bad_credentials_are_told_in_the_payload(storefront: Storefront) -> None:
    wrong = await storefront.send("tokenCreate", email=an_email(), password="wrong")
    stale = await storefront.send("refreshToken", refreshToken="nonsense")
    reset = await storefront.send(
        "passwordReset", email=an_email(), password="một câu thật dài", token="none"
    )

    for name, data in (("tokenCreate", wrong), ("tokenRefresh", stale), ("setPassword", reset)):
        assert data[name]["token"] is None
        assert data[name]["errors"], name
    assert wrong["tokenCreate"]["errors"][0]["code"] == "INVALID_CREDENTIALS"


@pytest.mark.parametrize("token", ["nonsense", "a.b.c"])
async def test_a_bad_bearer_is_an_error_not_a_guest(client: httpx.AsyncClient, token: str) -> None:
    response = await Storefront(client, token).post("{ me { id } }")

    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "InvalidTokenError"
    assert error["extensions"]["exception"]["code"] == "InvalidTokenError"


async def test_registering_does_not_tell_who_is_here(
    province: World,
    storefront: Storefront,
) -> None:
    form = {"password": "một câu thật dài", "redirectUrl": BACK, "channel": "retail"}
    known = province.users["stranger"].email

    new = await storefront.send("AccountRegister", input={**form, "email": an_email()})
    taken = await storefront.send("AccountRegister", input={**form, "email": known})
    short = await storefront.send(
        "AccountRegister", input={**form, "email": an_email(), "password": "ngắn"}
    )

    assert new["accountRegister"]["errors"] == taken["accountRegister"]["errors"] == []
    assert (new["accountRegister"]["user"] is None) is (taken["accountRegister"]["user"] is None)
    (error,) = short["accountRegister"]["errors"]
    assert error["field"] == "password"
    assert error["message"]


async def test_links_lead_only_to_known_hosts(storefront: Storefront) -> None:
    form = {"email": an_email(), "channel": "retail"}

    fine = await storefront.send("requestPasswordReset", **form, redirectUrl=BACK)
    foreign = await storefront.send(
        "requestPasswordReset", **form, redirectUrl="https://evil.example.org/"
    )

    assert fine["requestPasswordReset"]["errors"] == []
    (error,) = foreign["requestPasswordReset"]["errors"]
    assert error["field"] == "redirectUrl"


async def test_a_wrong_code_confirms_nobody(storefront: Storefront) -> None:
    data = await storefront.send("ConfirmAccount", email=an_email(), token="none")

    assert data["confirmAccount"]["user"] is None
    assert data["confirmAccount"]["errors"]


async def test_a_profile_is_read_and_changed(customer: Storefront) -> None:
    changed = await customer.send("AccountUpdate", input={"firstName": "Lan", "lastName": "Lý"})
    read = (await customer.send("CurrentUserProfile"))["me"]

    assert changed["accountUpdate"]["errors"] == []
    assert (read["firstName"], read["lastName"]) == ("Lan", "Lý")
    assert read["isConfirmed"] is read["isActive"] is True
    assert read["addresses"] == []
    assert read["avatar"] is None


async def test_addresses_are_kept_changed_preferred_and_forgotten(customer: Storefront) -> None:
    made = (await customer.send("AccountAddressCreate", input=HOME))["accountAddressCreate"]
    assert made["errors"] == []
    key = made["address"]["id"]
    assert made["address"]["country"]["code"] == "VN"

    changed = await customer.send(
        "AccountAddressUpdate", id=key, input={**HOME, "firstName": "Lan"}
    )
    assert changed["accountAddressUpdate"]["address"]["firstName"] == "Lan"

    chosen = await customer.send("AccountSetDefaultAddress", id=key, type="SHIPPING")
    assert chosen["accountSetDefaultAddress"]["user"]["defaultShippingAddress"] == {"id": key}
    assert chosen["accountSetDefaultAddress"]["user"]["defaultBillingAddress"] is None

    gone = await customer.send("AccountAddressDelete", id=key)
    assert gone["accountAddressDelete"]["errors"] == []
    assert (await customer.send("user"))["user"]["addresses"] == []


async def test_an_address_names_the_field_that_is_wrong(customer: Storefront) -> None:
    wrong = {**HOME, "phone": "12"}

    data = await customer.send("AccountAddressCreate", input=wrong)

    (error,) = data["accountAddressCreate"]["errors"]
    assert error["field"] == "phone"
    assert data["accountAddressCreate"]["address"] is None


async def test_a_password_is_changed_with_the_old_one(customer: Storefront) -> None:
    wrong = await customer.send("PasswordChange", newPassword="một câu khác hẳn", oldPassword="x")
    right = await customer.send(
        "PasswordChange", newPassword="một câu khác hẳn", oldPassword=PASSWORD
    )

    assert wrong["passwordChange"]["errors"][0]["field"] == "oldPassword"
    assert right["passwordChange"]["errors"] == []


async def test_a_deletion_is_asked_for(customer: Storefront) -> None:
    data = await customer.send("AccountRequestDeletion", redirectUrl=BACK, channel="retail")

    assert data["accountRequestDeletion"]["errors"] == []


async def test_who_is_not_signed_in_has_no_address(storefront: Storefront) -> None:
    mutation = "mutation($input: AddressInput!) { accountAddressCreate(input: $input) { errors { code } } }"  # noqa: E501 - one document, one line
    response = await storefront.post(mutation, {"input": HOME})

    body = response.json()
    assert response.status_code == 200
    assert body["data"] == {"accountAddressCreate": None}
    assert body["errors"][0]["path"] == ["accountAddressCreate"]
    assert body["errors"][0]["extensions"]["exception"]["code"] == "NotSignedIn"


async def test_foreign_sign_in_is_not_offered(storefront: Storefront) -> None:
    asked = {"pluginId": "mirumee.authentication.openidconnect", "input": "{}"}

    url = await storefront.send("externalAuthenticationUrl", **asked)
    tokens = await storefront.send("AuthObtainAccessToken", **asked)

    assert url["externalAuthenticationUrl"]["authenticationData"] is None
    assert url["externalAuthenticationUrl"]["errors"]
    assert tokens["externalObtainAccessTokens"]["token"] is None
    assert tokens["externalObtainAccessTokens"]["errors"]
