"""A small schema that holds whatever can happen to a field."""

import asyncio
import types
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from dataclasses import field
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any, NewType, Self

import strawberry
from graphql import GraphQLError
from strawberry.dataloader import DataLoader
from strawberry.extensions import FieldExtension
from strawberry.schema.config import StrawberryConfig

Loose = NewType("Loose", object)
LOOSE = strawberry.scalar(name="Loose", serialize=lambda value: value or None, parse_value=list)


class TroubleError(Exception):
    """What a resolver of the world raises."""


class Counted:
    """The context: who was asked for what, in which batches."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.seen: list[Any] = []
        self.loader = DataLoader[int, str](load_fn=self._load)

    async def _load(self, keys: list[int]) -> list[Any]:
        self.batches.append(keys)
        await asyncio.sleep(0)
        return [TroubleError(f"no {key}") if key % 5 == 4 else f"no. {key}" for key in keys]


@strawberry.enum
class Colour(Enum):
    RED = "r"
    GREEN = "g"
    CRIMSON = "r"  # noqa: PIE796 - another name of the same member


@strawberry.input
class Part:
    size: int
    colours: list[Colour] | None = None


@strawberry.input
class Box:
    name: str = "box"
    parts: list[Part] = strawberry.field(default_factory=list)
    rows: list[list[int]] | None = strawberry.UNSET
    inner: "Box | None" = None


@strawberry.interface
class Shape:
    name: str

    @strawberry.field
    def area(self) -> float | None:
        return 1.5


@strawberry.type
class Circle(Shape):
    radius: float = 2.0

    @strawberry.field
    async def later_radius(self) -> float:
        await asyncio.sleep(0)
        return self.radius


@strawberry.type
class Square(Shape):
    side: int = 3

    @strawberry.field
    def trouble(self) -> int:
        raise TroubleError(self.name)


@strawberry.type
class Odd:
    name: int = 7


Thing = Annotated[Circle | Odd, strawberry.union("Thing")]


class Promise:
    """An awaitable that is no coroutine."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __await__(self) -> Generator[Any, None, Any]:
        yield from asyncio.sleep(0).__await__()
        return self._value


@types.coroutine
def old_style(value: str) -> Generator[Any, None, str]:
    yield
    return value


class Quiet(FieldExtension):
    """An extension, which only graphql-core runs."""

    def resolve(
        self,
        next_: Callable[..., object],
        source: object,
        info: strawberry.Info,
        **kwargs: object,
    ) -> object:
        return f"{next_(source, info, **kwargs)}!"


@strawberry.type
class Node:
    number: int
    text: str = "tiếng Việt"
    maybe: str | None = None
    ratio: float = 0.5
    flag: bool = True
    key: strawberry.ID = strawberry.ID("k")
    colour: Colour = Colour.CRIMSON
    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    loose: Loose | None = None
    missing: str = None  # type: ignore[assignment] # what must not be
    huge: int | None = 2**40
    endless: float | None = float("inf")
    wrong: int | None = "seven"  # type: ignore[assignment]  # wrong on purpose
    failed: str | None = field(default_factory=lambda: TroubleError("a value"))  # type: ignore[assignment]  # wrong on purpose
    numbers: list[int | None] = field(default_factory=lambda: [1, None, 3])
    strict: list[int] | None = field(default_factory=lambda: [1, None, 3])  # type: ignore[assignment]  # wrong on purpose
    rows: list[list[int] | None] | None = field(default_factory=lambda: [[1], None, [2, None]])  # type: ignore[assignment]  # wrong on purpose
    no_list: list[int] | None = 5  # type: ignore[assignment]  # wrong on purpose
    a_tuple: list[str] = ("a", "b")  # type: ignore[assignment]  # wrong on purpose

    @classmethod
    def of(cls, number: int) -> Self:
        return cls(number=number, loose=[number] if number % 2 else None)  # type: ignore[arg-type]  # wrong on purpose

    @strawberry.field
    def trouble(self) -> str | None:
        raise TroubleError("trouble")

    @strawberry.field
    def hard_trouble(self) -> str:
        raise GraphQLError("hard trouble", extensions={"code": "HARD"})

    @strawberry.field
    def odd_trouble(self) -> str:
        if self.number % 2:
            raise TroubleError(f"odd {self.number}")
        return "even"

    @strawberry.field
    async def later(self) -> str:
        await asyncio.sleep(0)
        return f"later {self.number}"

    @strawberry.field
    async def later_trouble(self) -> str | None:
        await asyncio.sleep(0)
        raise TroubleError("later trouble")

    @strawberry.field
    async def later_odd_trouble(self) -> str:
        for _ in range(self.number % 3):
            await asyncio.sleep(0)
        if self.number % 2:
            raise TroubleError(f"later odd {self.number}")
        return "even"

    @strawberry.field
    async def later_nothing(self) -> str:
        return None  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def lazy(self) -> str:
        return self.later_text() if self.number % 2 else "now"  # type: ignore[return-value]  # a promise, resolved by the runner

    async def later_text(self) -> str:
        return "lazy"

    @strawberry.field
    def promised(self) -> str | None:
        return Promise("promised")  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def old(self) -> str:
        return old_style("old")  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def promises(self) -> list[str | None]:
        return [Promise("one"), "two", Promise(None), Promise(TroubleError("three"))]  # type: ignore[list-item]  # a promise, resolved by the runner

    @strawberry.field
    def strict_promises(self) -> list[str] | None:
        return [Promise("one"), None, Promise("two")]  # type: ignore[list-item]  # a promise, resolved by the runner

    @strawberry.field
    def counted(self) -> list[int]:
        def count() -> Iterator[int]:
            yield 1
            raise TroubleError("while counting")

        return count()  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def streamed(self) -> list[int] | None:
        async def stream() -> AsyncIterator[int]:
            yield 1

        return stream()  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def child(self, step: int = 1) -> "Node":
        return Node.of(self.number + step)

    @strawberry.field
    async def later_child(self) -> "Node | None":
        await asyncio.sleep(0)
        return Node.of(self.number + 1)

    @strawberry.field
    def children(self, count: int = 3) -> "list[Node]":
        return [Node.of(self.number + place) for place in range(count)]

    @strawberry.field
    def some_children(self) -> "list[Node | None] | None":
        return [Node.of(1), None, Node.of(2)]

    @strawberry.field
    async def later_children(self) -> "list[Node] | None":
        await asyncio.sleep(0)
        return [Node.of(1), Node.of(2)]

    @strawberry.field
    def grid(self) -> "list[list[Node]]":
        return [[Node.of(1), Node.of(2)], [Node.of(3)]]

    @strawberry.field
    def shapes(self) -> list[Shape | None]:
        return [Circle(name="c"), Square(name="s"), None]

    @strawberry.field
    def no_shape(self) -> Shape | None:
        return Odd()  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def thing(self) -> Thing | None:
        return Circle(name="c") if self.number % 2 else Odd()

    @strawberry.field
    def no_thing(self) -> Thing | None:
        return Square(name="s")  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def cast_shape(self) -> Shape:
        return strawberry.cast(Square, Odd())  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def wrong_circle(self) -> Circle | None:
        return Odd()  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field
    def echo(
        self,
        text: str | None = "default",
        numbers: list[int] | None = None,
        colour: Colour = Colour.GREEN,
        box: Box | None = strawberry.UNSET,
        moment: datetime | None = None,
    ) -> str:
        return repr((text, numbers, colour, box, moment))

    @strawberry.field
    def changes_its_list(self, numbers: list[int]) -> list[int]:
        numbers.append(len(numbers))
        return numbers

    @strawberry.field
    def told(self, info: strawberry.Info, text: str | None = None) -> str:
        below = [(each.name, each.arguments) for each in info.selected_fields]  # type: ignore[union-attr]  # always there
        raw = info._raw_info  # noqa: SLF001 - ours reads it, too
        return repr(
            (
                text,
                info.field_name,
                info.python_name,
                info.path.as_list(),
                info.path,
                str(info.return_type),
                info.variable_values,
                info.context is not None,
                info.root_value,
                info.operation.name and info.operation.name.value,
                sorted(raw.fragments),
                str(raw.parent_type),
                len(raw.field_nodes),
                below,
            ),
        )

    @strawberry.field
    async def loaded(self, info: strawberry.Info, step: int = 0) -> str | None:
        context: Counted = info.context
        found: str = await context.loader.load(self.number + step)
        return found

    @strawberry.field
    def loaded_lazily(self, info: strawberry.Info) -> str:
        context: Counted = info.context
        return context.loader.load(self.number)  # type: ignore[return-value]  # a promise, resolved by the runner

    @strawberry.field(extensions=[Quiet()])  # type: ignore[untyped-decorator]  # strawberry's own
    def quiet(self) -> str:
        return "quiet"


def of_parent(parent: strawberry.Parent[Node], info: strawberry.Info, add: int = 0) -> int:
    """A resolver outside its class."""
    return parent.number + add + len(info.path.as_list())


def of_root(root: Node) -> int:
    """A resolver that calls its source the root."""
    return root.number


@strawberry.type
class Query:
    parented: int = strawberry.field(resolver=lambda: 3)

    @strawberry.field
    def node(self, number: int = 1) -> Node:
        return Node.of(number)

    @strawberry.field
    async def later_node(self) -> Node | None:
        return Node.of(4)

    @strawberry.field
    def nodes(self, count: int = 4) -> list[Node] | None:
        return [Node.of(number) for number in range(count)]

    @strawberry.field
    async def later_nodes(self) -> list[Node | None]:
        return [Node.of(3), Node.of(4), None]


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> int:
        return 1


_definition = Node.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry's own
_definition.fields.append(strawberry.field(resolver=of_parent, name="ofParent"))
_definition.fields.append(strawberry.field(resolver=of_root, name="ofRoot"))

schema = strawberry.Schema(
    Query,
    Mutation,
    types=[Circle, Square],
    config=StrawberryConfig(scalar_map={Loose: LOOSE}),
)
schema.process_errors = lambda *_: None  # type: ignore[method-assign]  # silent in tests
