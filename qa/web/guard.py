"""What stands between the network and the page: headers that forbid what the page never does, and a limit per client."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from qa.web.people import People

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# The page's own scripts are inline and its templates are compiled in the browser; nothing may come from another host.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
_COSTLY = (
    "/gradio_api/queue/join",
    "/gradio_api/run/",
    "/gradio_api/call/",
    "/gradio_api/upload",
    "/gradio_api/mcp",
    "/download/",
    "/login",
)
HEALTH = "/healthz"
_WHO = [(b"www-authenticate", b'Basic realm="Tashika", charset="UTF-8"')]
_MOST_CLIENTS = 10_000
_TOO_MANY = '{"detail": "短い時間に要求が多すぎます。少し待ってからもう一度お試しください。"}'.encode()


class Bucket:
    """How much each client may still ask: `burst` at once, filled up again at `rate` a second."""

    def __init__(self, rate: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """0 where the client may go on; else the seconds until it may."""
        if self._rate <= 0:
            return 0.0
        now = self._now()
        left, since = self._held.pop(client, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._rate)
        wait = 0.0 if left >= 1.0 else (1.0 - left) / self._rate
        self._held[client] = (left - 1.0 if wait == 0.0 else left, now)
        while len(self._held) > _MOST_CLIENTS:
            self._held.popitem(last=False)
        return wait


class Guard:
    """An ASGI application in front of another."""

    def __init__(self, app: App, bucket: Bucket, people: People | None = None) -> None:
        self._app, self._bucket, self._people = app, bucket, people
        self._known: OrderedDict[str, str] = OrderedDict()
        self._salt = os.urandom(16)
        self._tries = Bucket(0.2, 10)  # wrong passwords: ten at once, then one in five seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 429 to a client that asks too much, 401 to one that may not come in; else pass on, with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message.get("headers", ())}
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in held]
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        client = (scope.get("client") or ("?", 0))[0]
        wait = self._bucket.take(client) if _is_costly(scope["path"]) else 0.0
        if wait:
            head = [
                (b"content-type", b"application/json; charset=utf-8"),
                (b"retry-after", str(int(wait) + 1).encode()),
            ]
            await guarded({"type": "http.response.start", "status": 429, "headers": head})
            await guarded({"type": "http.response.body", "body": _TOO_MANY})
            return
        if self._people is not None and scope["path"] != HEALTH:
            name = await self._name(scope)
            if name is None:
                await guarded({"type": "http.response.start", "status": 401, "headers": _WHO})
                await guarded({"type": "http.response.body", "body": b""})
                return
            scope["tashika.user"] = name
        await self._app(scope, receive, guarded)

    async def _name(self, scope: Scope) -> str | None:
        """Whose name and password a request carries; a pair that was right once is known again by its hash."""
        given = next((value for key, value in scope["headers"] if key.lower() == b"authorization"), b"")
        seen = hashlib.sha256(self._salt + given).hexdigest()
        if seen in self._known:
            return self._known[seen]
        if not given.lower().startswith(b"basic ") or self._people is None:
            return None
        try:
            name, _, password = base64.b64decode(given[6:], validate=True).decode("utf-8").partition(":")
        except ValueError:
            return None
        client = (scope.get("client") or ("?", 0))[0]
        if self._tries.take(client) or not await asyncio.to_thread(self._people.knows, name, password):
            return None
        self._known[seen] = name
        while len(self._known) > _MOST_CLIENTS:
            self._known.popitem(last=False)
        return name


def _is_costly(path: str) -> bool:
    return any(path.startswith(one) or path.startswith(f"/en{one}") for one in _COSTLY)
