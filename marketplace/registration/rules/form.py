"""A filled form as it is printed: always in Vietnamese, the language of a dossier (art. 10)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the form: its number, what it asks, and the answer."""

    number: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """People or lines of business, one on each row."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form."""

    title: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """Everything the printer puts on paper."""

    code: str
    title: str
    form_name: str
    addressee: str
    is_draft: bool
    sections: tuple[Section, ...]
    commitments: tuple[str, ...]
    signature: str
    signer: str
    papers: tuple[tuple[str, bool], ...]
    place_and_day: str
    printed_on: str
