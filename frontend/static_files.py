"""The built files, compressed once at build time and kept by browsers for a year."""

import mimetypes
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

STATIC: Final = Path(__file__).parent / "static"
FOR_EVER: Final = "public, max-age=31536000, immutable"
FOR_A_DAY: Final = "public, max-age=86400"
ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))


class SiteFiles(StaticFiles):
    """Serves `frontend/static`; a file with a hash in its name never changes."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """The file in the smallest form that the browser takes."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        is_built = path.startswith("dist/")
        for name, suffix in ENCODINGS:
            if is_built and name in accepted and (STATIC / f"{path}{suffix}").is_file():
                response = await super().get_response(f"{path}{suffix}", scope)
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                response.headers["Content-Type"] = kind
                response.headers["Content-Encoding"] = name
                break
        else:
            response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_EVER if is_built else FOR_A_DAY
        response.headers["Vary"] = "Accept-Encoding"
        return response
