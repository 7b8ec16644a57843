"""Passes: the secret of this machine that whoever writes over HTTP has to show, until there are keys.

Requests that a proxy passes on can look as if they began here; who shows the secret has read it on this
machine, from the start of the service or from its file. A program sends it as a header, a browser as the
cookie that it gets at the address which the start prints.
"""

import hmac
import os
import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.settings import Settings
from graph.errors import BadInput

HEADER = "x-zhenlian-token"
COOKIE = "zhenlian-token"


def secret_of(settings: Settings) -> str:
    """Take the secret of the settings, else that of the machine: read from its file, or made."""
    return settings.token.get_secret_value() if settings.token else _kept(settings.token_file)


def shown(request: Request, settings: Settings) -> bool:
    """Whether a request shows the secret."""
    given = request.headers.get(HEADER) or request.cookies.get(COOKIE) or ""
    return bool(given) and hmac.compare_digest(given.encode(), secret_of(settings).encode())


def entrance(settings: Settings) -> str:
    """Address, below that of the service, at which a browser gets the cookie."""
    return f"enter?token={secret_of(settings)}"


async def enter(request: Request, settings: Settings) -> Response:
    """Give a browser the cookie, and lead it to the page; 403 for a wrong secret.

    `to` is what the address of the view that it wants has behind its `?`: nobody is led elsewhere.
    """
    given = request.query_params.get("token", "")
    if not settings.writable or not hmac.compare_digest(given.encode(), secret_of(settings).encode()):
        return Response("口令不对", 403, media_type="text/plain; charset=utf-8")
    to = request.query_params.get("to", "").lstrip("?")
    response = RedirectResponse(
        f"./?{to}" if to else "./", 303, {"cache-control": "no-store", "referrer-policy": "no-referrer"}
    )
    response.set_cookie(COOKIE, given, path=f"{settings.root_path}/", httponly=True, samesite="strict")
    return response


def _kept(path: Path) -> str:
    """Read the secret, or make one that only this user can read; raises BadInput when neither can be."""
    try:
        if path.exists():
            found = path.read_text("ascii").strip()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            found = secrets.token_urlsafe(24)
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="ascii") as file:
                file.write(found)
    except (OSError, UnicodeError) as error:
        raise BadInput(f"不能读写口令文件 {path}：请改正，或设置 ZHENLIAN_TOKEN", "token") from error
    if not found:
        raise BadInput(f"口令文件 {path} 是空的：请删除它，或设置 ZHENLIAN_TOKEN", "token")
    return found
