"""Turning a letter's words into what the post takes: subject, plain text and simple HTML.

A letter is a file `<name>.<language>.txt`: the subject in the first line, an empty line, the
text. Paragraphs are parted by empty lines; one that is an address alone becomes a link to press.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from marketplace.accounts.ports import Letter

LETTERS: Final = Path(__file__).parents[1] / "letters"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a letter's text."""

    text: str

    @property
    def is_link(self) -> bool:
        """Whether it is an address and nothing else."""
        return self.text.startswith(("https://", "http://")) and not any(
            sign.isspace() for sign in self.text
        )


def render_letter(folder: Path, name: str, language: str, to: str, /, **values: str) -> Letter:
    """The letter of that name in the language.

    Args:
        folder: where the letter's package keeps its letters.
        name: which letter.
        language: the reader's.
        to: the address it goes to.
        **values: what the words mention.
    """
    written = _environment(folder).get_template(f"{name}.{language}.txt").render(values)
    subject, _empty, text = written.strip().partition("\n")
    text = text.strip() + "\n"
    html = _frame().render(
        subject=subject,
        language=language,
        paragraphs=[Paragraph(part.strip()) for part in text.split("\n\n") if part.strip()],
    )
    return Letter(to=to, subject=" ".join(subject.split()), text=text, html=html)


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text; the frame escapes what becomes HTML
    )


@cache
def _frame() -> Template:
    folder = FileSystemLoader(LETTERS)
    return Environment(loader=folder, autoescape=True).get_template("frame.html")
