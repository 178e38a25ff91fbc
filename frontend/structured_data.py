"""What search engines read: the page's things in the words of schema.org."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from frontend.editorjs import plain_text
from frontend.rendering import told
from frontend.visit import Visit

_WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_STOCK: Final = {"IN_STOCK": "InStock", "LOW": "LimitedAvailability", "OUT": "OutOfStock"}


def _thing(kind: str, **facts: object) -> dict[str, Any]:
    known = {name: value for name, value in facts.items() if value not in (None, "", [], {})}
    return {"@context": "https://schema.org", "@type": kind, **known}


def website(visit: Visit) -> list[dict[str, Any]]:
    """The site itself, with its search, and who runs it."""
    brand, home = visit.site.brand, visit.absolute(visit.to("home"))
    operator = brand.operator(visit.language)
    name = brand.words("site_name", visit.language)
    target = visit.absolute(visit.to("search")) + "?q={search_term_string}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": target},
        "query-input": "required name=search_term_string",
    }
    return [
        _thing("WebSite", name=name, url=home, inLanguage=visit.language, potentialAction=action),
        _thing(
            "Organization",
            name=operator.get("legal_name"),
            url=home,
            telephone=operator.get("phone"),
            email=operator.get("email"),
            address=operator.get("address"),
        ),
    ]


def trail(visit: Visit, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The breadcrumbs; the last step is the page itself."""
    all_steps = [(visit.site.brand.words("site_name", visit.language), visit.to("home")), *steps]
    entries = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": visit.absolute(address or visit.request.url.path),
        }
        for position, (name, address) in enumerate(all_steps, start=1)
    ]
    return _thing("BreadcrumbList", itemListElement=entries)


def product(
    visit: Visit, thing: Mapping[str, Any], pictures: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """A product with one offer per variant."""
    seller = {"@type": "Organization", "name": told(thing["business"], "name")}
    url = visit.absolute(visit.to("product", thing["slug"]))
    offers = [
        {
            "@type": "Offer",
            "name": told(variant, "name"),
            "sku": variant["sku"],
            "url": url,
            "price": round(variant["pricing"]["price"]["gross"]["amount"]),
            "priceCurrency": variant["pricing"]["price"]["gross"]["currency"],
            "availability": f"https://schema.org/{_availability(thing, variant)}",
            "seller": seller,
        }
        for variant in thing["variants"] or []
        if variant["pricing"] and variant["pricing"]["price"]
    ]
    return _thing(
        "Product",
        name=told(thing, "name"),
        description=plain_text(told(thing, "description"), 500),
        url=url,
        image=[picture["large"] for picture in pictures],
        category=told(thing["category"], "name"),
        brand=seller | {"@type": "Brand"},
        offers=offers,
    )


def _availability(thing: Mapping[str, Any], variant: Mapping[str, Any]) -> str:
    if not variant["quantityAvailable"]:
        return "OutOfStock"
    return _STOCK.get(thing["stockStatus"], "InStock")


def business(visit: Visit, thing: Mapping[str, Any]) -> dict[str, Any]:
    """A maker as a local business."""
    place = thing["place"]
    store = thing["store"]
    spot = {"@type": "GeoCoordinates"}
    for known in (place, store):
        if known and known["latitude"] is not None:
            spot |= {"latitude": known["latitude"], "longitude": known["longitude"]}
    address = {
        "@type": "PostalAddress",
        "addressLocality": told(place, "fullName") or told(place, "name"),
        "streetAddress": thing["hamlet"],
        "addressCountry": "VN",
    }
    return _thing(
        "LocalBusiness",
        name=told(thing, "name"),
        description=plain_text(told(thing, "story"), 300),
        url=visit.absolute(visit.to("business", thing["slug"])),
        telephone=thing["phone"],
        email=thing["email"],
        image=(thing["banner"] or {}).get("url"),
        logo=(thing["logo"] or {}).get("url"),
        openingHoursSpecification=_hours(store),
        specialOpeningHoursSpecification=_holidays(store),
        foundingDate=thing["foundedOn"],
        address=address if place else None,
        geo=spot if "latitude" in spot else None,
    )


def _hours(store: Mapping[str, Any]) -> list[dict[str, str]]:
    """The week, a line for each span; a day without one is closed."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{_WEEKDAYS[day['weekday'] - 1]}",
            "opens": span["opens"],
            "closes": span["closes"],
        }
        for day in store["hours"] or ()
        for span in day["spans"]
    ]


def _holidays(store: Mapping[str, Any]) -> list[dict[str, str]]:
    """Days without hours, in the way search engines know: open from midnight to midnight."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": each["firstDay"],
            "validThrough": each["lastDay"],
            "opens": "00:00",
            "closes": "00:00",
        }
        for each in store["closures"]
    ]


def item_list(visit: Visit, products: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The products of a list, in its order."""
    entries = [
        {"@type": "ListItem", "position": place, "url": visit.absolute(visit.to("product", slug))}
        for place, slug in enumerate((item["slug"] for item in products), start=1)
    ]
    return _thing("ItemList", itemListElement=entries)
