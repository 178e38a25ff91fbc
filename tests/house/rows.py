"""What a row of the matrix is, and the usual ways of writing one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from starlette.datastructures import UploadFile

from marketplace.kernel.graph.ids import to_global
from tests.factories.world import World

VIEWERS: Final = ("visitor", "stranger", "clerk", "owner", "officer", "administrator")
Variables = Callable[[World], Mapping[str, object]]


@dataclass(frozen=True)
class Row:
    """A thing to ask for, and for whom it is there."""

    field: str
    thing: str
    signs: str
    document: str
    variables: Variables = lambda _world: {}
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """The row as it is told in a failure."""
        return f"{self.field}: {self.thing}"


def gid(type_name: str, thing: str) -> Variables:
    """The variable `id`: the global id of a thing of the world."""
    return lambda world: {"id": to_global(type_name, world[thing].id)}


def slug(thing: str) -> Variables:
    """The variable `slug` of a thing of the world."""
    return lambda world: {"slug": world[thing].slug}


CHANGE: Final = "{ errors { field code } }"


def upload(content: bytes, name: str) -> Variables:
    """The variable `file`: a new upload."""
    return lambda _world: {"file": UploadFile(BytesIO(content), filename=name)}


def opened(name: str, arguments: str) -> Row:
    """A mutation that is open to everybody and decides by what is sent."""
    return Row(name, "what was sent", "······", f"mutation {{ {name}({arguments}) {CHANGE} }}")


def by_id(name: str, thing: str, signs: str, arguments: str = "", kind: str = "Product") -> Row:
    """A mutation on a thing of the world."""
    return Row(
        name,
        thing,
        signs,
        f"mutation($id: ID!) {{ {name}(id: $id{arguments}) {CHANGE} }}",
        gid(kind, thing),
    )
