"""Files in a folder of this machine; the web process serves the public ones at /media/."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime
from pathlib import Path

from marketplace.media.ports import MissingFileError, StoredFile, StoreError
from marketplace.media.rules.keys import PRIVATE, PUBLIC, is_safe


class FolderStore:
    """A folder with a public and a private part, the latter closed to other users."""

    def __init__(self, folder: Path, public_url: str) -> None:
        self._folder = folder.resolve()
        self._base_url = f"{public_url}/media/"

    @property
    def base_url(self) -> str:
        """What stands before a public file's key in its address."""
        return self._base_url

    async def put(self, key: str, data: bytes, content_type: str) -> None:  # noqa: ARG002 - the name tells
        """Write beside the place and move: a reader sees the whole file or none."""
        await asyncio.to_thread(self._write, self._path(key), data)

    async def get(self, key: str) -> bytes:
        """The bytes under the key."""
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError as error:
            raise MissingFileError(key) from error
        except OSError as error:
            raise StoreError(str(error)) from error

    async def delete(self, keys: Collection[str]) -> None:
        """Forget the files, and the folders that are empty then."""
        await asyncio.to_thread(self._remove, [self._path(key) for key in keys])

    async def stored_before(self, moment: datetime) -> AsyncIterator[StoredFile]:
        """Every file that was put there before the moment."""
        for folder in await asyncio.to_thread(self._shelves):
            for file in await asyncio.to_thread(self._files, folder):
                if file.stored_at < moment:
                    yield file

    def local_path(self, key: str) -> Path | None:
        """Where a public file lies, if it is there."""
        if not key.startswith(PUBLIC) or not is_safe(key):
            return None
        path = self._folder / key
        return path if path.is_file() else None

    async def signed_url(self, key: str, seconds: int) -> str | None:  # noqa: ARG002 - part of the interface
        """None: the web process hands private files out itself."""
        return None

    def _path(self, key: str) -> Path:
        if not is_safe(key):
            raise MissingFileError(key)
        return self._folder / key

    def _write(self, path: Path, data: bytes) -> None:
        is_private = path.is_relative_to(self._folder / PRIVATE)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if is_private else 0o755)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                try:
                    file.write(data)
                    file.flush()
                    Path(file.name).chmod(0o600 if is_private else 0o644)
                    Path(file.name).replace(path)
                except OSError:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise StoreError(str(error)) from error

    def _remove(self, paths: list[Path]) -> None:
        for path in paths:
            path.unlink(missing_ok=True)
            for folder in (path.parent, path.parent.parent):
                try:
                    folder.rmdir()
                except OSError:  # not empty, or gone
                    break

    def _shelves(self) -> list[Path]:
        return sorted(self._folder.glob("*/*/"))

    def _files(self, folder: Path) -> list[StoredFile]:
        found = []
        for parent, _folders, names in os.walk(folder):
            for name in names:
                if name.startswith("."):  # being written
                    continue
                path = Path(parent, name)
                try:
                    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                except FileNotFoundError:
                    continue
                found.append(StoredFile(path.relative_to(self._folder).as_posix(), changed))
        return found
