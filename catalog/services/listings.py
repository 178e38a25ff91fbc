"""Keeping the listings true: one statement, in the transaction of the change itself."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from marketplace.kernel.unit_of_work import UnitOfWork

_LOCK = text("SELECT id FROM products WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")

_DISPLAY = text("""
    UPDATE products AS p
    SET is_displayed = shown.yes
    FROM (
        SELECT p2.id, p2.state = 'published' AND b.state = 'active'
            AND c.policy <> 'forbidden' AS yes
        FROM products p2
        JOIN businesses b ON b.id = p2.business_id
        JOIN categories c ON c.id = p2.category_id
        WHERE p2.id = ANY(:ids)
    ) AS shown
    WHERE p.id = shown.id AND p.is_displayed IS DISTINCT FROM shown.yes
""")

_FORGET = text("""
    DELETE FROM product_listings l
    WHERE l.product_id = ANY(:ids) AND NOT EXISTS (
        SELECT FROM product_variants v
        JOIN variant_prices vp ON vp.variant_id = v.id AND vp.channel_id = l.channel_id
        WHERE v.product_id = l.product_id AND v.is_active
    )
""")

# The first tier of a variant is the price that lists show: what one pays at the minimum order.
_WRITE = text("""
    INSERT INTO product_listings AS l (
        product_id, channel_id, business_id, category_id, is_displayed, published_at, updated_at,
        name_sort, lowest_amount, highest_amount, lowest_undiscounted_amount,
        highest_undiscounted_amount, available
    )
    SELECT p.id, first.channel_id, p.business_id, p.category_id, p.is_displayed,
        coalesce(p.published_at, p.created_at), p.updated_at, p.name_sort,
        min(first.amount), max(first.amount),
        min(coalesce(first.undiscounted_amount, first.amount)),
        max(coalesce(first.undiscounted_amount, first.amount)),
        coalesce(sum(first.available), 0)
    FROM products p
    JOIN LATERAL (
        SELECT DISTINCT ON (v.id, vp.channel_id) v.id, vp.channel_id, vp.amount,
            vp.undiscounted_amount, (
                SELECT sum(s.on_hand - s.reserved - s.allocated)
                FROM stocks s WHERE s.variant_id = v.id
            ) AS available
        FROM product_variants v
        JOIN variant_prices vp ON vp.variant_id = v.id
        WHERE v.product_id = p.id AND v.is_active
        ORDER BY v.id, vp.channel_id, vp.minimum_quantity
    ) AS first ON true
    WHERE p.id = ANY(:ids)
    GROUP BY p.id, first.channel_id
    ON CONFLICT (product_id, channel_id) DO UPDATE SET
        business_id = excluded.business_id,
        category_id = excluded.category_id,
        is_displayed = excluded.is_displayed,
        published_at = excluded.published_at,
        updated_at = excluded.updated_at,
        name_sort = excluded.name_sort,
        lowest_amount = excluded.lowest_amount,
        highest_amount = excluded.highest_amount,
        lowest_undiscounted_amount = excluded.lowest_undiscounted_amount,
        highest_undiscounted_amount = excluded.highest_undiscounted_amount,
        available = excluded.available
    WHERE (l.business_id, l.category_id, l.is_displayed, l.published_at, l.updated_at,
           l.name_sort, l.lowest_amount, l.highest_amount, l.lowest_undiscounted_amount,
           l.highest_undiscounted_amount, l.available)
        IS DISTINCT FROM
          (excluded.business_id, excluded.category_id, excluded.is_displayed,
           excluded.published_at, excluded.updated_at, excluded.name_sort,
           excluded.lowest_amount, excluded.highest_amount, excluded.lowest_undiscounted_amount,
           excluded.highest_undiscounted_amount, excluded.available)
""")


async def refresh_listings(unit: UnitOfWork, product_ids: Sequence[UUID]) -> None:
    """Recompute what every channel lists of the products, from what stands in the transaction.

    The products are locked first, in key order, so that two changes of one product's parts
    cannot each overlook the other.
    """
    if not product_ids:
        return
    await unit.session.flush()
    ids = {"ids": list(product_ids)}
    await unit.session.execute(_LOCK, ids)
    await unit.session.execute(_DISPLAY, ids)
    await unit.session.execute(_FORGET, ids)
    await unit.session.execute(_WRITE, ids)
