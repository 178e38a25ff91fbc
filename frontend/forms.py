"""What was typed, and what is wrong with it."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypedDict

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

# No text holds them: neither PostgreSQL nor UTF-8 can write them down.
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")


class Wrong(TypedDict):
    """One problem beside its field; without a field it stands on top only."""

    field: str | None
    message: str


async def read_form(request: Request) -> FormData:
    """The fields that were sent, without the signs that no text can hold.

    Raises:
        HTTPException: the body is no form, or in an alphabet that cannot be read.
    """
    try:
        sent = await request.form()
    except ValueError as error:
        # The sender names the alphabet of a form, and some of Python's read no free text.
        raise HTTPException(400) from error
    return FormData(
        [
            (_UNWRITABLE.sub("", name), _UNWRITABLE.sub("", value))
            if isinstance(value, str)
            else (_UNWRITABLE.sub("", name), value)
            for name, value in sent.multi_items()
        ]
    )


def text_of(sent: FormData, name: str) -> str:
    """One field as it was typed; a file in its place is nothing typed."""
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def typed(sent: FormData, *names: str) -> dict[str, str]:
    """The named fields as text, without the spaces around them."""
    return {name: text_of(sent, name).strip() for name in names}


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
