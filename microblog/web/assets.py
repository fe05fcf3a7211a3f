"""Scripts, styles and icons: all our own copies; kept by browsers for good when asked for with their stamp."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"


class Assets(StaticFiles):
    """The package's static files."""

    def __init__(self) -> None:
        super().__init__(packages=[("microblog.web", "static")])

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, and how long it may be kept."""
        response = await super().get_response(path, scope)
        stamped = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_GOOD if stamped else FOR_A_WHILE
        return response
