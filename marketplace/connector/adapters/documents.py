"""What a shop is asked, in Saleor's own schema (3.20 and newer)."""

from typing import Final

PAGE_SIZE: Final = 100
_GOOD: Final = """
fragment Good on Product {
  id
  name
  description
  weight { value unit }
  category { id name }
  productType { id name }
  media { type url(size: 2048, format: ORIGINAL) }
  channelListings @include(if: $asApp) { isPublished channel { slug } }
  variants {
    id
    name
    sku
    trackInventory
    quantityLimitPerCustomer
    quantityAvailable
    weight { value unit }
    pricing {
      price { gross { amount currency } }
      priceUndiscounted { gross { amount currency } }
    }
    stocks @include(if: $asApp) { quantity quantityAllocated }
  }
}
"""
GOODS: Final = (
    """
query Goods($first: Int!, $after: String, $channel: String!, $asApp: Boolean!) {
  products(first: $first, after: $after, channel: $channel) {
    pageInfo { hasNextPage endCursor }
    edges { node { ...Good } }
  }
}
"""
    + _GOOD
)
ONE: Final = (
    """
query OneGood($id: ID!, $channel: String!, $asApp: Boolean!) {
  product(id: $id, channel: $channel) { ...Good }
}
"""
    + _GOOD
)
