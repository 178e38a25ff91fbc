"""A storefront: sends the contract's operations over HTTP, as one would."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from graphql import (
    DefinitionNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from tests.house.sources import ROOT


class _Spreads(Visitor):
    """Collects the names of the fragments a definition spreads."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_rest: object) -> None:
        """Remember the name."""
        self.names.append(node.name.value)


def spreads(node: DefinitionNode) -> list[str]:
    """The fragments a definition spreads itself."""
    visitor = _Spreads()
    visit(node, visitor)
    return visitor.names


@cache
def operations() -> dict[str, str]:
    """Each operation with the fragments it needs."""
    folder = ROOT / "tests" / "contract"
    document = parse((folder / "operations.graphql").read_text(encoding="utf-8"))
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    found = {}
    for node in document.definitions:
        if not isinstance(node, OperationDefinitionNode) or node.name is None:
            continue
        needed: dict[str, FragmentDefinitionNode] = {}
        waiting = spreads(node)
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed[name] = fragments[name]
                waiting += spreads(fragments[name])
        found[node.name.value] = "\n\n".join(map(print_ast, [node, *needed.values()]))
    return found


class Storefront:
    """One storefront and, when somebody signed in, that customer's token."""

    def __init__(self, client: httpx.AsyncClient, token: str | None = None) -> None:
        self.client = client
        self.token = token

    async def post(self, query: str, variables: Mapping[str, object] | None = None) -> Any:
        """The response to a document, as sent: two members, no more."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = {"query": query, "variables": variables or {}}
        return await self.client.post("/graphql/", json=body, headers=headers)

    async def send(self, name: str, **variables: object) -> dict[str, Any]:
        """The data of an operation that goes well."""
        response = await self.post(operations()[name], variables)
        assert response.status_code == 200, response.text
        body = response.json()
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data
