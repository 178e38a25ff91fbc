"""The secrets that this installation and its own sandbox share, made from SECRET_KEY."""

import base64
import hmac
from typing import Final

from marketplace.app.settings import Settings
from marketplace.hooks.rules.signing import PREFIX
from marketplace.registration.adapters.registry import HTTPRegistry

SOURCE: Final = "registry"


def sandbox_port(settings: Settings) -> int:
    """Where the sandbox registry listens: the port after the web server's."""
    return settings.port + 1


def sandbox_secret(settings: Settings) -> str:
    """What the sandbox registry signs its messages with."""
    return PREFIX + base64.b64encode(_derived(settings, "sandbox registry webhooks")).decode()


def sandbox_token(settings: Settings) -> str:
    """What the sandbox registry wants to see of whoever asks it."""
    return _derived(settings, "sandbox registry token").hex()


def registry_of(settings: Settings) -> HTTPRegistry | None:
    """The registry of this installation: its own, the demo's sandbox, or none."""
    if settings.registry_url is not None:
        token = settings.registry_token
        return HTTPRegistry(
            settings.registry_url, None if token is None else token.get_secret_value()
        )
    if settings.uses_sandbox:
        return HTTPRegistry(f"http://127.0.0.1:{sandbox_port(settings)}", sandbox_token(settings))
    return None


def _derived(settings: Settings, purpose: str) -> bytes:
    key = settings.secret_key.get_secret_value().encode()
    return hmac.digest(key, purpose.encode(), "sha256")
