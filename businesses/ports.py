"""What businesses need of the world outside: where our pages stand, and public registers."""

from typing import Final

PAGES: Final = {
    ("invitation", "vi"): "/loi-moi/{key}",
    ("invitation", "en"): "/en/invitation/{key}",
    ("joining", "vi"): "/ban-hang/{key}/kiem-tra",
    ("joining", "en"): "/en/sell/{key}/check",
    ("members", "vi"): "/gian-hang/{key}/thanh-vien",
    ("members", "en"): "/en/shop/{key}/members",
    ("end_help", "vi"): "/dung-lam-giup/{key}",
    ("end_help", "en"): "/en/end-help/{key}",
}


def page_address(public_url: str, name: str, language: str, key: str) -> str:
    """The address of a page of this site that a letter points to."""
    return public_url + PAGES[name, language].replace("{key}", key)
