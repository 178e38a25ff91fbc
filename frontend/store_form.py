"""A store in its owner's forms: what was typed, what stands there, what it would look like."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import FormData

from frontend.forms import text_of, typed
from frontend.plain_words import document_of, words_of
from marketplace.kernel.i18n import Language, _

DAYS: Final = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
COLOURS: Final = {
    "indigo": _("Indigo"),
    "tea": _("Tea leaf"),
    "brocade": _("Brocade red"),
    "turmeric": _("Dark turmeric"),
    "sim": _("Myrtle fruit"),
    "lake": _("Lake"),
    "wood": _("Wood"),
    "stone": _("Stone"),
}
LOOK: Final = ("name", "nameEn", "story", "storyEn", "accent", "ownAccent", "phone", "zalo")
PROMISES: Final = ("delivery", "returns", "payment")
OWN: Final = "own"


def look_of(business: Mapping[str, Any]) -> dict[str, str]:
    """What stands there, as it would be typed."""
    english = business["translation"] or {}
    accent = (business["store"]["accent"] or {}).get("colour", "")
    zalo = (business["zaloUrl"] or "").rpartition("/")[2]
    return {
        "name": business["name"],
        "nameEn": english.get("name") or "",
        "story": words_of(business["story"]),
        "storyEn": words_of(english.get("story")),
        "accent": accent,
        "ownAccent": accent,
        "phone": business["phone"] or "",
        "zalo": zalo,
        "point": point_words(business["store"]),
        "showsCertificates": "1" if business["store"]["showsCertificates"] else "",
    }


def point_words(store: Mapping[str, Any]) -> str:
    """Where the store stands, as it would be typed."""
    if store["latitude"] is None:
        return ""
    return f"{store['latitude']:.4f}, {store['longitude']:.4f}"


def read_look(sent: FormData) -> dict[str, str]:
    """The form of the look, as it was typed."""
    return {**typed(sent, *LOOK), "showsCertificates": text_of(sent, "showsCertificates")}


def accent_of(values: Mapping[str, str]) -> str:
    """The colour that was chosen: of the palette, typed, or none."""
    return values["ownAccent"] if values["accent"] == OWN else values["accent"]


def input_of(values: Mapping[str, str], *, with_name: bool) -> dict[str, Any]:
    """The typed look as the mutation takes it."""
    return {
        **({"name": values["name"]} if with_name else {}),
        "nameEn": values["nameEn"],
        "story": document_of(values["story"]),
        "storyEn": document_of(values["storyEn"]),
        "accent": accent_of(values),
        "phone": values["phone"],
        "zalo": values["zalo"],
        "showsCertificates": bool(values["showsCertificates"]),
    }


def hours_of(store: Mapping[str, Any]) -> dict[str, str]:
    """The week as it would be typed: `hours.0` is Monday's."""
    week = {
        f"hours.{day['weekday'] - 1}": ", ".join(
            f"{span['opens']}-{span['closes']}" for span in day["spans"]
        )
        for day in store["hours"] or ()
    }
    return {f"hours.{number}": week.get(f"hours.{number}", "") for number in range(len(DAYS))}


def read_hours(sent: FormData) -> dict[str, str]:
    """The week as it was typed; "every day as Monday" fills the others."""
    values = typed(sent, *(f"hours.{number}" for number in range(len(DAYS))))
    if text_of(sent, "alike"):
        return dict.fromkeys(values, values["hours.0"])
    return values


def promises_of(store: Mapping[str, Any]) -> dict[str, str]:
    """What the store promises, as it would be typed."""
    return {
        f"{name}.{code}": (store[code] or {}).get(name, "")
        for code in ("vi", "en")
        for name in PROMISES
    }


def read_promises(sent: FormData) -> dict[str, str]:
    """The promises as they were typed."""
    return typed(sent, *(f"{name}.{code}" for code in ("vi", "en") for name in PROMISES))


def with_look(
    thing: Mapping[str, Any],
    values: Mapping[str, str],
    colour: Mapping[str, Any] | None,
    language: Language,
) -> dict[str, Any]:
    """A business's page with what was typed instead of what stands there."""
    is_english = language == "en"
    translation = dict(thing["translation"] or {"name": None, "story": None})
    if is_english:
        story = document_of(values["storyEn"]) if values["storyEn"] else None
        translation = {"name": values["nameEn"] or None, "story": story}
    store = {**thing["store"], "showsCertificates": bool(values["showsCertificates"])}
    store["accent"] = colour if colour and colour["isReadable"] else None
    return {
        **thing,
        "name": values["name"] or thing["name"],
        "story": document_of(values["story"]) if values["story"] else None,
        "translation": translation if is_english else thing["translation"],
        "phone": values["phone"] or None,
        "zaloUrl": f"https://zalo.me/{values['zalo']}" if values["zalo"] else None,
        "store": store,
    }
