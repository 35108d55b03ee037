"""The policy that stands before every route: host, origin, token, and what a page may load.

A page in the user's browser must not be able to read or change the record: it cannot forge Host, Origin or Sec-Fetch-Site
(Fetch Metadata, W3C), so that each request of another site is refused, reads too.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.access import Access

COOKIE = "dragoman"
MOST_BODY = 1_000_000
"""Bytes of a request's body."""
METHODS = frozenset(("GET", "HEAD", "POST"))
CONTENT = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" browsers would send "Origin: null" along with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Policy:
    """ASGI middleware: refuses what the policy does not allow, and gives each answer its headers."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        answer = refusal(scope, self._access) or self._sign_in(scope)
        await (answer or self._app)(scope, receive, with_headers)

    def _sign_in(self, scope: Scope) -> Response | None:
        """Where a token is wanted: None for who has shown it, else what to answer."""
        wanted = self._access.token
        if wanted is None:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = dict(query).get("token")
        if shown is not None and scope["method"] == "GET" and _same(shown, wanted):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            answer = RedirectResponse("/" + scope["path"].lstrip("/\\") + ("?" + rest if rest else ""), 303)
            answer.set_cookie(COOKIE, wanted, httponly=True, samesite="strict", path="/")
            return answer
        headers = Headers(scope=scope)
        given = (headers.get("authorization", "").removeprefix("Bearer ").strip(), _cookie(headers.get("cookie", "")))
        if any(_same(one, wanted) for one in given if one):
            return None
        return PlainTextResponse("A token is needed: open the address that 'dragoman serve' printed.\n", 401)


def refusal(scope: Scope, access: Access) -> Response | None:
    """What to answer to a request that may not be answered; None where it may."""
    headers = Headers(scope=scope)
    problem = _problem(scope, headers, access)
    if problem is None:
        return None
    return PlainTextResponse(f"{problem[1]}\n", problem[0])


def _problem(scope: Scope, headers: Headers, access: Access) -> tuple[int, str] | None:
    hosts = headers.getlist("host")
    if len(hosts) != 1 or hosts[0].lower() not in access.hosts:
        return 421, "This workbench is not known under that name."
    if scope["method"] not in METHODS:
        return 405, "Only GET, HEAD and POST are answered."
    site = headers.getlist("sec-fetch-site")
    if any(one not in ("same-origin", "none") for one in site):
        return 403, "Another site's page may not ask the workbench."
    origins = headers.getlist("origin")
    if any(not _own(origin, hosts[0]) for origin in origins):
        return 403, "Another site's page may not ask the workbench."
    if scope["method"] == "POST" and not origins and not site and access.token is None:
        return 403, "A change needs an Origin header, as browsers send it."
    if _length(headers) > MOST_BODY:
        return 413, f"More than {MOST_BODY:,} bytes."
    return None


def _own(origin: str, host: str) -> bool:
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _length(headers: Headers) -> int:
    """Bytes of the body as announced; one of unknown length is taken for too long."""
    if "transfer-encoding" in headers:
        return MOST_BODY + 1
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() else MOST_BODY + 1


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
