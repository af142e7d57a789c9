"""The console's built files: one page, and the scripts, styles and fonts that it loads as it needs them."""

import re
from http import HTTPStatus
from pathlib import Path

from ostiary.server.console.page_security import SECURITY_HEADERS
from ostiary.values.call import HttpRequest
from ostiary.wire import EncodedResponse

BUILT_FILES = Path(__file__).parent / "files"
"""Where `npm run build` puts them; they are part of the wheel."""

_ASSET = re.compile(r"/console/(assets/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+|favicon\.svg)", re.ASCII)
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".json": "application/json",
}
_HTML = "text/html; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"
"""A file's name changes with what is in it."""

_NOT_BUILT = b"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Ostiary</title></head>
<body>
<h1>Ostiary is running</h1>
<p>Its web console is not built: that takes Node.js. Install it and start the server with <code>make serve</code>.</p>
<p>The API does not need it: point the AWS CLI or an SDK here with <code>AWS_ENDPOINT_URL</code> and an access key.</p>
</body>
</html>
"""


def page_or_asset(folder: Path, request: HttpRequest) -> EncodedResponse:
    """Return the file that a path under `/console` means; a path that is no file's is one of the page's own."""
    asset = _ASSET.fullmatch(request.path)
    if asset is not None:
        return _asset(folder / asset[1], request)
    page = folder / "index.html"
    if not page.is_file():
        return _file(_NOT_BUILT, _HTML, "no-store", status=HTTPStatus.NOT_IMPLEMENTED)
    # The page names its scripts, so an old one must not be kept.
    return _file(page.read_bytes(), _HTML, "no-cache")


def _asset(path: Path, request: HttpRequest) -> EncodedResponse:
    content_type = _TYPES.get(path.suffix)
    if content_type is None or not path.is_file():
        return _file(b"", "text/plain", "no-store", status=HTTPStatus.NOT_FOUND)
    packed = path.with_name(f"{path.name}.gz")
    if "gzip" in (request.header("accept-encoding") or "") and packed.is_file():
        return _file(
            packed.read_bytes(), content_type, _FOR_EVER, ("content-encoding", "gzip"), ("vary", "accept-encoding")
        )
    return _file(path.read_bytes(), content_type, _FOR_EVER)


def _file(
    body: bytes, content_type: str, cache: str, *headers: tuple[str, str], status: int = HTTPStatus.OK
) -> EncodedResponse:
    return EncodedResponse(
        status, (("content-type", content_type), ("cache-control", cache), *SECURITY_HEADERS, *headers), body
    )
