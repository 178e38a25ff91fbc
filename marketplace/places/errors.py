"""Refusals of the places.

DomainError
├── NotFoundError (kernel)
└── AmbiguousPlaceError      the text may mean several communes
"""

from collections.abc import Sequence

from marketplace.kernel.errors import DomainError
from marketplace.kernel.i18n import _


class AmbiguousPlaceError(DomainError):
    """The text may mean several communes; their names are in the sentence."""

    def __init__(self, text: str, candidates: Sequence[str]) -> None:
        super().__init__(
            _('"{text}" may be any of these communes: {candidates}. Please name one.'),
            field="commune",
            text=text,
            candidates=", ".join(candidates),
        )
        self.candidates = tuple(candidates)
