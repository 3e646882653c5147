"""Pictures as downloads: SVG with its looks inside, and PNG."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from reportedly.serve.pictures.files import as_png, standalone

Format = Literal["svg", "png"]


def picture_answer(request: Request, picture: Markup, name: str, format: Format) -> Response:
    """The picture as a file to keep; its links lead back to this desk."""
    if format == "png":
        return _download(as_png(picture), "image/png", f"{name}.png")
    base = f"{request.url.scheme}://{request.url.netloc}"
    return _download(standalone(picture, base).encode(), "image/svg+xml", f"{name}.svg")


def _download(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
