"""Messages of another system, signed as it would sign them."""

import time
from dataclasses import dataclass, field

import orjson

from marketplace.hooks.rules.signing import headers_for

Headers = list[tuple[str, str | bytes]]


@dataclass
class Sent:
    """A message ready to be handed in; a test spoils what it wants to."""

    secret: str
    id: str = "msg_1"
    type: str = "dossier.status_changed"
    data: dict[str, object] = field(default_factory=dict)
    at: int = field(default_factory=lambda: int(time.time()))

    @property
    def body(self) -> bytes:
        """The bytes that are signed."""
        return orjson.dumps({"id": self.id, "type": self.type, "data": self.data})

    @property
    def headers(self) -> dict[str, str]:
        """The three headers of one attempt."""
        return headers_for([self.secret], self.id, self.at, self.body)
