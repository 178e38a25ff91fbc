"""Reading what was typed into an interview: the value that is kept, or what is wrong with it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, TypeAlias

from businesses.rules.identifiers import IdentifierKind, birth_year, read_number
from marketplace.accounts.rules.contacts import read_email, read_phone
from marketplace.kernel.errors import Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.registration.rules.interview import Field, FieldKind, Step

Value: TypeAlias = str | int | bool | list[dict[str, str]]
Row: TypeAlias = dict[str, Value]
Answers: TypeAlias = dict[str, Value | list[Row]]

F = FieldKind
ADULT: Final = 18
MOST_MONEY: Final = 10**15
MOST_WORKERS: Final = 100_000
LATEST_START: Final = timedelta(days=366)
EARLIEST_START: Final = timedelta(days=366 * 3)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OURS: Final = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_INDUSTRY: Final = re.compile(r"\d{4}")


class WrongAnswerError(Exception):
    """An answer cannot be taken."""

    def __init__(self, message: str, code: str = "INVALID") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def read_step(
    step: Step, typed: Mapping[str, str], today: date
) -> tuple[Answers, tuple[Problem, ...]]:
    """The answers of a step and what is wrong; a wrong answer keeps what was typed beside it."""
    problems: list[Problem] = []
    answers: Answers = {**_read(step.fields, typed, "", today, problems)}
    if step.rows:
        rows = _rows(step, typed, today, problems)
        answers["rows"] = rows
        if len(rows) < step.fewest_rows:
            message = _("At least {count} people are needed.")
            problems.append(Problem(None, message, "TOO_FEW", {"count": step.fewest_rows}))
    if not problems:
        problems.extend(_contradictions(answers))
    return answers, tuple(problems)


def _rows(step: Step, typed: Mapping[str, str], today: date, problems: list[Problem]) -> list[Row]:
    rows: list[Row] = []
    for number in range(step.most_rows):
        prefix = f"{number}."
        if any(typed.get(prefix + field.name, "").strip() for field in step.rows):
            rows.append(_read(step.rows, typed, prefix, today, problems))
    return rows


def _read(
    fields: tuple[Field, ...],
    typed: Mapping[str, str],
    prefix: str,
    today: date,
    problems: list[Problem],
) -> Row:
    found: Row = {}
    for field in fields:
        text = nfc(typed.get(prefix + field.name, ""))
        try:
            found[field.name] = read_value(field, text, today)
        except WrongAnswerError as wrong:
            problems.append(Problem(prefix + field.name, wrong.message, wrong.code))
    return found


def read_value(field: Field, text: str, today: date) -> Value:
    """The value of one answer.

    Raises:
        WrongAnswerError: it cannot be taken.
    """
    if field.kind is F.TICK:
        return text in {"1", "true", "on"}
    if not text:
        if field.is_required:
            raise WrongAnswerError(_("Please answer this question."), "REQUIRED")
        return ""
    if len(text) > field.longest:
        raise WrongAnswerError(_("This is too long."))
    return _READERS[field.kind](field, text, today)


def _text(_field: Field, text: str, _today: date) -> Value:
    return text


def _personal_number(_field: Field, text: str, today: date) -> Value:
    number = read_number(text, today)
    if number is None or number.kind is not IdentifierKind.PERSONAL_NUMBER:
        raise WrongAnswerError(_("The personal number has 12 digits, as on the identity card."))
    return number.digits


def _date(_field: Field, text: str, today: date) -> Value:
    found = read_date(text)
    if not today - EARLIEST_START <= found <= today + LATEST_START:
        raise WrongAnswerError(_("Please check the year."))
    return found.isoformat()


def _birth_date(_field: Field, text: str, today: date) -> Value:
    born = read_date(text)
    if born.year + ADULT > today.year or (
        born.year + ADULT == today.year and (born.month, born.day) > (today.month, today.day)
    ):
        # Full legal capacity is needed (Decree 168/2025/NĐ-CP art. 82).
        raise WrongAnswerError(_("One has to be 18 years old."))
    if born.year < 1900:  # noqa: PLR2004 - nobody is older
        raise WrongAnswerError(_("Please check the year."))
    return born.isoformat()


def read_date(text: str) -> date:
    """A day as people write it: 5/9/1990, or 1990-09-05 as browsers do.

    Raises:
        WrongAnswerError: it is none.
    """
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _OURS.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise WrongAnswerError(_("Please write the day like 5/9/1990."))


def _choice(field: Field, text: str, _today: date) -> Value:
    if text not in field.choices:
        raise WrongAnswerError(_("Please choose one of the answers."))
    return text


def _phone(_field: Field, text: str, _today: date) -> Value:
    phone = read_phone(text)
    if phone is None:
        raise WrongAnswerError(_("This is not a valid phone number."))
    return phone


def _email(_field: Field, text: str, _today: date) -> Value:
    email = read_email(text)
    if email is None:
        raise WrongAnswerError(_("This is not a valid e-mail address."))
    return email


def _money(_field: Field, text: str, _today: date) -> Value:
    digits = re.sub(r"[\s.,₫đĐ]", "", text.replace("VNĐ", "").replace("VND", ""))
    if not digits.isascii() or not digits.isdecimal() or not 0 < int(digits) <= MOST_MONEY:
        raise WrongAnswerError(_("Please write an amount in đồng, like 20.000.000."))
    return int(digits)


def _number(_field: Field, text: str, _today: date) -> Value:
    if not text.isascii() or not text.isdecimal() or int(text) > MOST_WORKERS:
        raise WrongAnswerError(_("Please write a whole number."))
    return int(text)


def _industries(_field: Field, text: str, _today: date) -> Value:
    """Codes in the order of importance: "1074, 4722"; the first is the main line."""
    codes = list(dict.fromkeys(_INDUSTRY.findall(text)))
    if not codes:
        raise WrongAnswerError(_("Please choose at least one line of business."), "REQUIRED")
    return [{"code": code} for code in codes[:20]]


_READERS: Final = {
    F.TEXT: _text,
    F.PERSONAL_NUMBER: _personal_number,
    F.DATE: _date,
    F.BIRTH_DATE: _birth_date,
    F.CHOICE: _choice,
    F.PHONE: _phone,
    F.EMAIL: _email,
    F.MONEY: _money,
    F.NUMBER: _number,
    F.PERCENT: _number,
    F.COMMUNE: _text,
    F.INDUSTRIES: _industries,
}


def _contradictions(answers: Answers) -> list[Problem]:
    """Answers that cannot both be true: a number of the register tells the year of birth."""
    found = []
    number, born = answers.get("personalNumber"), answers.get("birthDate")
    if isinstance(number, str) and isinstance(born, str) and birth_year(number) != int(born[:4]):
        message = _("The number on the card does not belong to somebody born in that year.")
        found.append(Problem("birthDate", message, "CONTRADICTION"))
    rows = answers.get("rows")
    if isinstance(rows, list):
        numbers = [row.get("personalNumber") for row in rows]
        for at, each in enumerate(numbers):
            if each in numbers[:at]:
                message = _("This person is on the list already.")
                found.append(Problem(f"{at}.personalNumber", message, "CONTRADICTION"))
    return found
