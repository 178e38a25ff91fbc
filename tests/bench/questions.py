"""What is measured: a request to us, and one hand-written SQL that returns the same rows."""

import json
from dataclasses import dataclass
from urllib.parse import quote

PRODUCT_FIELDS = """
  id name slug created
  category { id name slug }
  thumbnail(size: 256, format: WEBP) { url alt }
  pricing {
    priceRange { start { gross { amount currency } } stop { gross { amount currency } } }
    priceRangeUndiscounted { start { gross { amount currency } } }
  }
  variants {
    id name sku quantityAvailable
    pricing {
      price { gross { amount currency } }
      priceUndiscounted { gross { amount currency } }
    }
  }
"""
LIST = f"""query($channel: String!, $first: Int, $after: String) {{
  products(first: $first, after: $after, channel: $channel) {{
    pageInfo {{ hasNextPage endCursor }}
    edges {{ cursor node {{ {PRODUCT_FIELDS} }} }}
  }}
}}"""
DETAIL = f"""query($slug: String!, $channel: String!) {{
  product(slug: $slug, channel: $channel) {{
    {PRODUCT_FIELDS} description seoTitle seoDescription
    productType {{ slug }}
    media {{ alt type url(size: 1024, format: WEBP) }}
    assignedAttributes {{ attribute {{ name slug }} }}
    business {{ id name slug verificationLevel }}
    originPlace {{ code fullName }}
    certificate {{ stars number expiresOn }}
  }}
}}"""
CATEGORY = f"""query($slug: String!, $channel: String!, $first: Int) {{
  category(slug: $slug) {{
    id name slug
    products(first: $first, channel: $channel, sortBy: {{field: MINIMAL_PRICE, direction: ASC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      edges {{ cursor node {{ {PRODUCT_FIELDS} }} }}
    }}
  }}
}}"""
SEARCH = f"""query($query: String!) {{
  search(query: $query, kind: PRODUCT) {{
    totalCount
    hits {{ product {{ {PRODUCT_FIELDS} }} }}
    facets {{ name values {{ value label count }} }}
  }}
}}"""

_ROWS = """
  SELECT json_agg(t) FROM (
    SELECT p.id, p.name, p.slug, p.created_at,
      json_build_object('id', c.id, 'name', c.name, 'slug', c.slug) AS category,
      m.storage_key AS thumbnail, l.lowest_amount, l.highest_amount,
      l.lowest_undiscounted_amount,
      (SELECT json_agg(json_build_object('id', v.id, 'name', v.name, 'sku', v.sku,
          'available', (SELECT sum(s.on_hand - s.reserved - s.allocated)
                        FROM stocks s WHERE s.variant_id = v.id),
          'prices', (SELECT json_agg(json_build_array(vp.minimum_quantity, vp.amount,
                            vp.undiscounted_amount) ORDER BY vp.minimum_quantity)
                     FROM variant_prices vp
                     WHERE vp.variant_id = v.id AND vp.channel_id = l.channel_id))
          ORDER BY v.position)
       FROM product_variants v WHERE v.product_id = p.id AND v.is_active) AS variants
    FROM product_listings l
    JOIN products p ON p.id = l.product_id
    JOIN categories c ON c.id = p.category_id
    LEFT JOIN media_files m ON m.id = p.cover_id
    WHERE l.channel_id = (SELECT id FROM channels WHERE slug = 'retail') AND l.is_displayed
      {where}
    ORDER BY {order} LIMIT 20
  ) t
"""
_BRANCH = """AND l.category_id IN (
  WITH RECURSIVE b AS (SELECT id FROM categories WHERE slug = '{slug}'
  UNION SELECT c.id FROM categories c JOIN b ON c.parent_id = b.id) SELECT id FROM b)"""
_NEWEST = "l.published_at DESC, l.product_id DESC"


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of request: its bytes, and the SQL beside it."""

    name: str
    method: str
    path: str
    body: bytes = b""
    sql: str = ""


def _ask(document: str, **variables: object) -> bytes:
    return json.dumps({"query": document, "variables": variables}).encode()


def questions(slug: str, category: str) -> list[Question]:
    """Everything that is measured, over a product and a category of the data."""
    door = "/graphql/"
    branch = _BRANCH.format(slug=category)
    newest = _ROWS.format(where="", order=_NEWEST)
    cheapest = _ROWS.format(where=branch, order="l.lowest_amount, l.product_id")
    one = _ROWS.format(where=f"AND p.slug = '{slug}'", order="p.id")
    found = _ROWS.format(
        where="""AND p.id IN (SELECT thing_id FROM search_documents
            WHERE kind = 'product' AND folded @@ to_tsquery('simple', 'mien & dong')
            LIMIT 20)""",
        order=_NEWEST,
    )
    return [
        Question("product list", "POST", door, _ask(LIST, channel="retail", first=20), newest),
        Question("product detail", "POST", door, _ask(DETAIL, slug=slug, channel="retail"), one),
        Question(
            "category list",
            "POST",
            door,
            _ask(CATEGORY, slug=category, channel="retail", first=20),
            cheapest,
        ),
        Question("search", "POST", door, _ask(SEARCH, query="miến dong"), found),
        Question("home page", "GET", "/", b"", newest),
        Question("search page", "GET", f"/tim-kiem?q={quote('miến dong')}", b"", found),
    ]
