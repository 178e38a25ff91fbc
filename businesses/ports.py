"""What businesses need of the world outside: where our pages stand, and public registers."""

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from businesses.rules.lookup import LookupOutcome
from marketplace.kernel.ports import Port

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


@dataclass(frozen=True, slots=True)
class PosterText:
    """What stands on the poster of a store."""

    market: str
    name: str
    place: str
    address: str
    invitation: str
    phone: str
    language: str


class Posters(Protocol):
    """Makes what a store prints and shares."""

    def code_svg(self, address: str) -> bytes:
        """The code of an address, sharp in any size."""
        ...

    def code_png(self, address: str) -> bytes:
        """The code of an address, large enough for print."""
        ...

    def poster(self, text: PosterText) -> bytes:
        """The sheet that hangs at the stall, A4, as PDF."""
        ...


POSTERS = Port[Posters]("posters of stores")


@dataclass(frozen=True, slots=True)
class EnterpriseRecord:
    """What a public register answered, or that it did not; `raw` is kept as evidence."""

    outcome: LookupOutcome
    name: str = ""
    status_words: str = ""
    raw: bytes = field(default=b"", repr=False)


class EnterpriseLookup(Protocol):
    """A public register in which an enterprise is found by its tax code."""

    source: str

    async def look_up(self, tax_code: str) -> EnterpriseRecord:
        """What the register says; a register that fails is an answer, too, never an error."""
        ...


Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None


class Table(Protocol):
    """A table of cells, as officers keep them in files."""

    @property
    def name(self) -> str:
        """The name of the file."""
        ...

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row with its number in the file, from the first."""
        ...


class Tables(Protocol):
    """Reads the files in which a department keeps its register (CSV, XLSX)."""

    def open(self, path: Path, name: str) -> Table:
        """The table of a file.

        Raises:
            DomainError: it is no file that can be read.
        """
        ...

    def received(
        self, name: str, content: AsyncIterable[bytes]
    ) -> AbstractAsyncContextManager[Table]:
        """The table of an upload, kept for as long as the block lasts.

        Raises:
            DomainError: it is too large, or no file that can be read.
        """
        ...

    def write(
        self,
        title: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        marked: Mapping[int, Sequence[int]],
    ) -> bytes:
        """A workbook of these rows; `marked` names the columns to colour, by the row's index."""
        ...


ENTERPRISE_LOOKUP: Port[EnterpriseLookup | None] = Port("enterprise look-up")
REGISTER_TABLES: Port[Tables] = Port("register tables")
