"""Banks and the names accounts are kept under.

The numbers are the six digits by which banks find each other for transfers and QR codes (NAPAS,
VietQR); `BANKS_AS_OF` tells how old the list is.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from marketplace.kernel.text import fold

BANKS_AS_OF: Final = date(2026, 7, 1)


class Bank(NamedTuple):
    """A bank as transfers name it."""

    bin: str
    name: str


# First those with a counter in the mountains, then the others by the alphabet.
BANKS: Final = (
    Bank("970405", "Agribank"),
    Bank("970449", "LPBank"),
    Bank("999888", "Ngân hàng Chính sách xã hội (VBSP)"),
    Bank("970418", "BIDV"),
    Bank("970415", "VietinBank"),
    Bank("970436", "Vietcombank"),
    Bank("970446", "Co-opBank"),
    Bank("970425", "ABBank"),
    Bank("970416", "ACB"),
    Bank("970409", "Bac A Bank"),
    Bank("970438", "BaoViet Bank"),
    Bank("970454", "BVBank"),
    Bank("970431", "Eximbank"),
    Bank("970437", "HDBank"),
    Bank("970452", "KienlongBank"),
    Bank("970422", "MB"),
    Bank("970426", "MSB"),
    Bank("970428", "Nam A Bank"),
    Bank("970419", "NCB"),
    Bank("970448", "OCB"),
    Bank("970430", "PGBank"),
    Bank("970412", "PVcomBank"),
    Bank("970403", "Sacombank"),
    Bank("970400", "Saigonbank"),
    Bank("970429", "SCB"),
    Bank("970440", "SeABank"),
    Bank("970443", "SHB"),
    Bank("970424", "Shinhan Bank"),
    Bank("970407", "Techcombank"),
    Bank("970423", "TPBank"),
    Bank("970441", "VIB"),
    Bank("970427", "VietABank"),
    Bank("970433", "VietBank"),
    Bank("970432", "VPBank"),
    Bank("970457", "Woori Bank"),
)
BY_BIN: Final = {bank.bin: bank for bank in BANKS}
# The length that NAPAS messages have room for.
ACCOUNT_NUMBER: Final = re.compile(r"[0-9A-Z]{4,19}")
_SHOWN_DIGITS: Final = 4
# How banks shorten the words of a name.
_SHORT: Final = {
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "hkd": "ho kinh doanh",
    "cty": "cong ty",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "cp": "co phan",
    "dntn": "doanh nghiep tu nhan",
}
_WORD: Final = re.compile(r"[a-z0-9]+")


def bank_name_key(name: str) -> str:
    """A name as two spellings of it agree: no marks, no case, long words for the banks' short ones.

    "HTX MIEN DONG CON MINH" and "Hợp tác xã Miến dong Côn Minh" have one key.
    """
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(fold(name)))


def is_same_holder(holder: str, verified: str) -> bool:
    """Whether an account is kept under the verified name."""
    return bank_name_key(holder) == bank_name_key(verified) != ""


def mask_account(number: str) -> str:
    """The end of an account's number, as much as may be shown."""
    return f"•••• {number[-_SHOWN_DIGITS:]}"
