"""What can be done with media."""

from typing import Annotated

import strawberry
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload

from marketplace.kernel.context import Info
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.i18n import _
from marketplace.media.api.types.files import MediaFile, MediaUpload
from marketplace.media.errors import FileNameError, UnreadableFileError
from marketplace.media.ports import MEDIA_STORE, UPLOAD_QUOTA
from marketplace.media.rules.names import is_plain_name
from marketplace.media.services.uploads import MOST_BYTES, Alt, upload_document, upload_image


def sent_file(upload: object) -> UploadFile:
    """The part of the form, its name looked at.

    Raises:
        UnreadableFileError: the variable holds something else than a part of the form.
        FileNameError: the name is no name of a file.
    """
    if not isinstance(upload, UploadFile):
        raise UnreadableFileError(_("Please send the file as a part of a multipart form."))
    if not is_plain_name(upload.filename or ""):
        raise FileNameError
    return upload


async def bytes_of(upload: object) -> bytes:
    """What was sent, one byte more than allowed at most: enough to refuse it.

    Raises:
        UnreadableFileError: the variable holds something else than a part of the form.
        FileNameError: the name is no name of a file.
    """
    return await sent_file(upload).read(MOST_BYTES + 1)


@strawberry.type
class MediaMutations:
    """Root mutation fields of the media."""

    @mutation
    async def media_upload(
        self,
        info: Info,
        file: Annotated[
            Upload,
            strawberry.argument(description="JPEG, PNG, WebP, AVIF or GIF, at most 10 MB."),
        ],
        alt: Annotated[
            str | None,
            strawberry.argument(description="What it shows, in words."),
        ] = None,
    ) -> MediaUpload | None:
        """Hand in a picture for everybody to see; its metadata is removed."""
        context = info.context
        context.signed_in()
        sent, quota = await bytes_of(file), context.ports[UPLOAD_QUOTA]
        store, words = context.ports[MEDIA_STORE], Alt(alt or "")
        async with context.change() as unit:
            media = await upload_image(unit, store, sent, quota=quota, alt=words)
        return MediaUpload(media=MediaFile.of(media))

    @mutation
    async def document_upload(
        self,
        info: Info,
        file: Annotated[
            Upload,
            strawberry.argument(description="PDF or a picture of a paper, at most 10 MB."),
        ],
    ) -> MediaUpload | None:
        """Hand in a private document; only those who decide about it will see it."""
        context = info.context
        context.signed_in()
        sent, quota = await bytes_of(file), context.ports[UPLOAD_QUOTA]
        async with context.change() as unit:
            media = await upload_document(unit, context.ports[MEDIA_STORE], sent, quota=quota)
        return MediaUpload(media=MediaFile.of(media))
