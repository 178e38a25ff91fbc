"""Batches of the media."""

from uuid import UUID

from strawberry.dataloader import DataLoader

from marketplace.kernel.context import RequestContext
from marketplace.media import queries
from marketplace.media.models import MediaFile


class MediaLoaders:
    """One per request, made by `context.once(MediaLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self.by_id = DataLoader[UUID, MediaFile | None](load_fn=self._by_id)

    async def _by_id(self, ids: list[UUID]) -> list[MediaFile | None]:
        files = await self._reader.all(queries.media_among(self._viewer, ids))
        found = {media.id: media for media in files}
        return [found.get(media_id) for media_id in ids]
