"""Pages and menus: who reads them, and that menus lead only to what may be seen."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from catalog.models import Collection
from marketplace.content.models import MenuItem, Page
from tests.asking import ask
from tests.factories.world import World

MENU = """{ menu(slug: "navbar") { items { name category { slug } children { name
    collection { slug } children { name page { slug } } } } } }"""
PAGE = """query($slug: String, $code: LanguageCodeEnum) {
    page(slug: $slug, slugLanguageCode: $code) { title } }"""


async def test_a_line_does_not_lead_to_what_is_hidden(world: World) -> None:
    async with world.composition.sessions() as session, session.begin():
        await session.execute(update(Page).values(is_published=False))
        await session.execute(update(Collection).values(is_published=False))

    visitors = await ask(world.composition, MENU)
    administrators = await ask(world.composition, MENU, world.viewers["administrator"])

    (second,) = visitors["menu"]["items"][0]["children"]
    assert second["collection"] is None
    assert second["children"][0]["page"] is None
    (second,) = administrators["menu"]["items"][0]["children"]
    assert second["collection"] == {"slug": "featured-products"}
    assert second["children"][0]["page"] == {"slug": "gioi-thieu"}


async def test_a_translated_slug_counts_in_its_language_only(province: World) -> None:
    async def title(slug: str, code: str | None) -> str | None:
        answer = await ask(province.composition, PAGE, slug=slug, code=code)
        return None if answer["page"] is None else str(answer["page"]["title"])

    assert await title("about", "EN") == await title("gioi-thieu", None) == "Giới thiệu"
    assert await title("gioi-thieu", "VI") == "Giới thiệu"
    assert await title("about", None) is None
    assert await title("gioi-thieu", "EN") is None
    assert await title("about", "PL") is None


async def test_a_line_leads_to_one_place_only(world: World) -> None:
    async def save() -> None:
        async with world.composition.sessions() as session, session.begin():
            session.add(
                MenuItem(
                    menu_id=world["menu"].id,
                    name="Hai đích",
                    page_id=world["page"].id,
                    category_id=world["food"].id,
                )
            )

    with pytest.raises(IntegrityError, match="one_target"):
        await save()


async def test_a_menu_that_is_not_there_is_nothing(province: World) -> None:
    for document in ('{ menu(slug: "x") { id } }', '{ menu(id: "x") { id } }', "{ menu { id } }"):
        assert (await ask(province.composition, document))["menu"] is None
