"""What only the applicant, and for the form the office, may read: opened here and nowhere else."""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from marketplace.kernel.sealing import Sealer
from marketplace.registration.models import Dossier
from marketplace.registration.rules.interview import FieldKind, Step, step_of

Steps: TypeAlias = dict[str, Any]

_NUMBER: Final = FieldKind.PERSONAL_NUMBER
PERSON: Final = "person with a household business"
PHONE: Final = "ending of a dossier's telephone"


def open_steps(sealer: Sealer, dossier: Dossier) -> Steps:
    """Every answered step, personal ones included; those were erased some time after the end."""
    personal = {} if dossier.sealed is None else json.loads(sealer.open(dossier.sealed))
    return {**dossier.answers, **personal}


def keep_step(sealer: Sealer, dossier: Dossier, name: str, answers: Steps) -> None:
    """Keep the answers of a step: in the open, or sealed when they are about people."""
    step = step_of(dossier.kind, name)
    if step is not None and step.is_personal:
        personal = {} if dossier.sealed is None else json.loads(sealer.open(dossier.sealed))
        text = json.dumps({**personal, name: answers}, ensure_ascii=False)
        dossier.sealed = sealer.seal(text.encode())
    else:
        dossier.answers = {**dossier.answers, name: answers}


def person_hash(sealer: Sealer, personal_number: str) -> bytes:
    """By what one person's household dossiers are known, without their number."""
    return sealer.keyed_hash(PERSON, personal_number)


def phone_hash(sealer: Sealer, dossier: Dossier, ending: str) -> bytes:
    """By what the last digits of the telephone are known again; another for each dossier."""
    return sealer.keyed_hash(PHONE, f"{dossier.our_code} {ending}")


def masked_steps(steps: Steps) -> Steps:
    """The answers as they may be shown: of a personal number only its end, to everybody."""
    return {name: _masked(each) for name, each in steps.items()}


def unmasked(step: Step, typed: Mapping[str, str], kept: Steps) -> dict[str, str]:
    """What was typed, with masked numbers that came back unchanged replaced by the kept ones."""
    found = dict(typed)
    numbers = [(field.name, kept) for field in step.fields if field.kind is _NUMBER]
    for at, row in enumerate(kept.get("rows", ())):
        numbers += [(f"{at}.{field.name}", row) for field in step.rows if field.kind is _NUMBER]
    for name, answers in numbers:
        known = str(answers.get(name.rpartition(".")[2], ""))
        if known and found.get(name, "").strip() == mask(known):
            found[name] = known
    return found


def mask(number: str) -> str:
    """The end of a personal number, and dots for the rest."""
    return f"•••• •••• {number[-4:]}"


def _masked(answers: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(answers, dict):
        return {
            key: mask(value)
            if key == "personalNumber" and isinstance(value, str) and value
            else _masked(value)
            for key, value in answers.items()
        }
    return [_masked(each) for each in answers] if isinstance(answers, list) else answers
