"""Where each page stands: Vietnamese words at the root, English ones under /en.

One table for links, routes, alternates and sitemaps, so that they cannot disagree.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from marketplace.kernel.i18n import LANGUAGES, Language

PATHS: Final[Mapping[str, Mapping[Language, str]]] = {
    "home": {"vi": "/", "en": "/en"},
    "search": {"vi": "/tim-kiem", "en": "/en/search"},
    "suggestions": {"vi": "/goi-y", "en": "/en/suggestions"},
    "categories": {"vi": "/danh-muc", "en": "/en/categories"},
    "category": {"vi": "/danh-muc/{slug}", "en": "/en/categories/{slug}"},
    "collection": {"vi": "/bo-suu-tap/{slug}", "en": "/en/collections/{slug}"},
    "product": {"vi": "/san-pham/{slug}", "en": "/en/products/{slug}"},
    "businesses": {"vi": "/nguoi-ban", "en": "/en/makers"},
    "business": {"vi": "/b/{slug}", "en": "/en/b/{slug}"},
    "places": {"vi": "/xa", "en": "/en/places"},
    "place": {"vi": "/xa/{slug}", "en": "/en/places/{slug}"},
    "page": {"vi": "/trang/{slug}", "en": "/en/pages/{slug}"},
    "registration": {"vi": "/dang-ky-kinh-doanh", "en": "/en/register-a-business"},
    "registration_guide": {
        "vi": "/dang-ky-kinh-doanh/huong-dan/{slug}",
        "en": "/en/register-a-business/guides/{slug}",
    },
    "dossiers": {"vi": "/dang-ky-kinh-doanh/ho-so", "en": "/en/register-a-business/dossiers"},
    "dossier": {
        "vi": "/dang-ky-kinh-doanh/ho-so/{slug}",
        "en": "/en/register-a-business/dossiers/{slug}",
    },
    "dossier_step": {
        "vi": "/dang-ky-kinh-doanh/ho-so/{slug}/{item}",
        "en": "/en/register-a-business/dossiers/{slug}/{item}",
    },
    "tracking": {"vi": "/tra-cuu-ho-so", "en": "/en/track-a-dossier"},
    "desk_dossiers": {"vi": "/can-bo/mot-cua", "en": "/en/desk/dossiers"},
    "desk_dossier": {"vi": "/can-bo/mot-cua/{slug}", "en": "/en/desk/dossiers/{slug}"},
    "basket": {"vi": "/gio-hang", "en": "/en/basket"},
    "sign_in": {"vi": "/dang-nhap", "en": "/en/sign-in"},
    "sign_up": {"vi": "/dang-ky", "en": "/en/sign-up"},
    "sign_out": {"vi": "/dang-xuat", "en": "/en/sign-out"},
    "confirm": {"vi": "/xac-nhan", "en": "/en/confirm"},
    "forgot": {"vi": "/quen-mat-khau", "en": "/en/forgotten-password"},
    "new_password": {"vi": "/dat-lai-mat-khau", "en": "/en/reset-password"},
    "account": {"vi": "/tai-khoan", "en": "/en/account"},
    "joining": {"vi": "/ban-hang", "en": "/en/sell"},
    "join_begin": {"vi": "/ban-hang/bat-dau/{slug}", "en": "/en/sell/begin/{slug}"},
    "join_profile": {"vi": "/ban-hang/{slug}/ten-va-xa", "en": "/en/sell/{slug}/profile"},
    "join_identity": {"vi": "/ban-hang/{slug}/nguoi-dai-dien", "en": "/en/sell/{slug}/identity"},
    "join_bank": {"vi": "/ban-hang/{slug}/tai-khoan", "en": "/en/sell/{slug}/bank"},
    "join_papers": {"vi": "/ban-hang/{slug}/giay-to", "en": "/en/sell/{slug}/papers"},
    "join_check": {"vi": "/ban-hang/{slug}/kiem-tra", "en": "/en/sell/{slug}/check"},
    "desk": {"vi": "/can-bo", "en": "/en/desk"},
    "desk_case": {"vi": "/can-bo/xac-minh/{slug}", "en": "/en/desk/verification/{slug}"},
    "desk_register": {"vi": "/can-bo/so-dang-ky", "en": "/en/desk/register"},
    "account_password": {"vi": "/tai-khoan/mat-khau", "en": "/en/account/password"},
    "account_addresses": {"vi": "/tai-khoan/dia-chi", "en": "/en/account/addresses"},
    "account_address": {"vi": "/tai-khoan/dia-chi/{slug}", "en": "/en/account/addresses/{slug}"},
    "account_deletion": {"vi": "/tai-khoan/xoa", "en": "/en/account/delete"},
    "shops": {"vi": "/gian-hang", "en": "/en/shop"},
    "shop_members": {"vi": "/gian-hang/{slug}/thanh-vien", "en": "/en/shop/{slug}/members"},
    "helping": {"vi": "/lam-giup", "en": "/en/help"},
    "consent": {"vi": "/lam-giup/{slug}", "en": "/en/help/{slug}"},
    "end_help": {"vi": "/dung-lam-giup/{slug}", "en": "/en/end-help/{slug}"},
    "identity": {"vi": "/dang-nhap/dinh-danh", "en": "/en/sign-in/identity"},
    "identity_back": {"vi": "/dang-nhap/dinh-danh/ve", "en": "/en/sign-in/identity/back"},
    "account_identity": {"vi": "/tai-khoan/dinh-danh", "en": "/en/account/identity"},
    "invitation": {"vi": "/loi-moi/{slug}", "en": "/en/invitation/{slug}"},
    "connections": {"vi": "/can-bo/ket-noi", "en": "/en/desk/connections"},
    "connection": {"vi": "/can-bo/ket-noi/{slug}", "en": "/en/desk/connections/{slug}"},
    "shop_connector": {
        "vi": "/gian-hang/{slug}/cua-hang-saleor",
        "en": "/en/shop/{slug}/saleor-shop",
    },
    "shop_connections": {"vi": "/gian-hang/{slug}/ket-noi", "en": "/en/shop/{slug}/connections"},
    "shop_connection": {
        "vi": "/gian-hang/{slug}/ket-noi/{item}",
        "en": "/en/shop/{slug}/connections/{item}",
    },
    "shop_today": {"vi": "/gian-hang/{slug}", "en": "/en/shop/{slug}"},
    "shop_products": {"vi": "/gian-hang/{slug}/san-pham", "en": "/en/shop/{slug}/products"},
    "shop_stock": {"vi": "/gian-hang/{slug}/kho", "en": "/en/shop/{slug}/stock"},
    "shop_count": {"vi": "/gian-hang/{slug}/kiem-kho", "en": "/en/shop/{slug}/stock-take"},
    "shop_stock_line": {"vi": "/gian-hang/{slug}/kho/{item}", "en": "/en/shop/{slug}/stock/{item}"},
    "shop_import": {"vi": "/gian-hang/{slug}/nhap-xuat", "en": "/en/shop/{slug}/import"},
    "shop_import_run": {
        "vi": "/gian-hang/{slug}/nhap-xuat/{item}",
        "en": "/en/shop/{slug}/import/{item}",
    },
    "shop_log": {"vi": "/gian-hang/{slug}/nhat-ky", "en": "/en/shop/{slug}/log"},
    "shop_new": {"vi": "/gian-hang/{slug}/san-pham-moi", "en": "/en/shop/{slug}/new-product"},
    "shop_preview": {"vi": "/gian-hang/{slug}/xem-truoc", "en": "/en/shop/{slug}/preview"},
    "shop_label": {"vi": "/gian-hang/{slug}/nhan-hang", "en": "/en/shop/{slug}/label"},
    "shop_product": {
        "vi": "/gian-hang/{slug}/san-pham/{item}",
        "en": "/en/shop/{slug}/products/{item}",
    },
    "shop_photos": {
        "vi": "/gian-hang/{slug}/san-pham/{item}/anh",
        "en": "/en/shop/{slug}/products/{item}/photos",
    },
    "shop_store": {"vi": "/gian-hang/{slug}/cua-hang", "en": "/en/shop/{slug}/store"},
    "shop_store_preview": {
        "vi": "/gian-hang/{slug}/cua-hang/xem-truoc",
        "en": "/en/shop/{slug}/store/preview",
    },
    "shop_data": {"vi": "/gian-hang/{slug}/du-lieu", "en": "/en/shop/{slug}/data"},
    "shop_settings": {"vi": "/gian-hang/{slug}/cai-dat", "en": "/en/shop/{slug}/settings"},
    "store_colours": {"vi": "/mau/{slug}", "en": "/en/colours/{slug}"},
    "land_map": {"vi": "/ban-do.svg", "en": "/en/map.svg"},
    "shop_prices": {
        "vi": "/gian-hang/{slug}/san-pham/{item}/gia",
        "en": "/en/shop/{slug}/products/{item}/prices",
    },
}


def path_to(name: str, language: Language, slug: str = "", item: str = "", **query: object) -> str:
    """The path of a page in a language; empty query values are left out."""
    path = PATHS[name][language].replace("{slug}", quote(slug)).replace("{item}", quote(item))
    pairs = [
        (key, item)
        for key, value in query.items()
        for item in (value if isinstance(value, list | tuple) else [value])
        if item not in (None, "")
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def translated_path(address: str, language: Language) -> str:
    """A path of the Vietnamese site in another language; menus are written once."""
    for paths in PATHS.values():
        if "{slug}" not in paths["vi"] and address == paths["vi"]:
            return paths[language]
    return address


def in_every_language(
    name: str, slugs: Mapping[Language, str] | None = None, item: str = ""
) -> dict[Language, str]:
    """The paths of one page by language; a page without a slug of a language uses the base one."""
    found = slugs or {}
    return {
        lang: path_to(name, lang, found.get(lang) or found.get("vi", ""), item)
        for lang in LANGUAGES
    }
