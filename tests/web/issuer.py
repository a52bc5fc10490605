"""An issuer of tokens: a real HTTP server on this machine that publishes what a test wants it to."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

KEYS: dict[str, Key] = {
    "RS256": RSAKey.generate_key(2048, {"kid": "rsa-1"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "ec-1"}),
    "EdDSA": OKPKey.generate_key("Ed25519", {"kid": "ed-1"}),
}


class Issuer:
    """Serves a discovery document and a key set; counts what is asked of it. `answers` replaces what it says at a path."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.keys: list[Mapping[str, Any]] = [key.as_dict(private=False) for key in KEYS.values()]
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.down = False

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if self.down:
            return 502, b"down"
        documents: dict[str, Any] = {
            "/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": f"{self.url}/keys"},
            "/keys": {"keys": self.keys},
        }
        return self.answers.get(path) or (200, json.dumps(documents[path]).encode())

    def location(self, path: str) -> str:
        """Where the answer to a path says to go on."""
        return f"{self.url}/keys"

    def take(self, path: str, form: Mapping[str, str], authorization: str) -> tuple[int, bytes]:
        """The answer to a form."""
        return 405, b""


AnIssuer = TypeVar("AnIssuer", bound=Issuer)


@contextmanager
def issuing(kind: type[AnIssuer] = Issuer) -> Iterator[AnIssuer]:  # type: ignore[assignment]
    """An issuer for as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*issuer.answer(self.path), issuer.location(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(*issuer.take(self.path, dict(parse_qsl(body)), self.headers.get("Authorization", "")), "")

        def _send(self, status: int, body: bytes, location: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer = kind(server)
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            serving.join()


def token(claims: Mapping[str, Any], algorithm: str = "RS256", key: Key | None = None, **header: Any) -> str:
    """A token that is signed as the algorithm says; its header names the key unless told otherwise."""
    signing = key or KEYS[algorithm]
    named = {
        name: value for name, value in {"alg": algorithm, "kid": signing.kid, **header}.items() if value is not None
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return jwt.encode(named, dict(claims), signing, [algorithm])
