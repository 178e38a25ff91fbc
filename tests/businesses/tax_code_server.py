"""A local server that speaks the public tax-code API's JSON, and its moods."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

OPERATING = "NNT đang hoạt động"


class TaxCodeServer:
    """Answers `GET /v2/business/<code>` as the mirror of the register does."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, str]] = {}
        self.status = 200
        self.body: bytes | None = None
        self.delay = 0.0
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}/v2/business"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, code: str) -> bytes:
        if self.body is not None:
            return self.body
        told: dict[str, Any] = {"code": "51", "desc": "Tax code not found"}
        if code in self.known:
            name, status = self.known[code]
            told = {
                "code": "00",
                "desc": "Success - Thành công",
                "data": {"id": code, "name": name, "address": "…", "status": status},
                "metadata": {"source": "https://www.gdt.gov.vn"},
            }
        return json.dumps(told, ensure_ascii=False).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                code = self.path.rsplit("/", 1)[-1]
                server.asked.append(code)
                time.sleep(server.delay)
                body = server.answer(code)
                self.send_response(server.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        return Handler
