"""Takes spreadsheets in from the command line, pictures from a folder or an archive beside them."""

import hashlib
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select

from businesses.models import Business
from catalog.models import ImportRow, ImportRun
from catalog.ports import SPREADSHEETS
from catalog.queries.imports import problems_of
from catalog.services.imports.pictures import Pictures, StoredPictures
from catalog.services.imports.reports import error_sheet
from catalog.services.imports.runs import Helpers, ImportOptions, Progress, import_products
from marketplace.app.composition import Composition
from marketplace.app.problems import OperatorError
from marketplace.kernel.errors import DomainError
from marketplace.kernel.review import DISPLAY_REVIEW
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.models import MediaFile
from marketplace.media.ports import MEDIA_STORE, MediaStore
from marketplace.media.services.uploads import MOST_BYTES, upload_image

SHOWN_PROBLEMS: Final = 20


@dataclass(frozen=True)
class FilePictures:
    """Pictures beside the spreadsheet, named by their file; others by their id.

    A picture's key follows from its owner and its bytes, so that it is stored once, however often
    the import runs.
    """

    source: Path
    business_id: UUID
    store: MediaStore

    async def find(
        self,
        unit: UnitOfWork,
        names: Collection[str],
        *,
        is_trial: bool,
    ) -> Mapping[str, UUID]:
        """The key of each picture; those that are new are stored first."""
        found = dict(await StoredPictures().find(unit, names, is_trial=is_trial))
        wanted = {name: data for name in names if (data := self._read(name)) is not None}
        keys = {name: self._key(data) for name, data in wanted.items()}
        there = set(
            await unit.session.scalars(select(MediaFile.id).where(MediaFile.id.in_(keys.values()))),
        )
        for name, key in keys.items():
            if key not in there and not is_trial:
                await upload_image(unit, self.store, wanted[name], media_id=key)
                there.add(key)
        if not is_trial:
            await unit.session.flush()
        return {**found, **keys}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Every file's place by its name, however its letters are composed."""
        if self.source.is_dir():
            paths = [str(path) for path in sorted(self.source.rglob("*")) if path.is_file()]
        else:
            with zipfile.ZipFile(self.source) as archive:
                paths = [each.filename for each in archive.infolist() if not each.is_dir()]
        return {nfc(Path(path).name).casefold(): path for path in paths}

    def _read(self, name: str) -> bytes | None:
        place = self._names.get(nfc(Path(name).name).casefold())
        if place is None:
            return None
        if self.source.is_dir():
            return Path(place).read_bytes()
        with zipfile.ZipFile(self.source) as archive, archive.open(place) as file:
            # One byte more than allowed is enough to refuse it, whatever the archive promises.
            return file.read(MOST_BYTES + 1)

    def _key(self, data: bytes) -> UUID:
        digest = hashlib.sha256(data).hexdigest()
        return uuid5(NAMESPACE_OID, f"{self.business_id}/{digest}")


@dataclass(frozen=True)
class Report:
    """How an import went, and its problems in both languages."""

    run: ImportRun
    problems: list[ImportRow]
    sheet: bytes | None


async def import_file(
    composition: Composition,
    path: Path,
    business_code: str,
    options: ImportOptions,
    *,
    pictures: Path | None,
    progress: Progress,
) -> Report:
    """Take a file in for a business, as the marketplace itself.

    Raises:
        OperatorError: there is no such business, or the file cannot be taken in as a whole.
    """
    change = partial(unit_of_work, composition.sessions, SYSTEM, composition.events)
    try:
        async with change() as unit:
            business_id = await unit.session.scalar(
                select(Business.id).where(Business.code == business_code),
            )
        if business_id is None:
            raise OperatorError(
                f"Không có gian hàng mã {business_code}. / There is no business {business_code}.",
            )
        sheet = composition.ports[SPREADSHEETS].open(path, path.name)
        source: Pictures = StoredPictures()
        if pictures is not None:
            source = FilePictures(pictures, business_id, composition.ports[MEDIA_STORE])
        run_id = await import_products(
            change,
            business_id,
            sheet,
            options,
            Helpers(source, composition.ports[DISPLAY_REVIEW], progress),
        )
    except DomainError as refusal:
        raise OperatorError(f"{refusal.text('vi')} / {refusal.text('en')}") from refusal
    return await _report(composition, run_id)


async def _report(composition: Composition, run_id: UUID) -> Report:
    async with composition.sessions() as session:
        run = await session.get_one(ImportRun, run_id)
        problems = list(await session.scalars(problems_of(run_id)))
    sheet = error_sheet(composition.ports[SPREADSHEETS], run, problems) if problems else None
    return Report(run, problems, sheet)
