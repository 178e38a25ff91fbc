"""Typed names for what the outside world does for us."""

from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class Port(Generic[T]):
    """The name of a capability; `T` is the Protocol its adapters follow."""

    def __init__(self, name: str) -> None:
        self.name = name


class Ports:
    """Which adapter stands behind each port in this process."""

    def __init__(self) -> None:
        self._adapters: dict[str, Any] = {}

    def bind(self, port: Port[T], adapter: T) -> None:
        """Put `adapter` behind `port`."""
        self._adapters[port.name] = adapter

    def __getitem__(self, port: Port[T]) -> T:
        """The adapter behind `port`.

        Raises:
            LookupError: nothing was bound, which is a mistake of the composition.
        """
        try:
            return cast("T", self._adapters[port.name])
        except KeyError:
            raise LookupError(f"no adapter behind the port {port.name!r}") from None
