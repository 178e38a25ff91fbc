"""Rules of looking a business up: the register's words, and what follows from each.

Two vocabularies are in use. The business register says `Đang hoạt động` (Decree 168/2025/NĐ-CP,
articles 35, 36 and 98), the tax register `NNT đang hoạt động`. Both are kept as they were
answered and mapped here, word by word; a word that is not on the list is never taken for a good
one.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from marketplace.kernel.text import fold, nfc


class RegisterStatus(StrEnum):
    """Whether a business may sell, by what a register says of it."""

    OPERATING = "operating"
    PAUSED = "paused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class LookupOutcome(StrEnum):
    """What became of a question to a register."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


CODE_FOUND: Final = "00"
CODE_NOT_FOUND: Final = "51"
KEEP_FOR: Final = timedelta(days=1)
RECHECK_AFTER: Final = timedelta(days=90)
# A register that does not answer is asked again after so long; then somebody looks by hand.
WAITS: Final = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
_WORDS: Final = {
    "dang hoat dong": RegisterStatus.OPERATING,
    "nnt dang hoat dong": RegisterStatus.OPERATING,
    "nnt dang hoat dong (da duoc cap gcn dkt)": RegisterStatus.OPERATING,
    "tam ngung kinh doanh": RegisterStatus.PAUSED,
    "tam ngung kinh doanh, hoat dong": RegisterStatus.PAUSED,
    "nnt tam ngung kinh doanh co thoi han": RegisterStatus.PAUSED,
    "nnt tam nghi kinh doanh co thoi han": RegisterStatus.PAUSED,
    "nnt tam ngung hoat dong, kinh doanh": RegisterStatus.PAUSED,
    "khong hoat dong tai dia chi da dang ky": RegisterStatus.PAUSED,
    "nnt khong hoat dong tai dia chi da dang ky": RegisterStatus.PAUSED,
    "dang lam thu tuc cham dut hoat dong": RegisterStatus.PAUSED,
    "nnt ngung hoat dong nhung chua hoan thanh thu tuc dong mst": RegisterStatus.PAUSED,
    "nnt ngung hoat dong nhung chua hoan thanh thu tuc cham dut hieu luc mst": (
        RegisterStatus.PAUSED
    ),
    "dang lam thu tuc giai the, bi chia, bi hop nhat, bi sap nhap": RegisterStatus.PAUSED,
    "dang lam thu tuc pha san": RegisterStatus.PAUSED,
    "bi thu hoi do cuong che ve quan ly thue": RegisterStatus.CLOSED,
    "da cham dut hoat dong": RegisterStatus.CLOSED,
    "da giai the, pha san, cham dut ton tai": RegisterStatus.CLOSED,
    "nnt ngung hoat dong va da dong mst": RegisterStatus.CLOSED,
    "nnt ngung hoat dong va da hoan thanh thu tuc cham dut hieu luc mst": RegisterStatus.CLOSED,
}
_FORMS: Final = (
    ("cong ty trach nhiem huu han", "cong ty tnhh"),
    ("mot thanh vien", "mtv"),
    ("1 thanh vien", "mtv"),
    ("hai thanh vien tro len", ""),
    ("co phan", "cp"),
    ("doanh nghiep tu nhan", "dntn"),
    ("hop tac xa", "htx"),
    ("ho kinh doanh", "hkd"),
)


def status_of(words: str) -> RegisterStatus:
    """What the register's words mean; unknown words mean nothing good."""
    return _WORDS.get(fold(nfc(words)).rstrip("."), RegisterStatus.UNKNOWN)


def may_sell_with(status: RegisterStatus) -> bool:
    """Selling is allowed to who is at work, and to nobody else."""
    return status is RegisterStatus.OPERATING


def folded_name(name: str) -> str:
    """A legal name as it is compared: without marks, signs and the spelling of its legal form."""
    words = "".join(sign if sign.isalnum() else " " for sign in fold(nfc(name)))
    text = " ".join(words.split())
    for long, short in _FORMS:
        text = text.replace(long, short)
    return " ".join(text.split())


def same_name(ours: str, theirs: str) -> bool:
    """Whether two spellings are one legal name; addresses are never compared, they were rewritten.

    All communes were renamed on 1 July 2025, so an address proves nothing either way.
    """
    folded = folded_name(ours)
    return bool(folded) and folded == folded_name(theirs)


def next_try(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None when somebody must look by hand."""
    return WAITS[tries - 1] if 0 < tries <= len(WAITS) else None
