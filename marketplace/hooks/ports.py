"""What messages need of the world outside: somebody who carries them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from marketplace.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class HookSettings:
    """What a deployment says about messages; bound by the roof."""

    allows_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How a receiver answered; `problem` says why there was none."""

    code: int | None
    took_ms: int
    excerpt: str = ""
    retry_after: str | None = None
    problem: str | None = None


class WebhookSender(Protocol):
    """Carries a message to an address, and never anywhere inside our own network."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send it once; whatever goes wrong is an answer, too."""
        ...


HOOK_SETTINGS: Port[HookSettings] = Port("hook settings")
WEBHOOK_SENDER: Port[WebhookSender] = Port("webhook sender")
