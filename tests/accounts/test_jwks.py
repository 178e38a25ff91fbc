from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import jwt
from fastapi import FastAPI
from saleor_sdk.crypto.utils import decode_jwt

from marketplace.accounts.api.http import router
from marketplace.accounts.services.keys import rotate_keys
from marketplace.accounts.services.tokens import issue_tokens
from marketplace.kernel.context import Asking, RequestContext
from marketplace.kernel.database import Reader
from tests.accounts.house import SETTINGS, House
from tests.factories.accounts import a_user


async def test_the_keys_are_published_and_saleors_sdk_takes_them(house: House) -> None:
    @asynccontextmanager
    async def context(asking: Asking) -> AsyncIterator[RequestContext]:
        async with house.sessions() as session:
            yield RequestContext(asking, Reader(session), house.sessions, house.events, house.ports)

    app = FastAPI()
    app.include_router(router)
    app.state.context = context
    async with house.change() as unit:
        user = await a_user(unit.session)
        pair = await issue_tokens(unit, SETTINGS, user)
        await rotate_keys(unit, SETTINGS)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert "max-age" in answer.headers["cache-control"]
    keys = answer.json()["keys"]
    assert len(keys) >= 2
    for key in keys:
        assert set(key) == {"kty", "use", "alg", "kid", "key_ops", "n", "e"}
    found = decode_jwt(pair.access, jwt.PyJWKSet.from_dict(answer.json()))
    assert found["email"] == user.email
