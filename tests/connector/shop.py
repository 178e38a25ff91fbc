"""A shop that speaks Saleor's documents: its API, its pictures, its keys, its signed messages."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from graphql import build_schema, graphql_sync
from jwt.algorithms import RSAAlgorithm

from tests.factories.media import a_picture

SCHEMA: Final = build_schema((Path(__file__).parent / "shop.graphql").read_text("utf-8"))
CHANNEL: Final = "default-channel"
TOKEN: Final = "app-token-0123456789"
KEY: Final = generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY: Final = generate_private_key(public_exponent=65537, key_size=2048)


def gid(kind: str, number: int) -> str:
    """An id as Saleor writes it."""
    return base64.b64encode(f"{kind}:{number}".encode()).decode()


def a_good(number: int, **values: Any) -> dict[str, Any]:
    """A product of the shop with one packing."""
    text = {"type": "paragraph", "data": {"text": f"Miến dong mẻ {number}, <b>phơi nắng</b>."}}
    return {
        "id": gid("Product", number),
        "name": f"Miến dong mẻ {number}",
        "description": json.dumps({"blocks": [text]}),
        "weight": {"value": 0.5, "unit": "KG"},
        "category": {"id": gid("Category", 1), "name": "Miến dong"},
        "productType": {"id": gid("ProductType", 1), "name": "Hàng khô"},
        "media": [],
        "is_published": True,
        "variants": [a_packing(number)],
    } | values


def a_packing(number: int, amount: float = 45_000, **values: Any) -> dict[str, Any]:
    """A packing at a price in đồng."""
    money = {"gross": {"amount": amount, "currency": "VND"}}
    return {
        "id": gid("ProductVariant", number),
        "name": "Gói 500 g",
        "sku": f"MD-{number}",
        "trackInventory": True,
        "quantityLimitPerCustomer": None,
        "quantityAvailable": 20,
        "weight": None,
        "pricing": {"price": money, "priceUndiscounted": money},
        "stocks": [{"quantity": 25, "quantityAllocated": 5}],
    } | values


@dataclass
class Shop:
    """What it sells, how it behaves, and what it was asked."""

    goods: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, RSAPrivateKey] = field(default_factory=lambda: {"k1": KEY})
    asked: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    status: int = 200
    answer: bytes | None = None
    # How many requests it answers before it goes away.
    patience: int = 1_000_000
    port: int = 0

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self.port}/graphql/"

    @property
    def domain(self) -> str:
        """What it calls itself by."""
        return f"127.0.0.1:{self.port}"

    def picture(self, number: int) -> dict[str, str]:
        """A picture that it serves."""
        return {"type": "IMAGE", "url": f"http://{self.domain}/media/{number}.jpg"}

    def respond(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """The answer to one request."""
        self.asked.append(path)
        if self.status != 200 or self.answer is not None:
            return self.status, self.answer or b"{}"
        if path == "/.well-known/jwks.json":
            return 200, self.jwks()
        if path.startswith("/media/"):
            return 200, a_picture(320, 240)
        self.tokens.append(headers.get("authorization", ""))
        told = json.loads(body)
        root = {"products": self._products, "product": self._product}
        done = graphql_sync(
            SCHEMA,
            told["query"],
            root_value=_Root(root, is_app=told["variables"]["asApp"]),
            variable_values=told["variables"],
        )
        return 200, json.dumps(done.formatted).encode()

    def _products(self, info: Any, first: int, channel: str, after: str | None) -> dict[str, Any]:
        shown = self._shown(info, channel)
        begin = int(after or 0)
        return {
            "pageInfo": {
                "hasNextPage": begin + first < len(shown),
                "endCursor": str(begin + first),
            },
            "edges": [{"node": each, "cursor": ""} for each in shown[begin : begin + first]],
        }

    def _product(self, info: Any, id: str, channel: str) -> dict[str, Any] | None:  # noqa: A002 - Saleor's name
        return next((each for each in self._shown(info, channel) if each["id"] == id), None)

    def _shown(self, info: Any, channel: str) -> list[dict[str, Any]]:
        """What the channel tells: apps everything, others what is published."""
        if channel != CHANNEL:
            return []
        listed = [
            {
                **each,
                "channelListings": [
                    {"isPublished": each["is_published"], "channel": {"slug": CHANNEL}}
                ],
            }
            for each in self.goods
        ]
        return [each for each in listed if each["is_published"] or info.root_value.is_app]

    def jwks(self) -> bytes:
        """Its public keys."""
        keys = [
            {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "RS256"}
            for kid, key in self.keys.items()
        ]
        return json.dumps({"keys": keys}).encode()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, or go away."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.rstrip().split("\r\n")
            pairs = (each.partition(":") for each in lines)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.patience -= 1
            if self.patience >= 0:
                code, answer = self.respond(first.split(" ")[1], headers, body)
                length = f"content-length: {len(answer)}\r\nconnection: close\r\n\r\n"
                writer.write(f"HTTP/1.1 {code} .\r\n{length}".encode() + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class _Root(dict[str, Any]):
    """The root of one answer, which knows who asks."""

    def __init__(self, fields: dict[str, Any], *, is_app: bool) -> None:
        super().__init__(fields)
        self.is_app = is_app


@asynccontextmanager
async def opened(*goods: dict[str, Any]) -> AsyncIterator[Shop]:
    """A shop that answers until the block ends."""
    shop = Shop(list(goods))
    server = await asyncio.start_server(shop.serve, "127.0.0.1", 0)
    shop.port = server.sockets[0].getsockname()[1]
    async with server:
        yield shop


def notice(product_id: str, at: datetime | None = None) -> bytes:
    """The body of a message, as our subscription asks for it."""
    issued = (at or datetime.now(UTC)).isoformat()
    return json.dumps({"issuedAt": issued, "product": {"id": product_id}}).encode()


def sign(body: bytes, key: RSAPrivateKey = KEY, kid: str = "k1", **headers: Any) -> str:
    """The detached signature of a message."""
    told = {"kid": kid, "b64": False, "crit": ["b64"], **headers}
    return jwt.PyJWS().encode(body, key, algorithm="RS256", headers=told, is_payload_detached=True)
