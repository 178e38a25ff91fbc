"""What the sandbox registry knows: dossiers, companies, its own clock, and its bad habits."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import orjson

STATUSES: Final = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
ASKED: Final = ("our_code", "nonce", "kind", "name", "representative", "address")
ACTIVE: Final = "Đang hoạt động"
_DECIDED: Final = 9
# What a dossier becomes by itself when a working day passes.
_NEXT_DAY: Final = {1: 2, 2: 4, 4: 9, 9: 10}
_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SATURDAY: Final = 5
_HANOI: Final = timezone(timedelta(hours=7))


@dataclass
class Switches:
    """The registry's bad habits, each of which a test or a person may turn on."""

    late: bool = False
    doubled: bool = False
    out_of_order: bool = False
    forged: bool = False
    silent: bool = False
    down: bool = False
    slow: bool = False


@dataclass
class Dossier:
    """A dossier as the registry holds it."""

    code: str
    our_code: str
    nonce: str
    kind: str
    name: str
    representative: str
    address: str
    status: int = 1
    seq: int = 1
    at: str = ""
    note: str = ""
    result_code: str | None = None

    def told(self) -> dict[str, Any]:
        """The dossier as the registry tells it."""
        return asdict(self)


@dataclass
class Company:
    """A company, co-operative or household business in the register."""

    code: str
    name: str
    representative: str
    address: str
    status: str = ACTIVE


@dataclass
class Book:
    """Everything, kept in one small file so that a restart forgets nothing."""

    path: Path | None = None
    days_ahead: int = 0
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    switches: Switches = field(default_factory=Switches)

    def now(self) -> datetime:
        """The time at the registry."""
        return datetime.now(_HANOI) + timedelta(days=self.days_ahead)

    def open_dossier(self, told: Mapping[str, str]) -> Dossier:
        """Take a dossier in; the same code of ours gets the same dossier again."""
        for known in self.dossiers.values():
            if known.our_code == told["our_code"]:
                return known
        day = self.now().strftime("%Y%m%d")
        code = f"G09.20-{day}-{secrets.randbelow(10**7):07}"
        dossier = Dossier(
            code=code,
            our_code=told["our_code"],
            nonce=told["nonce"],
            kind=told["kind"],
            name=told["name"],
            representative=told["representative"],
            address=told["address"],
            at=self.now().isoformat(),
        )
        self.dossiers[code] = dossier
        self.save()
        return dossier

    def set_status(self, dossier: Dossier, status: int, note: str = "") -> None:
        """Move a dossier; when it is decided well, the company stands in the register."""
        dossier.status, dossier.note = status, note
        dossier.seq += 1
        dossier.at = self.now().isoformat()
        if status >= _DECIDED and dossier.result_code is None:
            dossier.result_code = self._free_code()
            self.companies[dossier.result_code] = Company(
                dossier.result_code, dossier.name, dossier.representative, dossier.address
            )
        self.save()

    def pass_working_day(self) -> list[Dossier]:
        """Let the time go on to the next working day; which dossiers moved."""
        self.days_ahead += 1
        while self.now().weekday() >= _SATURDAY:
            self.days_ahead += 1
        moved = [each for each in self.dossiers.values() if each.status in _NEXT_DAY]
        for dossier in moved:
            self.set_status(dossier, _NEXT_DAY[dossier.status])
        self.save()
        return moved

    def save(self) -> None:
        """Write everything down."""
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        told = asdict(self)
        del told["path"]
        self.path.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def _free_code(self) -> str:
        while True:
            stem = f"48{secrets.randbelow(10**7):07}"
            rest = sum(w * int(d) for w, d in zip(_WEIGHTS, stem, strict=True)) % 11
            code = f"{stem}{10 - rest}"
            if rest and code not in self.companies:
                return code


def read_book(path: Path) -> Book:
    """What was written down; an empty book when nothing was, or it cannot be read."""
    try:
        told = orjson.loads(path.read_bytes())
        return Book(
            path=path,
            days_ahead=told["days_ahead"],
            dossiers={code: Dossier(**each) for code, each in told["dossiers"].items()},
            companies={code: Company(**each) for code, each in told["companies"].items()},
            switches=Switches(**told["switches"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Book(path=path)
