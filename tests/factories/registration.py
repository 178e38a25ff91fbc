"""Dossiers for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from marketplace.kernel.database import new_id
from marketplace.kernel.sealing import Sealer
from marketplace.registration.models import Dossier
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.names import name_key
from marketplace.registration.rules.states import UNFILED, DossierState
from marketplace.registration.services.sealed import keep_step, person_hash, phone_hash

PHONE: Final = "+84912345678"
ENDING: Final = "5678"
PERSON: Final = {
    "personalNumber": "006190000812",
    "fullName": "Nông Thị Mặn",
    "birthDate": "1990-09-05",
    "sex": "female",
    "phone": PHONE,
    "email": "",
}
STEPS: Final[dict[str, dict[str, Any]]] = {
    "home": {"residence": "Thôn Nà Diếu", "currentResidence": "", "ethnicity": "Tày"},
    "name": {"name": "Miến Bà Mặn", "hasConsent": False},
    "place": {"commune": "Xã Côn Minh", "hamlet": "Thôn Chợ B"},
    "work": {"industries": [{"version": "VSIC2025", "code": "1074"}]},
    "means": {
        "capital": 50_000_000,
        "startsOn": "2026-12-01",
        "workers": 3,
        "taxMethod": "declared",
    },
    "family": {"rows": []},
}


def a_dossier(
    sealer: Sealer,
    applicant_id: UUID,
    place_id: UUID | None = None,
    **overrides: Any,
) -> Dossier:
    """A household dossier with every answer; every value may be another."""
    key = overrides.get("id", new_id())
    state = overrides.get("state", DossierState.READY)
    name = overrides.pop("name", "Hộ kinh doanh Miến Bà Mặn")
    person = {**PERSON, **overrides.pop("person", {})}
    now = datetime.now(UTC)
    is_filed = state not in UNFILED
    values: dict[str, Any] = {
        "id": key,
        "our_code": f"HS-T-{key.hex[-8:]}".upper(),
        "kind": DossierKind.HOUSEHOLD,
        "applicant_id": applicant_id,
        "place_id": place_id,
        "office_id": place_id if is_filed else None,
        "name": name,
        "name_key": name_key(name),
        "answers": {},
        "nonce": f"nonce-{key.hex}",
        "working_days": 3,
        "supplement_days": 60,
        "created_at": now,
        "saved_at": now,
        "filed_at": now if is_filed else None,
        "due_at": None if is_filed else now + timedelta(days=180),
        "on_due": None if is_filed else "lapse",
    }
    dossier = Dossier(**{**values, **overrides, "state": state})
    keep_step(sealer, dossier, "person", person)
    for step, answers in STEPS.items():
        keep_step(sealer, dossier, step, answers)
    dossier.person_hash = person_hash(sealer, person["personalNumber"])
    if is_filed:
        dossier.phone_hash = phone_hash(sealer, dossier, person["phone"][-4:])
    return dossier
