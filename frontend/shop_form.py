"""A product in a seller's form: what was typed, what that means, and what is wrong with it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.datastructures import FormData

from frontend.forms import Wrong, text_of
from frontend.listing import read_money
from frontend.plain_words import document_of, words_of
from marketplace.kernel.i18n import Language, _, translate

MOST_PACKINGS: Final = 50
UNITS: Final = ("gói", "hộp", "túi", "kg", "chai", "hũ", "bó", "con", "quả", "chiếc", "chục", "bao")
NET_UNITS: Final = ("g", "kg", "ml", "l", "lạng", "yến", "piece")
CHOICES: Final = frozenset({"DROPDOWN", "SWATCH", "MULTISELECT"})
_NUMBER: Final = re.compile(r"^\d{1,9}(?:[.,]\d{1,3})?$")
_COUNT: Final = re.compile(r"^\d{1,9}$")
MONTHS: Final = frozenset(str(month) for month in range(1, 13))
TEXTS: Final = (
    "name",
    "category",
    "description",
    "nameEn",
    "descriptionEn",
    "originPlace",
)
PACKING: Final = ("id", "name", "unit", "quantity", "netUnit", "price", "full", "sku", "stock")


@dataclass(slots=True)
class ProductForm:
    """The fields as they were typed, by their names on the page."""

    values: dict[str, Any] = field(default_factory=dict)
    packings: list[dict[str, str]] = field(default_factory=list)
    problems: list[Wrong] = field(default_factory=list)

    def wrong(self, name: str, message: str, language: Language, **parameters: object) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Wrong(field=name, message=translate(message, language, **parameters)))


def read_number(text: str) -> float | None:
    """A number as people type it, with a comma or a point; None for anything else."""
    cleaned = text.strip()
    return float(cleaned.replace(",", ".")) if _NUMBER.match(cleaned) else None


def read_count(text: str) -> int | None:
    """A whole number; dots between the thousands are fine."""
    cleaned = text.strip().replace(".", "").replace(" ", "")
    return int(cleaned) if _COUNT.match(cleaned) else None


def read_form(sent: FormData) -> ProductForm:
    """The fields of the form, as they were typed."""
    form = ProductForm()
    for name in TEXTS:
        form.values[name] = text_of(sent, name).strip()
    form.values["harvestMonths"] = [
        int(one) for one in sent.getlist("harvestMonths") if isinstance(one, str) and one in MONTHS
    ]
    for name in dict.fromkeys(sent):
        if name.startswith("attr."):
            form.values[name] = [one for one in sent.getlist(name) if isinstance(one, str) and one]
    for index in range(MOST_PACKINGS):
        if f"v{index}.unit" not in sent:
            break
        packing = {name: text_of(sent, f"v{index}.{name}").strip() for name in PACKING}
        packing["isActive"] = "" if text_of(sent, f"v{index}.off") else "1"
        form.packings.append(packing)
    return form


def filled(form: ProductForm) -> list[tuple[int, dict[str, str]]]:
    """The packings that mean something: those that stand, and new ones with a price or a name."""
    return [
        (index, one)
        for index, one in enumerate(form.packings)
        if index == 0 or one["id"] or one["price"] or one["name"] or one["quantity"] or one["stock"]
    ]


def variables_of(
    form: ProductForm,
    label: Sequence[Mapping[str, Any]],
    language: Language,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The form as variables of the operation that saves it; problems are noted in the form."""
    values = form.values
    given: dict[str, Any] = {"name": values["name"]}
    if values["category"]:
        given["category"] = values["category"]
    if not values["name"]:
        form.wrong("name", _("Please enter the name of the product."), language)
    if not values["category"]:
        form.wrong("category", _("Please choose a category."), language)
    if _differs(values["description"], (before or {}).get("description")):
        given["description"] = document_of(values["description"])
    given["harvestMonths"] = values["harvestMonths"]
    if values["originPlace"]:
        given["originPlace"] = values["originPlace"]
    given["attributes"] = _attributes(form, label, language)
    if translation := _english(values, (before or {}).get("english")):
        given["translations"] = [translation]
    variants = [_variant(form, index, one, language) for index, one in filled(form)]
    return {"input": given, "variants": variants}


def _differs(typed: str, content: str | None) -> bool:
    """Whether a description was changed; else it stays as it is, with all it holds."""
    return typed != words_of(content).replace("\r\n", "\n") if content else bool(typed)


def _english(values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    name, text = values["nameEn"], values["descriptionEn"]
    if not name and not text:
        return {}
    found: dict[str, Any] = {"languageCode": "EN", "name": name or None}
    if text and _differs(text, (before or {}).get("description")):
        found["description"] = document_of(text)
    return found


def _attributes(
    form: ProductForm, label: Sequence[Mapping[str, Any]], language: Language
) -> list[dict[str, Any]]:
    found = []
    for each in label:
        slug, kind = each["attribute"]["slug"], each["attribute"]["inputType"]
        name = f"attr.{slug}"
        typed = form.values.get(name) or []
        if not typed:
            continue
        if kind in CHOICES:
            found.append({"slug": slug, "choices": typed})
        elif kind == "NUMERIC":
            number = read_number(typed[0])
            if number is None:
                form.wrong(name, _("Please type a number here."), language)
            else:
                found.append({"slug": slug, "number": number})
        elif kind == "BOOLEAN":
            found.append({"slug": slug, "boolean": typed[0] == "1"})
        else:
            found.append({"slug": slug, "text": typed[0].strip()})
    return found


def _variant(
    form: ProductForm, index: int, typed: Mapping[str, str], language: Language
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": typed["name"] or packing_name(typed),
        "unit": typed["unit"],
        "isActive": bool(typed["isActive"]),
    }
    for name in ("id", "sku"):
        if typed[name]:
            found[name] = typed[name]
    if typed["quantity"]:
        number = read_number(typed["quantity"])
        if number is None:
            form.wrong(f"v{index}.quantity", _("Please type a number here."), language)
        else:
            found |= {"netQuantity": number, "netUnit": typed["netUnit"] or "g"}
    for name, target in (("price", "price"), ("full", "undiscountedPrice")):
        if not typed[name]:
            continue
        amount = read_money(typed[name])
        if amount is None:
            message = _("This is no amount of money. Type 45.000 or 45k.")
            form.wrong(f"v{index}.{name}", message, language)
        else:
            found[target] = amount
    if typed["stock"] and not typed["id"]:
        count = read_count(typed["stock"])
        if count is None:
            form.wrong(f"v{index}.stock", _("Please type a whole number here."), language)
        else:
            found["stock"] = count
    return found


def packing_name(typed: Mapping[str, str]) -> str:
    """What a packing is called when nobody names it: "gói 500 g"."""
    content = f"{typed['quantity']} {typed['netUnit']}" if typed["quantity"] else ""
    return f"{typed['unit']} {content}".strip()


def field_of(name: str | None) -> str | None:
    """The name on the page of a field of the operation."""
    if name is None:
        return None
    if name.startswith("attributes."):
        return f"attr.{name.removeprefix('attributes.')}"
    if name.startswith("variants."):
        _variants, index, part = name.split(".", 2)
        renamed = {"netQuantity": "quantity", "amount": "price", "undiscountedAmount": "full"}
        return f"v{index}.{renamed.get(part, part)}"
    return {"price": "v0.price", "media": "photos"}.get(name, name)


def form_of(shop_product: Mapping[str, Any]) -> ProductForm:
    """A product that stands, as its form shows it."""
    product = shop_product["product"]
    english = product["english"] or {}
    values: dict[str, Any] = {
        "name": product["name"],
        "category": (product["category"] or {}).get("id", ""),
        "description": words_of(product["description"]),
        "nameEn": english.get("name") or "",
        "descriptionEn": words_of(english.get("description")),
        "harvestMonths": product["harvestMonths"],
        "originPlace": (product["originPlace"] or {}).get("id", ""),
    }
    for slug, value in json.loads(shop_product["values"]).items():
        values[f"attr.{slug}"] = _shown(value)
    packings = [_packing(each) for each in shop_product["variants"]]
    return ProductForm(values, packings)


def _shown(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["1" if value else "0"]
    return [plain_number(value) if isinstance(value, float) else str(value)]


def plain_number(value: float) -> str:
    """A number as it is typed: 500, 1,5."""
    return f"{value:g}".replace(".", ",")


def _packing(variant: Mapping[str, Any]) -> dict[str, str]:
    retail = [
        tier for one in variant["priceLists"] if one["channel"] == "retail" for tier in one["tiers"]
    ]
    first = retail[0] if retail else {"amount": None, "undiscountedAmount": None}
    content = variant["netContent"] or {"quantity": None, "unit": ""}
    return {
        "id": variant["id"],
        "name": variant["name"],
        "unit": variant["unit"],
        "quantity": "" if content["quantity"] is None else plain_number(content["quantity"]),
        "netUnit": content["unit"],
        "price": _money(first["amount"]),
        "full": _money(first["undiscountedAmount"]),
        "sku": variant["sku"],
        "stock": str(variant["onHand"]),
        "isActive": "1" if variant["isActive"] else "",
    }


def _money(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}".replace(",", ".")


def new_form(name: str, category: str) -> ProductForm:
    """The form of a product that is begun."""
    values = {**dict.fromkeys(TEXTS, ""), "name": name, "category": category}
    return ProductForm({**values, "harvestMonths": []}, [new_packing()])


def new_packing(unit: str = "gói") -> dict[str, str]:
    """An empty line for another packing."""
    return dict.fromkeys(PACKING, "") | {"unit": unit, "netUnit": "g", "isActive": "1"}
