"""The public tax-code API: `GET <address>/<tax code>`, a private mirror of the tax register.

It says "not found" with HTTP 200 and code "51" in the body, so the body is read, not the status
(domain notes, 3.3). It may be slow, wrong or gone: whatever is not a clear answer is "unavailable".
"""

import time
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx
import structlog

from businesses.ports import EnterpriseRecord
from businesses.rules.lookup import CODE_FOUND, CODE_NOT_FOUND, LookupOutcome

log = structlog.get_logger(__name__)
_SECONDS: Final = 8.0
_MOST_BYTES: Final = 65_536
_FAILURES: Final = 4
_FIRST_PAUSE: Final = 60.0
_LONGEST_PAUSE: Final = 900.0
_UNAVAILABLE: Final = EnterpriseRecord(LookupOutcome.UNAVAILABLE)


class TaxCodeRegister:
    """Asks the API once for each call; after several failures it leaves it alone for a while."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self.source = urlsplit(address).hostname or address
        self._failures = 0
        self._closed_until = 0.0

    async def look_up(self, tax_code: str) -> EnterpriseRecord:
        """What the register says of the tax code."""
        if time.monotonic() < self._closed_until:
            return _UNAVAILABLE
        found = await self._ask(tax_code)
        if found.outcome is LookupOutcome.UNAVAILABLE:
            self._failures += 1
            if self._failures >= _FAILURES:
                doublings = self._failures - _FAILURES
                pause = min(_FIRST_PAUSE * 2**doublings, _LONGEST_PAUSE)
                self._closed_until = time.monotonic() + pause
                log.warning("The register is left alone for a while.", seconds=pause)
        else:
            self._failures = 0
        return found

    async def _ask(self, tax_code: str) -> EnterpriseRecord:
        address = f"{self._address}/{quote(tax_code, safe='')}"
        try:
            async with httpx.AsyncClient(timeout=_SECONDS, follow_redirects=False) as client:
                response = await client.get(address, headers={"Accept": "application/json"})
        except httpx.HTTPError:
            return _UNAVAILABLE
        raw = response.content[:_MOST_BYTES]
        if not response.is_success or len(response.content) > _MOST_BYTES:
            return EnterpriseRecord(LookupOutcome.UNAVAILABLE, raw=raw)
        try:
            told = response.json()
        except ValueError:
            return EnterpriseRecord(LookupOutcome.UNAVAILABLE, raw=raw)
        return _read(told, tax_code, raw)


def _read(told: Any, tax_code: str, raw: bytes) -> EnterpriseRecord:  # noqa: ANN401 - any JSON
    code = told.get("code") if isinstance(told, dict) else None
    if code == CODE_NOT_FOUND:
        return EnterpriseRecord(LookupOutcome.NOT_FOUND, raw=raw)
    data = told.get("data") if code == CODE_FOUND else None
    if not isinstance(data, dict) or str(data.get("id") or "").replace("-", "") != tax_code:
        return EnterpriseRecord(LookupOutcome.UNAVAILABLE, raw=raw)
    name, status = data.get("name"), data.get("status")
    if not isinstance(name, str) or not isinstance(status, str) or not name.strip():
        return EnterpriseRecord(LookupOutcome.UNAVAILABLE, raw=raw)
    return EnterpriseRecord(LookupOutcome.FOUND, name.strip()[:400], status.strip()[:300], raw)
