"""Which store an address names."""

from pathlib import Path

from marketplace.media.adapters.folder import FolderStore
from marketplace.media.adapters.s3 import S3Store
from marketplace.media.ports import MediaStore


def store_at(media_url: str, public_url: str) -> MediaStore:
    """The store behind `MEDIA_URL`: `file:<folder>` or `s3://<bucket>/<prefix>?…`.

    Raises:
        ValueError: it is neither.
    """
    if media_url.startswith("s3://"):
        return S3Store(media_url)
    if media_url.startswith("file:"):
        return FolderStore(Path(media_url.removeprefix("file:").removeprefix("//")), public_url)
    raise ValueError("MEDIA_URL must begin with file: or s3://")
