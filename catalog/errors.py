"""Refusals of the catalogue.

DomainError
├── InvalidProductError       a value of a product cannot be taken
├── TakenSkuError             another packing has that stock-keeping unit
├── IncompleteProductError    something the category asks for is missing
├── ForbiddenGoodsError       goods of this category may not be sold
├── InvalidPriceError         a price list contradicts itself
└── InsufficientStockError    more is promised than would be left
"""

from marketplace.kernel.errors import DomainError, InvalidInputError


class InvalidProductError(DomainError):
    """A value of a product cannot be taken."""

    code = "INVALID"


class TakenSkuError(DomainError):
    """Another packing of the marketplace has that stock-keeping unit."""

    code = "UNIQUE"
    field = "sku"


class IncompleteProductError(InvalidInputError):
    """Something that must be known before a product is shown is missing."""

    code = "REQUIRED"


class ForbiddenGoodsError(DomainError):
    """Goods of this category may not be sold here."""

    code = "FORBIDDEN_GOODS"
    field = "category"


class InvalidPriceError(DomainError):
    """A price list contradicts itself."""

    code = "INVALID_PRICE"


class InsufficientStockError(DomainError):
    """More is promised to buyers than would be left."""

    code = "INSUFFICIENT_STOCK"
    field = "onHand"
