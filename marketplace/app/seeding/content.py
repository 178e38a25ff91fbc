"""The texts and menus of the site, and its collections."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from catalog.models import (
    Category,
    Collection,
    CollectionProduct,
    CollectionTranslation,
    OcopCertificate,
    Product,
)
from catalog.services.imports.descriptions import document_of
from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.goods import goods_of
from marketplace.app.seeding.markdown import read_page
from marketplace.app.seeding.rows import keep
from marketplace.app.seeding.shops import scene_of
from marketplace.content.events import PageChanged
from marketplace.content.models import Menu, MenuItem, MenuItemTranslation, Page, PageTranslation
from marketplace.kernel.unit_of_work import UnitOfWork

ENGLISH: Final = "en"
_LINE: Final = ("name", "level", "position", "category_id", "collection_id", "page_id", "url")
MENU_NAMES: Final = {"navbar": "Đầu trang", "footer": "Chân trang"}


async def load_pages(unit: UnitOfWork, data: ProvinceData) -> None:
    """The static pages in both languages; what a page is comes from its `page_type`."""
    texts: dict[str, dict[str, tuple[dict[str, str], dict[str, Any]]]] = {}
    for path in data.page_files:
        matter, text = read_page(path.read_text("utf-8"))
        texts.setdefault(matter["page_type"], {})[matter["language"]] = (matter, text)
    for page_type, words in texts.items():
        matter, text = words["vi"]
        is_new = await unit.session.scalar(select(Page.id).where(Page.page_type == page_type))
        page = await keep(
            unit.session,
            Page,
            {"page_type": page_type},
            slug=matter["slug"],
            title=matter["title"],
            content=text,
            seo_title=matter.get("seo_title"),
            seo_description=matter.get("seo_description"),
        )
        if ENGLISH in words:
            matter, text = words[ENGLISH]
            await keep(
                unit.session,
                PageTranslation,
                {"page_id": page.id, "language": ENGLISH},
                slug=matter["slug"],
                title=matter["title"],
                content=text,
                seo_title=matter.get("seo_title"),
                seo_description=matter.get("seo_description"),
            )
        if is_new is None or unit.session.is_modified(page):
            unit.announce(PageChanged(page.id))


async def load_collections(unit: UnitOfWork, data: ProvinceData, shops: dict[str, UUID]) -> None:
    """Collections: up to so many products of each kind, in order, then cut at the limit."""
    by_kind = await _products_by_kind(unit, data, shops)
    for position, record in enumerate(data.collections):
        collection = await keep(
            unit.session,
            Collection,
            {"slug": record["slug"]},
            name=record["name"]["vi"],
            description=document_of(record["description"]["vi"]),
            seo_title=record["name"]["vi"],
            seo_description=record["description"]["vi"][:300],
            background_id=collection_scene(record).media_id,
            position=position,
        )
        await keep(
            unit.session,
            CollectionTranslation,
            {"collection_id": collection.id, "language": ENGLISH},
            name=record["name"]["en"],
            slug=record["slug_en"],
            description=document_of(record["description"]["en"]),
            seo_title=record["name"]["en"],
            seo_description=record["description"]["en"][:300],
        )
        chosen = _chosen(record, by_kind)
        await _fill(unit, collection.id, chosen)


def collection_scene(record: Record) -> Any:  # noqa: ANN401 - a drawing
    """The landscape behind a collection."""
    return scene_of(record["scene"], 0)


async def _products_by_kind(
    unit: UnitOfWork,
    data: ProvinceData,
    shops: dict[str, UUID],
) -> dict[str, list[tuple[UUID, int]]]:
    """Product and stars, by kind, in the order of the data."""
    rows = await unit.session.execute(
        select(Product.external_id, Product.id, OcopCertificate.stars)
        .outerjoin(
            OcopCertificate,
            (OcopCertificate.product_id == Product.id)
            & (OcopCertificate.expires_on >= unit.now.date()),
        )
        .where(Product.business_id.in_(shops.values())),
    )
    there = {row.external_id: (row.id, row.stars or 0) for row in rows}
    found: dict[str, list[tuple[UUID, int]]] = {}
    for goods in goods_of(data).values():
        for each in goods:
            if each.code in there:
                found.setdefault(each.kind["slug"], []).append(there[each.code])
    return found


def _chosen(record: Record, by_kind: dict[str, list[tuple[UUID, int]]]) -> list[UUID]:
    least = record["minimum_stars"] or 0
    chosen: list[UUID] = []
    for kind in record["kinds"] or list(by_kind):
        fitting = [key for key, stars in by_kind.get(kind, []) if stars >= least]
        chosen.extend(fitting[: record["per_kind"]])
    unique = list(dict.fromkeys(chosen))
    return unique[: record["limit"]] if record["limit"] else unique


async def _fill(unit: UnitOfWork, collection_id: UUID, chosen: list[UUID]) -> None:
    statement = (
        select(CollectionProduct.product_id)
        .where(CollectionProduct.collection_id == collection_id)
        .order_by(CollectionProduct.position)
    )
    if list(await unit.session.scalars(statement)) == chosen:
        return
    await unit.session.execute(
        delete(CollectionProduct).where(CollectionProduct.collection_id == collection_id),
    )
    unit.session.add_all(
        CollectionProduct(collection_id=collection_id, product_id=key, position=position)
        for position, key in enumerate(chosen)
    )


async def load_menus(unit: UnitOfWork, data: ProvinceData) -> None:
    """The menus every storefront asks for, with the lines of the data."""
    targets = {
        "category_id": await _keys(unit, Category.slug, Category.id),
        "collection_id": await _keys(unit, Collection.slug, Collection.id),
        "page_id": await _keys(unit, Page.page_type, Page.id),
    }
    for slug, name in MENU_NAMES.items():
        menu = await keep(unit.session, Menu, {"slug": slug}, name=name)
        statement = select(MenuItem).where(MenuItem.menu_id == menu.id)
        there = [
            {name: getattr(item, name) for name in _LINE}
            for item in await unit.session.scalars(statement)
        ]
        if _shape(there) != _shape(_lines(data.menus[slug], targets)):
            await unit.session.execute(delete(MenuItem).where(MenuItem.menu_id == menu.id))
            await _hang(unit, menu.id, data.menus[slug], targets)


Targets = dict[str, dict[str, UUID]]


async def _keys(unit: UnitOfWork, name: Any, key: Any) -> dict[str, UUID]:  # noqa: ANN401 - columns
    return {row[0]: row[1] for row in await unit.session.execute(select(name, key))}


def _shape(lines: Iterable[Record]) -> list[str]:
    """What a menu's lines say, in an order of their own: keys made at one time have none."""
    return sorted(repr([line.get(name) for name in _LINE]) for line in lines)


def _lines(items: list[Record], targets: Targets, level: int = 0) -> Iterator[Record]:
    """Every line, parents before their children, as they are made."""
    for position, item in enumerate(items):
        yield _values(item, targets, level, position)
        yield from _lines(item["children"], targets, level + 1)


def _values(item: Record, targets: Targets, level: int, position: int) -> Record:
    values: Record = {"name": item["name"]["vi"], "level": level, "position": position}
    for key, word in (("category_id", "category"), ("collection_id", "collection")):
        if item.get(word):
            values[key] = targets[key][item[word]]
    if item.get("page"):
        values["page_id"] = targets["page_id"][item["page"]]
    if item.get("url"):
        values["url"] = item["url"]
    return values


async def _hang(
    unit: UnitOfWork,
    menu_id: UUID,
    items: list[Record],
    targets: Targets,
    parent: MenuItem | None = None,
) -> None:
    for position, item in enumerate(items):
        level = 0 if parent is None else parent.level + 1
        row = MenuItem(
            menu_id=menu_id,
            parent_id=None if parent is None else parent.id,
            **_values(item, targets, level, position),
        )
        unit.session.add(row)
        await unit.session.flush()
        unit.session.add(
            MenuItemTranslation(menu_item_id=row.id, language=ENGLISH, name=item["name"]["en"]),
        )
        await _hang(unit, menu_id, item["children"], targets, row)
