"""Tables of the catalogue."""

from catalog.models.certificates import FoodPaper, GeographicalIndication, OcopCertificate
from catalog.models.classification import (
    Attribute,
    AttributeChoice,
    Category,
    CategoryAttribute,
    CategoryTranslation,
    ProductType,
    ProductTypeAttribute,
)
from catalog.models.collections import Collection, CollectionProduct, CollectionTranslation
from catalog.models.imports import ImportFilePart, ImportRow, ImportRun
from catalog.models.prices import Channel, Listing, VariantPrice
from catalog.models.products import (
    Product,
    ProductMedia,
    ProductTranslation,
    Variant,
    VariantMedia,
    VariantTranslation,
)
from catalog.models.stock import Stock, StockMovement, Warehouse

__all__ = [
    "Attribute",
    "AttributeChoice",
    "Category",
    "CategoryAttribute",
    "CategoryTranslation",
    "Channel",
    "Collection",
    "CollectionProduct",
    "CollectionTranslation",
    "FoodPaper",
    "GeographicalIndication",
    "ImportFilePart",
    "ImportRow",
    "ImportRun",
    "Listing",
    "OcopCertificate",
    "Product",
    "ProductMedia",
    "ProductTranslation",
    "ProductType",
    "ProductTypeAttribute",
    "Stock",
    "StockMovement",
    "Variant",
    "VariantMedia",
    "VariantPrice",
    "VariantTranslation",
    "Warehouse",
]
