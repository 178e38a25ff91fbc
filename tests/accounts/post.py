"""Reading what was sent."""

import email
import re
from email.policy import default
from urllib.parse import parse_qs, urlsplit


def text_of(letter: str) -> str:
    """The plain text of a letter."""
    message = email.message_from_string(letter, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def link_in(letter: str) -> str:
    """The link of a letter."""
    found = re.search(r"^https?://\S+$", text_of(letter), re.MULTILINE)
    assert found is not None
    return found.group()


def token_in(letter: str) -> str:
    """The one-time token in the link of a letter."""
    return parse_qs(urlsplit(link_in(letter)).query)["token"][0]


def code_in(message: str) -> str:
    """The code of a text message."""
    found = re.search(r"\b\d{6}\b", message.partition("\n\n")[2])
    assert found is not None
    return found.group()
