"""Businesses for tests."""

from typing import Any

from businesses.models import Business
from businesses.rules.businesses import BusinessKind, BusinessState
from marketplace.kernel.database import new_id
from marketplace.kernel.text import fold, slugify, sort_key


def a_business(**overrides: Any) -> Business:
    """A verified co-operative that is open; every value may be another."""
    key = overrides.get("id", new_id())
    name = overrides.get("name", "Hợp tác xã Miến dong Côn Minh")
    values: dict[str, Any] = {
        "id": key,
        "code": f"CS-{key.hex[-8:]}",
        "slug": f"{slugify(name)}-{key.hex[-8:]}",
        "name": name,
        "name_folded": fold(name),
        "name_sort": sort_key(name),
        "kind": BusinessKind.COOPERATIVE,
        "state": BusinessState.ACTIVE,
        "verification_level": 3,
        "hamlet": "Thôn Chợ B",
        "is_demo": True,
    }
    return Business(**{**values, **overrides})
