"""Files in a bucket of S3 or of anything that speaks its language (MinIO, Ceph).

The bucket's policy must let everybody read what lies under `<prefix>/public/`, and nothing else.
boto3 knows no asyncio, so its calls run in threads; its client may be shared by them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from marketplace.media.ports import MissingFileError, StoredFile, StoreError
from marketplace.media.rules.keys import PRIVATE, is_safe

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

T = TypeVar("T")

IMMUTABLE: Final = "public, max-age=31536000, immutable"
UNSTORED: Final = "private, no-store"
_AT_ONCE: Final = 1000
_GONE: Final = frozenset({"NoSuchKey", "404", "NotFound"})


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """What `MEDIA_URL` says: s3://bucket/prefix?endpoint_url=…&region=…&public_url=…."""

    bucket: str
    prefix: str
    endpoint_url: str | None = None
    region: str | None = None
    public_url: str | None = None

    @classmethod
    def of(cls, url: str) -> Self:
        """Read the address."""
        parts = urlsplit(url)
        wishes = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        prefix = parts.path.strip("/")
        return cls(
            bucket=parts.netloc,
            prefix=f"{prefix}/" if prefix else "",
            endpoint_url=wishes.get("endpoint_url"),
            region=wishes.get("region"),
            public_url=wishes.get("public_url"),
        )

    @property
    def base_url(self) -> str:
        """What stands before a key in an address: a CDN, the endpoint, or Amazon."""
        if self.public_url is not None:
            return f"{self.public_url.rstrip('/')}/"
        if self.endpoint_url is not None:
            return f"{self.endpoint_url.rstrip('/')}/{self.bucket}/{self.prefix}"
        host = f"s3.{self.region}.amazonaws.com" if self.region else "s3.amazonaws.com"
        return f"https://{self.bucket}.{host}/{self.prefix}"


class S3Store:
    """A bucket, or a part of one."""

    def __init__(self, url: str) -> None:
        self._address = BucketAddress.of(url)
        self._client: S3Client = boto3.client(
            "s3",
            endpoint_url=self._address.endpoint_url,
            region_name=self._address.region,
            config=Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": "path" if self._address.endpoint_url else "virtual"},
            ),
        )

    @property
    def base_url(self) -> str:
        """What stands before a public file's key in its address."""
        return self._address.base_url

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep the bytes under the key; browsers may keep public ones for ever."""
        await self._call(
            self._client.put_object,
            Bucket=self._address.bucket,
            Key=self._name(key),
            Body=data,
            ContentType=content_type,
            CacheControl=UNSTORED if key.startswith(PRIVATE) else IMMUTABLE,
        )

    async def get(self, key: str) -> bytes:
        """The bytes under the key."""
        found = await self._call(
            self._client.get_object,
            Bucket=self._address.bucket,
            Key=self._name(key),
        )
        return await self._call(found["Body"].read)

    async def delete(self, keys: Collection[str]) -> None:
        """Forget the files, a thousand at once."""
        names = [self._name(key) for key in keys]
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            await self._call(
                self._client.delete_objects,
                Bucket=self._address.bucket,
                Delete={"Objects": [{"Key": name} for name in some], "Quiet": True},
            )

    async def stored_before(self, moment: datetime) -> AsyncIterator[StoredFile]:
        """Every file that was put there before the moment."""
        wishes: dict[str, Any] = {
            "Bucket": self._address.bucket,
            "Prefix": self._address.prefix,
        }
        while True:
            page = await self._call(self._client.list_objects_v2, **wishes)
            for entry in page.get("Contents", []):
                if entry["LastModified"] < moment:
                    name = entry["Key"].removeprefix(self._address.prefix)
                    yield StoredFile(name, entry["LastModified"])
            if not page.get("IsTruncated"):
                return
            wishes["ContinuationToken"] = page["NextContinuationToken"]

    def local_path(self, key: str) -> Path | None:  # noqa: ARG002 - part of the interface
        """None: nothing lies on this machine."""
        return None

    async def signed_url(self, key: str, seconds: int) -> str | None:
        """An address that opens the private file until the seconds are over."""
        return await self._call(
            self._client.generate_presigned_url,
            "get_object",
            Params={
                "Bucket": self._address.bucket,
                "Key": self._name(key),
                # Never opened in the page: the bucket sends no policy that would lock it up.
                "ResponseContentDisposition": "attachment",
            },
            ExpiresIn=seconds,
        )

    def _name(self, key: str) -> str:
        if not is_safe(key):
            raise MissingFileError(key)
        return f"{self._address.prefix}{key}"

    async def _call(self, function: Callable[..., T], *values: Any, **named: Any) -> T:  # noqa: ANN401 - any JSON or column
        try:
            return await asyncio.to_thread(function, *values, **named)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                raise MissingFileError(str(named.get("Key"))) from error
            raise StoreError(str(error)) from error
        except BotoCoreError as error:
            raise StoreError(str(error)) from error
