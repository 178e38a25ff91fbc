"""GraphQL types of the media."""

from enum import Enum
from typing import Annotated, Self
from uuid import UUID

import strawberry

from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import Image, ThumbnailFormatEnum
from marketplace.media import models
from marketplace.media.api.types.thumbnails import picture_of
from marketplace.media.rules.kinds import MediaState

strawberry.enum(
    MediaState,
    name="MediaStateEnum",
    description="How far a picture is: its sizes are to be made, are made, or cannot be made.",
)


@strawberry.type
class MediaFile:
    """A file that was handed in."""

    id: strawberry.ID = strawberry.field(description="The id to name the file by.")
    content_type: str = strawberry.field(description="What it is, told by its content.")
    byte_size: int = strawberry.field(description="Bytes, after cleaning.")
    width: int | None = strawberry.field(description="Pixels across, of pictures.")
    height: int | None = strawberry.field(description="Pixels down, of pictures.")
    state: MediaState = strawberry.field(description="How far it is.")
    is_private: bool = strawberry.field(description="Whether only some may see it.")
    key: strawberry.Private[UUID]

    @classmethod
    def of(cls, media: models.MediaFile) -> Self:
        """The file as the schema shows it."""
        return cls(
            id=to_global("MediaFile", media.id),
            content_type=media.content_type,
            byte_size=media.byte_size,
            width=media.width,
            height=media.height,
            state=media.state,
            is_private=media.is_private,
            key=media.id,
        )

    @strawberry.field
    async def image(
        self,
        info: Info,
        size: Annotated[
            int | None,
            strawberry.argument(description="The longer side in pixels; rounded to a fixed size."),
        ] = None,
        format: Annotated[
            ThumbnailFormatEnum | None,
            strawberry.argument(description="The format of the file."),
        ] = ThumbnailFormatEnum.ORIGINAL,
    ) -> Image | None:
        """The picture in a size; nothing for documents and private files."""
        return await picture_of(info.context, self.key, size, format)


@strawberry.enum(description="Why a file was not taken.")
class MediaErrorCode(Enum):
    """Stable names of the refusals."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    QUOTA_USED_UP = "QUOTA_USED_UP"


@strawberry.type
class MediaError:
    """One reason why a file was not taken."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="The reason in the reader's language.")
    code: MediaErrorCode = strawberry.field(description="The reason for programs.")


@strawberry.type
class MediaUpload:
    """The file that was taken in, or why it was not."""

    media: MediaFile | None = strawberry.field(default=None, description="The file.")
    errors: list[MediaError] = strawberry.field(
        default_factory=list,
        description="Why it was not taken.",
    )
