"""Two at the same moment, each on a connection of its own, with what each commits."""

import asyncio

from sqlalchemy import func, select, update

from businesses.events import BusinessChanged
from businesses.models import Business
from catalog.models import Category, ProductType, Variant
from catalog.rules import CategoryPolicy
from catalog.services.products import ProductDraft, append_variant, create_product
from catalog.services.variants import VariantDraft
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.catalog.importing import GOOD, HEADER, ImportHouse, changed
from tests.catalog.test_products import CREATE, gid, new_product, payload, stored
from tests.factories.world import World

WAITING_SECONDS = 0.7
NO_POLICY = Category.policy == CategoryPolicy.NONE


async def create(world: World, *skus: str) -> list[tuple[str, str]]:
    """The refusals of a product with these packings."""
    made = await payload(
        world,
        CREATE,
        "owner",
        business=gid(world, "business", "Business"),
        input=new_product(world),
        variants=[{"name": sku, "unit": "hộp", "sku": sku} for sku in skus],
    )
    return [(each["field"], each["code"]) for each in made["errors"]]


async def test_of_many_who_take_one_sku_one_gets_it(real_world: World) -> None:
    refusals = await asyncio.gather(*(create(real_world, "CHE-100") for _each in range(6)))

    assert sorted(refusals) == [[], *[[("sku", "UNIQUE")]] * 5]
    count = select(func.count()).where(Variant.sku == "CHE-100")
    assert await stored(real_world, count) == 1


async def test_two_who_take_the_same_skus_in_another_order_do_not_stick(real_world: World) -> None:
    for number in range(8):
        one, other = f"A-{number}", f"B-{number}"

        refusals = await asyncio.gather(
            create(real_world, one, other),
            create(real_world, other, one),
        )

        assert sorted(refusals) == [[], [("sku", "UNIQUE")]]


async def test_a_packing_waits_for_who_writes_its_sku(real_world: World) -> None:
    composition = real_world.composition
    append = """mutation($product: ID!, $input: ProductVariantInput!) {
        productVariantCreate(product: $product, input: $input) { errors { field code } } }"""
    draft = VariantDraft(name="Hộp", unit="hộp", sku="CHE-200")
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        await append_variant(unit, real_world["shown"].id, draft)
        waiting = asyncio.create_task(
            payload(
                real_world,
                append,
                "owner",
                product=to_global("Product", real_world["draft"].id),
                input={"name": "Hộp", "unit": "hộp", "sku": "CHE-200"},
            )
        )
        done, _waiting = await asyncio.wait({waiting}, timeout=WAITING_SECONDS)
        assert not done

    assert (await waiting)["errors"] == [{"field": "sku", "code": "UNIQUE"}]


async def test_an_import_refuses_the_row_whose_sku_is_taken_meanwhile(
    import_house: ImportHouse,
) -> None:
    business = await import_house.business()
    path = import_house.write(
        *((*changed(ma_hang=code), "G500") for code in ("MD1", "MD2")),
        header=(*HEADER, "Mã SKU"),
    )
    house = import_house.composition
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        draft = ProductDraft(
            name="Miến",
            category_id=await unit.session.scalar(select(Category.id).where(NO_POLICY)),
            product_type_id=await unit.session.scalar(select(ProductType.id)),
        )
        typed = VariantDraft(name="Gói", unit="gói", sku=f"{business.code}/MD1/G500")
        await create_product(unit, business.id, draft, [typed])
        importing = asyncio.create_task(import_house.take_in(business, path))
        done, _waiting = await asyncio.wait({importing}, timeout=WAITING_SECONDS)
        assert not done

    outcome = await importing
    assert outcome.figures == (1, 0, 0, 1)
    assert outcome.cells == [("L2", "UNIQUE")]
    again = await import_house.take_in(business, path)
    assert (again.figures, again.cells) == ((0, 0, 1, 1), [("L2", "UNIQUE")])


async def test_an_import_that_publishes_waits_for_who_suspends_the_business(
    import_house: ImportHouse,
) -> None:
    business = await import_house.business()
    path = import_house.write(
        (*GOOD, "có"),
        (*changed(ma_hang="MD2"), ""),
        header=(*HEADER, "Hiển thị"),
    )
    house = import_house.composition
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        await unit.session.execute(
            update(Business).where(Business.id == business.id).values(state="suspended")
        )
        unit.announce(BusinessChanged(business.id))
        importing = asyncio.create_task(import_house.take_in(business, path))
        done, _waiting = await asyncio.wait({importing}, timeout=WAITING_SECONDS)
        assert not done

    outcome = await importing
    assert (outcome.figures, outcome.cells) == ((1, 0, 0, 1), [("L2", "REQUIRED")])
    goods = await import_house.rows(
        "SELECT external_id, state, is_displayed FROM products WHERE business_id = :id",
        id=business.id,
    )
    assert goods == [("MD2", "draft", False)]


async def test_two_files_with_one_code_make_one_product(import_house: ImportHouse) -> None:
    business = await import_house.business()
    paths = [
        import_house.write(changed(ma_hang="M1", gia_ban=price))
        for price in ("45k", "46k", "47k", "48k")
    ]

    outcomes = await asyncio.gather(*(import_house.take_in(business, path) for path in paths))

    assert sorted(outcome.figures for outcome in outcomes) == [(0, 1, 0, 0)] * 3 + [(1, 0, 0, 0)]
    count = "SELECT count(*) FROM products WHERE business_id = :id AND external_id = 'M1'"
    assert await import_house.rows(count, id=business.id) == [(1,)]
