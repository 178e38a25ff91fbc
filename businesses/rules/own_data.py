"""What belongs to a business's own data, and how it is written down.

Sealed numbers, hashes and who of the authorities looked at a paper are nobody's to carry away;
they stand in no list here.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

CLOSING_PERIOD: Final = timedelta(days=7)
# Law 122/2025/QH15: sellers reach their data for three years; `retention_rules` has the last word.
SELLER_DATA: Final = ("seller_data", 1096)
# What the law keeps after a business is gone, by the code of its rule.
KEPT: Final = ("listing", "contract", "seller_data", "voucher")
# Each table, and the column that ties it to the business, to a product, a variant or a store room.
BUSINESS_TABLES: Final = (
    "business_translations",
    "stores",
    "store_policies",
    "store_closures",
    "business_slugs",
    "business_licences",
    "business_suspensions",
    "business_changes",
    "import_runs",
    "stock_movements",
    "warehouses",
    "products",
)
PRODUCT_TABLES: Final = (
    "product_translations",
    "product_variants",
    "ocop_certificates",
    "food_papers",
)
VARIANT_TABLES: Final = ("product_variant_translations", "variant_prices", "stocks")
# Personal numbers and accounts are shown as everywhere: masked.
MASKED: Final = {
    "business_identifiers": ("kind", "masked", "is_active", "created_at"),
    "business_bank_accounts": ("bank_bin", "number_masked", "holder_name", "is_active"),
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class ClosingState(StrEnum):
    """Whether a business that asked to be closed still may think again."""

    WAITING = "waiting"
    UNDONE = "undone"
    DONE = "done"


def sheet_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows as CSV that spreadsheets open as it is: with a mark of UTF-8, and without formulas."""
    kept = io.StringIO()
    names = list(rows[0]) if rows else []
    writer = csv.DictWriter(kept, names)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:  # noqa: ANN401 - any value of a row
    """A text that a spreadsheet would take for a formula is told to be one."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
