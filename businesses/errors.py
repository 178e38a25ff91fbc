"""Refusals of businesses.

DomainError
└── InvalidBusinessError     a value of the profile cannot be taken
"""

from marketplace.kernel.errors import DomainError


class InvalidBusinessError(DomainError):
    """A value of the profile cannot be taken."""

    code = "INVALID"
