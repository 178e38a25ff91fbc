"""Opaque ids of the API: padded base64 of `Type:pk`, as storefronts of the contract expect."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from uuid import UUID

import strawberry

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _


def to_global(type_name: str, key: UUID) -> strawberry.ID:
    """The id under which the API shows the thing."""
    return strawberry.ID(b64encode(f"{type_name}:{key}".encode("ascii")).decode("ascii"))


def from_global(type_name: str, global_id: str) -> UUID | None:
    """The key behind an id of that type, or None when it is no such id."""
    try:
        name, _colon, key = b64decode(global_id, validate=True).decode("ascii").partition(":")
        return UUID(key) if name == type_name else None
    except (Base64Error, UnicodeError, ValueError):
        return None


def required_key(type_name: str, global_id: str, field: str = "id") -> UUID:
    """The key behind an id of that type.

    Raises:
        NotFoundError: it is no id of that type; for the caller that is a missing thing.
    """
    key = from_global(type_name, global_id)
    if key is None:
        raise NotFoundError(_("There is no such thing."), field=field)
    return key
