from uuid import uuid4

import pytest

from marketplace.accounts.services import addresses as service
from marketplace.kernel.graph.ids import to_global
from tests.accounts.house import House
from tests.factories.accounts import a_user, viewer_of

FIELDS = """
id firstName lastName companyName streetAddress1 streetAddress2 city cityArea postalCode
country { code country } countryArea phone hamlet communeCode isDefaultShippingAddress
"""
CREATE = f"""
mutation ($input: AddressInput!, $type: AddressTypeEnum) {{
  accountAddressCreate(input: $input, type: $type) {{
    address {{ {FIELDS} }}
    user {{ addresses {{ id }} defaultShippingAddress {{ id }} defaultBillingAddress {{ id }} }}
    errors {{ field code message }}
  }}
}}
"""
UPDATE = f"""
mutation ($id: ID!, $input: AddressInput!) {{
  accountAddressUpdate(id: $id, input: $input) {{
    address {{ {FIELDS} }} user {{ id }} errors {{ field code }}
  }}
}}
"""
DELETE = """
mutation ($id: ID!) {
  accountAddressDelete(id: $id) {
    address { id } user { addresses { id } defaultShippingAddress { id } } errors { field code }
  }
}
"""
DEFAULT = """
mutation ($id: ID!, $type: AddressTypeEnum!) {
  accountSetDefaultAddress(id: $id, type: $type) {
    user { defaultShippingAddress { id } defaultBillingAddress { id } } errors { field code }
  }
}
"""
HAMLET = {
    "firstName": "Mai",
    "lastName": "Nông Thị",
    "hamlet": "Thôn Pác Ngòi",
    "city": "Xã Ba Bể",
    "countryArea": "Thái Nguyên",
    "phone": "0912 345 678",
}


async def test_a_hamlet_is_address_enough(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    payload = (await house.ask(CREATE, viewer=viewer, input=HAMLET, type="SHIPPING"))[
        "accountAddressCreate"
    ]
    assert payload["errors"] == []
    address = payload["address"]
    assert address["hamlet"] == "Thôn Pác Ngòi"
    assert address["streetAddress1"] == ""
    assert address["country"] == {"code": "VN", "country": "Vietnam"}
    assert address["phone"] == "+84912345678"
    assert address["isDefaultShippingAddress"] is True
    assert payload["user"] == {
        "addresses": [{"id": address["id"]}],
        "defaultShippingAddress": {"id": address["id"]},
        "defaultBillingAddress": None,
    }


async def test_an_address_is_changed_in_part(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    made = (await house.ask(CREATE, viewer=viewer, input=HAMLET))["accountAddressCreate"]["address"]
    words = {"hamlet": None, "streetAddress1": "12 Nguyễn Văn Thoát", "city": "Phường Bắc Kạn"}
    payload = (await house.ask(UPDATE, viewer=viewer, id=made["id"], input=words))[
        "accountAddressUpdate"
    ]
    assert payload["errors"] == []
    assert payload["address"] == made | {
        "streetAddress1": "12 Nguyễn Văn Thoát",
        "city": "Phường Bắc Kạn",
    }
    emptied = (
        await house.ask(UPDATE, viewer=viewer, id=made["id"], input={"hamlet": "", "phone": ""})
    )["accountAddressUpdate"]["address"]
    assert emptied["hamlet"] == ""
    assert emptied["phone"] is None


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ({"city": "Xã Ba Bể"}, [("streetAddress1", "REQUIRED")]),
        ({"hamlet": "Thôn Pác Ngòi"}, [("city", "REQUIRED")]),
        ({}, [("streetAddress1", "REQUIRED"), ("city", "REQUIRED")]),
        (HAMLET | {"phone": "12"}, [("phone", "INVALID")]),
        (HAMLET | {"postalCode": "9" * 21}, [("postalCode", "INVALID")]),
        (HAMLET | {"companyName": "x" * 257}, [("companyName", "INVALID")]),
        (HAMLET | {"communeCode": "99999"}, [("communeCode", "NOT_FOUND")]),
    ],
)
async def test_what_is_missing_or_wrong_is_told_beside_its_field(
    house: House, words: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    payload = (await house.ask(CREATE, viewer=viewer, input=words))["accountAddressCreate"]
    assert payload["address"] is None
    assert [(error["field"], error["code"]) for error in payload["errors"]] == problems


async def test_numbers_abroad_are_read_by_their_country(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    words = {"streetAddress1": "Unter den Linden 1", "city": "Berlin", "country": "DE"}
    payload = await house.ask(CREATE, viewer=viewer, input=words | {"phone": "030 901820"})
    assert payload["accountAddressCreate"]["address"]["phone"] == "+4930901820"
    unknown = await house.ask(CREATE, viewer=viewer, input=words | {"country": "XX"})
    assert unknown.errors


async def test_defaults_are_set_and_go_with_their_address(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    ids = [
        (await house.ask(CREATE, viewer=viewer, input=HAMLET))["accountAddressCreate"]["address"][
            "id"
        ]
        for _address in range(2)
    ]
    await house.ask(DEFAULT, viewer=viewer, id=ids[0], type="SHIPPING")
    user = (await house.ask(DEFAULT, viewer=viewer, id=ids[1], type="BILLING"))[
        "accountSetDefaultAddress"
    ]["user"]
    assert user == {
        "defaultShippingAddress": {"id": ids[0]},
        "defaultBillingAddress": {"id": ids[1]},
    }
    deleted = (await house.ask(DELETE, viewer=viewer, id=ids[0]))["accountAddressDelete"]
    assert deleted == {
        "address": {"id": ids[0]},
        "user": {"addresses": [{"id": ids[1]}], "defaultShippingAddress": None},
        "errors": [],
    }


async def test_nobody_touches_the_address_of_another(house: House) -> None:
    async with house.change() as unit:
        mine = viewer_of(await a_user(unit.session))
        theirs = viewer_of(await a_user(unit.session))
        administrator = viewer_of(await a_user(unit.session, is_administrator=True))
    address = (await house.ask(CREATE, viewer=theirs, input=HAMLET))["accountAddressCreate"][
        "address"
    ]["id"]
    asked = {
        UPDATE: {"id": address, "input": {"city": "X"}},
        DELETE: {"id": address},
        DEFAULT: {"id": address, "type": "BILLING"},
    }
    for document, variables in asked.items():
        assert (await house.ask(document, **variables)).code == "NotSignedIn"
        for viewer in (mine, administrator):
            answer = await house.ask(document, viewer=viewer, **variables)
            assert answer.data is not None
            (payload,) = answer.data.values()
            assert payload["errors"] == [{"field": "id", "code": "NOT_FOUND"}]
    assert (await house.ask(CREATE, input=HAMLET)).code == "NotSignedIn"
    left = (await house.ask("{ me { addresses { id city } } }", viewer=theirs))["me"]["addresses"]
    assert left == [{"id": address, "city": "Xã Ba Bể"}]


async def test_ids_of_other_things_are_not_found(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    for id_ in ("nonsense", to_global("User", uuid4()), to_global("Address", uuid4())):
        payload = (await house.ask(DELETE, viewer=viewer, id=id_))["accountAddressDelete"]
        assert payload["errors"] == [{"field": "id", "code": "NOT_FOUND"}]


async def test_there_is_an_end_to_addresses(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_ADDRESSES", 1)
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    await house.ask(CREATE, viewer=viewer, input=HAMLET)
    payload = (await house.ask(CREATE, viewer=viewer, input=HAMLET))["accountAddressCreate"]
    assert [error["code"] for error in payload["errors"]] == ["INVALID"]
