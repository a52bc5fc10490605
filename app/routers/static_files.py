"""`/static/…`, `/embed.js`: styles and scripts of pages."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.errors import Missing
from app.pages.assets import Asset, assets, by_hashed_name
from app.web.context import context_of
from app.web.operations import operations
from app.web.packed import packed

router = operations("", "front", listed=False)

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*"}
"""Addresses hold a hash of the content, which is the same for everybody and belongs to nobody."""
_SHORTLY = {"Cache-Control": "public, max-age=300"}

EMBED = assets()["embed.js"]


@router.get("/static/{name}")
def get_static_file(name: str, request: Request) -> Response:
    """A file under the name that holds its hash."""
    asset = by_hashed_name().get(name)
    if asset is None:
        raise Missing("file", name)
    return _file(request, asset)


@router.get("/embed.js")
def get_embed_script(request: Request) -> Response:
    """Where the present script of the web component is."""
    return Response(
        status_code=302, headers={**_SHORTLY, "Location": f"{context_of(request.scope).base}/{EMBED.hashed}"}
    )


@router.get(f"/{EMBED.hashed}")
def get_hashed_embed_script(request: Request) -> Response:
    """The script of the web component, to be pinned with its hash."""
    return _file(request, EMBED)


def _file(request: Request, asset: Asset) -> Response:
    return packed(request, asset.body, asset.media_type, _FOR_EVER, compressed=asset.packed)
