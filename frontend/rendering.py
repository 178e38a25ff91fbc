"""Templates with the words, addresses and formats of one language."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from frontend import assets, wording
from frontend.addresses import path_to, translated_path
from frontend.editorjs import headings, plain_text, rich_text
from marketplace.kernel.i18n import Language, translate

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment(language: Language) -> Environment:
    """The templates of a language; one environment each keeps macros free of context."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(
        lang=language,
        _=partial(_translate, language),
        url=partial(_url, language),
        asset=assets.asset,
        icon=assets.icon,
        sprite=assets.sprite,
        told=told,
        translated=partial(_translated, language),
        today=wording.today,
    )
    env.filters.update(
        money=wording.money,
        number=partial(_number, language),
        day=wording.day,
        phone=wording.phone,
        month=partial(_month, language),
        rich=rich_text,
        plain=plain_text,
        headings=headings,
        nodes=nodes,
        names=names,
        cheapest=cheapest,
        tel=telephone_link,
    )
    return env


def _translate(language: Language, message: str, /, **parameters: object) -> str:
    return translate(message, language, **parameters)


def _url(language: Language, name: str, /, slug: str = "", item: str = "", **query: object) -> str:
    return path_to(name, language, slug, item, **query)


def _translated(language: Language, address: str) -> str:
    return translated_path(address, language)


def _number(language: Language, value: float | None) -> str:
    return wording.number(value, language)


def _month(language: Language, value: int, width: str = "wide") -> str:
    return wording.month_name(value, language, width)


def told(thing: Mapping[str, Any] | None, name: str) -> Any:  # noqa: ANN401 - a GraphQL leaf
    """A field in the reader's language: its translation when there is one, else the base text."""
    if not thing:
        return ""
    translation = thing.get("translation") or {}
    return translation.get(name) or thing.get(name) or ""


def nodes(connection: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The nodes of a connection, without their edges."""
    return [edge["node"] for edge in (connection or {}).get("edges", [])]


def names(things: Sequence[Mapping[str, Any]]) -> str:
    """The names of several things in one line."""
    return ", ".join(str(told(thing, "name")) for thing in things)


def cheapest(variants: Sequence[Mapping[str, Any]] | None) -> Mapping[str, Any] | None:
    """The packing whose price a list shows; the price per kilogram beside it must be its own."""
    priced = [one for one in variants or [] if one["pricing"] and one["pricing"]["price"]]
    return min(priced, key=lambda one: one["pricing"]["price"]["gross"]["amount"], default=None)


def telephone_link(value: str | None) -> str:
    """The number as a `tel:` address wants it."""
    return "".join(sign for sign in value or "" if sign.isdigit() or sign == "+")


def render(template: str, language: Language, context: Mapping[str, Any]) -> str:
    """The template's HTML."""
    return environment(language).get_template(template).render(context)
