"""Places for tests."""

from datetime import date
from typing import Any

from marketplace.kernel.database import new_id
from marketplace.kernel.text import fold, slugify, sort_key
from marketplace.places.models import Place
from marketplace.places.rules.levels import PlaceLevel


def a_place(**overrides: Any) -> Place:
    """A commune of today; every value may be another."""
    name = overrides.get("name", "Côn Minh")
    values: dict[str, Any] = {
        "id": new_id(),
        "code": f"t-{new_id().hex[-8:]}",
        "name": name,
        "name_folded": fold(name),
        "full_name": f"Xã {name}",
        "slug": slugify(name),
        "kind": "xã",
        "level": PlaceLevel.COMMUNE,
        "valid_from": date(2025, 7, 1),
        "latitude": 22.1,
        "longitude": 106.0,
        "sort_key": sort_key(name),
    }
    return Place(**{**values, **overrides})
