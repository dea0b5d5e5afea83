"""The review as a local web page: one text after the other, decisions straight to disk."""

from __future__ import annotations

import hmac
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cleaner.report.fields import Fields, ReportError
from cleaner.review.desk import Desk

HOST = "127.0.0.1"
LARGEST = 16_000_000
"""Bytes that a request may send: verdicts on every change of a very long text."""
PATIENCE = 30
"""Seconds that a connection may stay silent."""
_COOKIE = "cleaner"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class RefusalError(Exception):
    """A request that is answered with an error: its status and a line for people."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class Server(ThreadingHTTPServer):
    """Serves ``desk`` on this machine alone, to the browser that opens :attr:`url` first.

    The token in that address works once; the browser then holds a cookie that no other site's pages can send.
    ``port`` 0 takes any free one. Raises ``OSError`` where the port is taken.
    """

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk = desk
        self.token: str | None = secrets.token_urlsafe(32)
        self.cookie = secrets.token_urlsafe(32)
        super().__init__((HOST, port), Handler)
        self.host = f"{HOST}:{self.server_port}"
        self.url = f"http://{self.host}/?token={self.token}"

    def take(self, token: str) -> bool:
        """Whether ``token`` is the right one, and still good."""
        fits = self.token is not None and hmac.compare_digest(token.encode(), self.token.encode())
        if fits:
            self.token = None
        return fits

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no event; anything else is a bug, and shows."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers ``GET /`` (the first text that is not reviewed), ``GET /N`` (the page of text N) and ``POST /N``
    (verdicts on text N, as JSON).
    """

    server: Server
    timeout = PATIENCE
    server_version, sys_version = "cleaner", ""

    def do_GET(self) -> None:
        """A page, or the way to one."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Verdicts."""
        self._answer(self._post)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the token would stand in the log."""

    def _get(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/":
            token = parse_qs(address.query).get("token", [""])[0]
            cookie = {} if self._known() else self._welcome(token)
            self._send(HTTPStatus.SEE_OTHER, b"", {"Location": f"/{self.server.desk.first_open()}", **cookie})
            return
        if not self._known():
            raise RefusalError(HTTPStatus.FORBIDDEN, "open the address that cleaner review printed")
        number = self._number(address.path)
        page = self.server.desk.page(number)
        # The page brings its own, stricter policy: it knows the hashes of its style and script.
        policy = {"Content-Security-Policy": "frame-ancestors 'none'"}
        self._send(
            HTTPStatus.OK, page.encode("utf-8", "replace"), {"Content-Type": "text/html; charset=utf-8", **policy}
        )

    def _post(self) -> None:
        if self.headers.get("Origin") != f"http://{self.server.host}":
            raise RefusalError(HTTPStatus.FORBIDDEN, "this comes from another page")
        if not self._known():
            raise RefusalError(HTTPStatus.FORBIDDEN, "open the address that cleaner review printed last")
        number = self._number(urlsplit(self.path).path)
        if self.headers.get_content_type() != "application/json":
            raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json")
        self.server.desk.put(number, Fields.of(self._body()))
        self._send(HTTPStatus.NO_CONTENT, b"", {})

    def _answer(self, work: Callable[[], None]) -> None:
        try:
            if self.headers.get_all("Host") != [self.server.host]:
                raise RefusalError(HTTPStatus.MISDIRECTED_REQUEST, "this is not the host you look for")
            work()
        except RefusalError as refusal:
            self._refuse(refusal.status, str(refusal))
        except ReportError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except (ValueError, OSError) as error:
            if isinstance(error, (ConnectionError, TimeoutError)):
                raise
            self._refuse(HTTPStatus.CONFLICT, str(error))

    def _known(self) -> bool:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.server.cookie.encode())

    def _welcome(self, token: str) -> dict[str, str]:
        if not self.server.take(token):
            raise RefusalError(
                HTTPStatus.FORBIDDEN, "this address works once; start cleaner review again for a new one"
            )
        return {"Set-Cookie": f"{_COOKIE}={self.server.cookie}; HttpOnly; SameSite=Strict; Path=/"}

    def _number(self, path: str) -> int:
        name = path.removeprefix("/")
        if not (name.isascii() and name.isdigit() and len(name) < 10 and 1 <= int(name) <= len(self.server.desk)):
            raise RefusalError(HTTPStatus.NOT_FOUND, "there is no such page")
        return int(name)

    def _body(self) -> str:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise RefusalError(HTTPStatus.LENGTH_REQUIRED, "say how long the body is")
        if len(length) > 12 or int(length) > LARGEST:
            raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {LARGEST:,} bytes")
        data = self.rfile.read(int(length))
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise RefusalError(HTTPStatus.BAD_REQUEST, "not UTF-8") from None

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self._send(status, f"{message}\n".encode("utf-8", "replace"), {"Content-Type": "text/plain; charset=utf-8"})

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({**_HEADERS, **headers, "Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
