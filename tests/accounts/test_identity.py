"""Coming in through an outside identity provider: proved, or not at all."""

import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import func, select

from marketplace.accounts.adapters.oidc import OpenIDProvider
from marketplace.accounts.models import ExternalIdentity, IdentityAssertion, Session, User
from marketplace.accounts.ports import IDENTITY_PROVIDER
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.viewer import Viewer
from tests.accounts.provider import CLAIMS, Forger, agree, running_provider
from tests.asking import Answer, ask
from tests.factories.accounts import PASSWORD, a_user
from tests.factories.world import World

CLIENT = "cho-phien"
BACK = "http://localhost:8000/dang-nhap/dinh-danh/ve"
BEGIN = """mutation($uri: String!, $browser: String!, $purpose: IdentityPurposeEnum!,
        $password: String) {
    identityBegin(redirectUri: $uri, browser: $browser, purpose: $purpose, password: $password) {
        address errors { field code } } }"""
FINISH = """mutation($state: String!, $code: String!, $browser: String!, $issuer: String!) {
    identityFinish(state: $state, code: $code, browser: $browser, issuer: $issuer) {
        token isLink user { email } errors { code } } }"""
URL = """mutation($input: JSONString!) {
    externalAuthenticationUrl(pluginId: "oidc", input: $input) {
        authenticationData errors { field code } } }"""
OBTAIN = """mutation($input: JSONString!) {
    externalObtainAccessTokens(pluginId: "oidc", input: $input) {
        token user { email } errors { field code } } }"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running_provider("--require-nonce", "true") as found:
        yield found


@pytest.fixture
def forger() -> Iterator[Forger]:
    made = Forger()
    yield made
    made.close()


@pytest.fixture
async def house(world: World) -> AsyncIterator[World]:
    yield world
    world.composition.ports.bind(IDENTITY_PROVIDER, None)


def connect(world: World, issuer: str) -> None:
    provider = OpenIDProvider(issuer, CLIENT, "secret", {}, "VNeID")
    world.composition.ports.bind(IDENTITY_PROVIDER, provider)


async def begin(
    world: World, viewer: Viewer | None = None, purpose: str = "SIGN_IN", **more: Any
) -> Answer:
    return await ask(
        world.composition,
        BEGIN,
        viewer or world.viewers["visitor"],
        **({"uri": BACK, "browser": "mine", "purpose": purpose} | more),
    )


async def finish(
    world: World, back: Mapping[str, str], viewer: Viewer | None = None, **more: str
) -> Answer:
    sent = {"state": back.get("state", ""), "code": back.get("code", ""), "issuer": ""}
    return await ask(
        world.composition,
        FINISH,
        viewer or world.viewers["visitor"],
        **(sent | {"browser": "mine"} | more),
    )


def codes(answer: Answer, field: str = "identityFinish") -> list[str]:
    return [error["code"] for error in answer[field]["errors"]]


async def count(world: World, model: Any) -> int:
    async with world.composition.sessions() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def forged(world: World, forger: Forger, **claims: Any) -> Answer:
    """The answer to a trip whose token holds these claims."""
    connect(world, forger.issuer)
    address = (await begin(world))["identityBegin"]["address"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    forger.claims = claims
    forger.sign(asked["nonce"], CLIENT)
    return await finish(world, {"state": asked["state"], "code": "c"})


async def test_a_person_nobody_knew_gets_an_account(house: World, issuer: str) -> None:
    connect(house, issuer)
    address = (await begin(house))["identityBegin"]["address"]
    asked = parse_qs(urlsplit(address).query)

    answer = (await finish(house, agree(address)))["identityFinish"]

    assert asked["code_challenge_method"] == ["S256"]
    assert answer["errors"] == []
    assert answer["user"]["email"] == CLAIMS["email"]
    viewer = await house.composition.viewer_of_session(answer["token"])
    async with house.composition.sessions() as session:
        said = (await session.scalars(select(IdentityAssertion))).one()
        user = await session.get_one(User, viewer.user_id)
    assert said.user_id == user.id
    assert user.full_name == CLAIMS["name"]
    sealer = house.composition.ports[SEALER]
    assert said.identifier is not None
    assert CLAIMS["identifier"].encode() not in said.identifier  # type: ignore[attr-defined] # a text
    assert sealer.open(said.identifier).decode() == CLAIMS["identifier"]
    assert said.identifier_masked == "•••• •••• 1234"
    assert (said.issuer, said.subject, said.level) == (issuer, "nang", "2")


async def test_the_second_time_it_is_the_same_person(house: World, issuer: str) -> None:
    connect(house, issuer)
    emails = []
    for _time in range(2):
        address = (await begin(house))["identityBegin"]["address"]
        emails.append((await finish(house, agree(address)))["identityFinish"]["user"]["email"])

    assert emails == [CLAIMS["email"]] * 2
    assert await count(house, ExternalIdentity) == 1
    assert await count(house, IdentityAssertion) == 2


async def test_an_account_of_that_address_is_not_taken_over(house: World, issuer: str) -> None:
    connect(house, issuer)
    async with house.composition.sessions() as session, session.begin():
        await a_user(session, email=CLAIMS["email"])
    sessions = await count(house, Session)
    address = (await begin(house))["identityBegin"]["address"]

    answer = await finish(house, agree(address))

    assert codes(answer) == ["NOT_FOUND"]
    assert await count(house, ExternalIdentity) == 0
    assert await count(house, Session) == sessions


async def test_tying_asks_for_the_password(house: World, issuer: str) -> None:
    connect(house, issuer)
    owner = house.viewers["owner"]

    wrong = await begin(house, owner, "LINK", password="sai mật khẩu")
    right = await begin(house, owner, "LINK", password=PASSWORD)
    answer = await finish(house, agree(right["identityBegin"]["address"]), owner)
    later = await begin(house)
    again = await finish(house, agree(later["identityBegin"]["address"]))

    assert codes(wrong, "identityBegin") == ["INVALID_CREDENTIALS"]
    assert answer["identityFinish"]["isLink"] is True
    assert answer["identityFinish"]["token"] is None
    assert again["identityFinish"]["user"]["email"] == house.users["owner"].email


async def test_an_identity_is_tied_to_one_account(house: World, issuer: str) -> None:
    connect(house, issuer)
    answers = []
    for name in ("owner", "clerk"):
        viewer = house.viewers[name]
        begun = await begin(house, viewer, "LINK", password=PASSWORD)
        answers.append(await finish(house, agree(begun["identityBegin"]["address"]), viewer))

    assert [codes(answer) for answer in answers] == [[], ["UNIQUE"]]


async def test_nobody_else_finishes_a_tie(house: World, issuer: str) -> None:
    connect(house, issuer)
    begun = await begin(house, house.viewers["owner"], "LINK", password=PASSWORD)

    answer = await finish(house, agree(begun["identityBegin"]["address"]), house.viewers["clerk"])

    assert codes(answer) == ["INVALID_CREDENTIALS"]


async def test_a_storefront_signs_in_by_the_contract(house: World, issuer: str) -> None:
    connect(house, issuer)
    sent = json.dumps({"redirectUri": BACK})
    told = (await ask(house.composition, URL, input=sent))["externalAuthenticationUrl"]
    back = agree(json.loads(told["authenticationData"])["authorizationUrl"])
    answer = {"code": back["code"], "state": back["state"]}

    first = await ask(house.composition, OBTAIN, input=json.dumps(answer))
    again = await ask(house.composition, OBTAIN, input=json.dumps(answer))

    assert first["externalObtainAccessTokens"]["user"]["email"] == CLAIMS["email"]
    assert first["externalObtainAccessTokens"]["token"]
    assert codes(again, "externalObtainAccessTokens") == ["INVALID_CREDENTIALS"]


async def test_a_storefront_we_do_not_know_gets_no_trip(house: World, issuer: str) -> None:
    connect(house, issuer)
    sent = json.dumps({"redirectUri": "https://evil.example/back"})

    answer = await ask(house.composition, URL, input=sent)

    assert answer["externalAuthenticationUrl"]["errors"] == [
        {"field": "redirectUrl", "code": "INVALID"}
    ]


async def test_another_browser_cannot_finish(house: World, issuer: str) -> None:
    connect(house, issuer)
    back = agree((await begin(house))["identityBegin"]["address"])

    stolen = await finish(house, back, browser="other")
    own = await finish(house, back)

    assert codes(stolen) == ["INVALID_CREDENTIALS"]
    assert codes(own) == []


async def test_an_answer_counts_once(house: World, issuer: str) -> None:
    connect(house, issuer)
    back = agree((await begin(house))["identityBegin"]["address"])
    other = await begin(house)
    state = parse_qs(urlsplit(other["identityBegin"]["address"]).query)["state"][0]

    first = await finish(house, back)
    same = await finish(house, back)
    moved = await finish(house, {"code": back["code"], "state": state})

    assert codes(first) == []
    assert codes(same) == ["INVALID_CREDENTIALS"]
    assert codes(moved) == ["INVALID_CREDENTIALS"]


@pytest.mark.parametrize("state", ["", "none", "é" * 50])
async def test_a_state_of_nobody_is_refused(house: World, issuer: str, state: str) -> None:
    connect(house, issuer)
    back = agree((await begin(house))["identityBegin"]["address"])

    assert codes(await finish(house, back | {"state": state})) == ["INVALID_CREDENTIALS"]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 600},
        {"iat": None},
        {"sub": ""},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=lambda claims: ", ".join(sorted(claims)),
)
async def test_a_token_that_says_something_else_is_refused(
    house: World, forger: Forger, claims: dict[str, Any]
) -> None:
    sessions = await count(house, Session)

    answer = await forged(house, forger, **claims)

    assert codes(answer) == ["INVALID_CREDENTIALS"]
    assert await count(house, Session) == sessions
    assert await count(house, IdentityAssertion) == 0


async def test_the_forger_can_be_honest(house: World, forger: Forger) -> None:
    assert codes(await forged(house, forger)) == []


async def test_a_token_nobody_signed_is_refused(house: World, forger: Forger) -> None:
    forger.header = {"alg": "none"}

    assert codes(await forged(house, forger)) == ["INVALID_CREDENTIALS"]


async def test_a_token_of_another_key_is_refused(house: World, forger: Forger) -> None:
    connect(house, forger.issuer)
    address = (await begin(house))["identityBegin"]["address"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    published, forger.key = forger.key, RSAKey.generate_key(2048, {"kid": "one"})
    forger.sign(asked["nonce"], CLIENT)
    forger.key = published

    answer = await finish(house, {"state": asked["state"], "code": "c"})

    assert codes(answer) == ["INVALID_CREDENTIALS"]


async def test_a_new_key_of_the_provider_is_learned(house: World, forger: Forger) -> None:
    provider = OpenIDProvider(forger.issuer, CLIENT, None, {}, "VNeID")
    house.composition.ports.bind(IDENTITY_PROVIDER, provider)
    results = []
    for kid in ("one", "two"):
        forger.key = RSAKey.generate_key(2048, {"kid": kid})
        forger.header = {"alg": "RS256", "kid": kid}
        address = (await begin(house))["identityBegin"]["address"]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        forger.sign(asked["nonce"], CLIENT)
        results.append(codes(await finish(house, {"state": asked["state"], "code": kid})))

    assert results == [[], []]
    assert forger.asked.count("/keys") == 2
    assert forger.codes == ["one", "two"]


async def test_an_answer_of_another_provider_is_refused(house: World, forger: Forger) -> None:
    connect(house, forger.issuer)
    address = (await begin(house))["identityBegin"]["address"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    forger.sign(asked["nonce"], CLIENT)

    answer = await finish(
        house, {"state": asked["state"], "code": "c"}, issuer="https://evil.example"
    )

    assert codes(answer) == ["INVALID_CREDENTIALS"]
    assert forger.codes == []


async def test_a_provider_that_calls_itself_otherwise_is_not_asked(
    house: World, forger: Forger
) -> None:
    forger.told_issuer = "https://evil.example"
    connect(house, forger.issuer)

    assert codes(await begin(house), "identityBegin") == ["INVALID"]


async def test_a_provider_that_is_down_takes_nothing_else_along(
    house: World, forger: Forger
) -> None:
    connect(house, forger.issuer)
    forger.status = 503
    broken = await begin(house)
    connect(house, "http://127.0.0.1:9")
    gone = await begin(house)
    by_password = await ask(
        house.composition,
        "mutation($login: String!) { sessionCreate(login: $login, password: "
        f'"{PASSWORD}") {{ errors {{ code }} }} }}',
        login=house.users["owner"].email,
    )

    assert codes(broken, "identityBegin") == ["INVALID"]
    assert codes(gone, "identityBegin") == ["INVALID"]
    assert codes(by_password, "sessionCreate") == []
