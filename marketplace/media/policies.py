"""Who may open what nobody else may see."""

from marketplace.kernel.viewer import Viewer
from marketplace.media.models import MediaFile


def may_open(viewer: Viewer, media: MediaFile) -> bool:
    """Public files are anybody's; a private one is its uploader's and the system's.

    Whoever else may see it is told by the thing it belongs to: its package asks its own policy.
    """
    if not media.is_private or viewer.is_system:
        return True
    return viewer.user_id is not None and viewer.user_id == media.uploader_id
