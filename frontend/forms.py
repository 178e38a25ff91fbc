"""What was typed, and what is wrong with it."""

from collections.abc import Mapping
from typing import Any, TypedDict

from starlette.datastructures import FormData


class Wrong(TypedDict):
    """One problem beside its field; without a field it stands on top only."""

    field: str | None
    message: str


def typed(sent: FormData, *names: str) -> dict[str, str]:
    """The named fields as text, without the spaces around them."""
    return {name: str(sent.get(name) or "").strip() for name in names}


def problems_of(
    payload: Mapping[str, Any] | None, fields: Mapping[str, str] | None = None
) -> list[Wrong]:
    """The `errors` of a mutation's payload, under the names of the form's fields."""
    renamed = fields or {}
    return [
        Wrong(field=renamed.get(entry["field"] or "", entry["field"]), message=entry["message"])
        for entry in (payload or {}).get("errors", [])
    ]


def split_name(name: str) -> dict[str, str]:
    """One name field as the contract's two: Vietnamese given names stand last."""
    family, _, given = name.rpartition(" ")
    return {"firstName": given, "lastName": family}


def join_name(person: Mapping[str, Any]) -> str:
    """The contract's two name fields as one."""
    return " ".join(part for part in (person["lastName"], person["firstName"]) if part)
