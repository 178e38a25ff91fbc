"""A real identity provider, as a process of its own, and a hand that spoils what it says."""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.app.processes import free_port, wait_until

CLAIMS = {
    "sub": "nang",
    "name": "Hoàng Thị Nắng",
    "birthdate": "1984-02-11",
    "identifier": "006084001234",
    "email": "nang.hoang@example.com",
    "email_verified": True,
    "acr": "2",
}


@contextmanager
def running_provider(*options: str) -> Iterator[str]:
    """The issuer of a provider that knows one person; `options` are its command line's."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    command += ["--user-claims", json.dumps(CLAIMS), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        issuer = f"http://127.0.0.1:{port}"
        try:
            wait_until(lambda: answers(issuer), 30)
            yield issuer
        finally:
            process.terminate()
            process.wait(10)


def answers(issuer: str) -> bool:
    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration").is_success
    except httpx.HTTPError:
        return False


def agree(address: str, subject: str = "nang") -> dict[str, str]:
    """What the browser brings back once the person has agreed on the provider's page."""
    response = httpx.post(address, data={"sub": subject})
    assert response.status_code in {302, 303}, response.text
    query = parse_qs(urlsplit(response.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


class Forger:
    """A provider of our own that says whatever a test wants it to say."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.token: str | None = None
        self.status = 200
        self.told_issuer: str | None = None
        self.asked: list[str] = []
        self.codes: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def sign(self, nonce: str, client_id: str) -> None:
        """Prepare the token of the next answer; `claims` of the test come last."""
        now = int(time.time())
        claims = {
            **CLAIMS,
            "iss": self.issuer,
            "aud": client_id,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
            **self.claims,
        }
        if self.header["alg"] == "none":
            parts = [json.dumps(each).encode() for each in (self.header, claims)]
            encoded = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
            self.token = f"{'.'.join(encoded)}."
        else:
            self.token = jwt.encode(self.header, claims, self.key)

    def _answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.told_issuer or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        forger = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                forger.asked.append(self.path)
                body = json.dumps(forger._answer(self.path)).encode()
                self.send_response(forger.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                forger.codes.append(parse_qs(sent.decode())["code"][0])
                self.do_GET()

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        return Handler
