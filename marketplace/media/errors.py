"""Refusals of the media.

DomainError
├── UnknownFileTypeError     the bytes are no picture or document that is taken in
├── FileTooLargeError        more bytes than are taken in
├── QuotaUsedUpError         one person handed in enough for a day
├── TooManyPixelsError       more pixels than are taken in
├── HiddenContentError       it carries programs, other files, or is of two kinds at once
├── FileNameError            its name is that of a folder or device, or is not what it looks like
└── UnreadableFileError      it begins like a picture or document, but cannot be read to its end
"""

from typing import ClassVar

from marketplace.kernel.errors import DomainError
from marketplace.kernel.i18n import _


class UnknownFileTypeError(DomainError):
    """The bytes are no picture or document that is taken in, whatever the file is called."""

    code: ClassVar[str] = "UNSUPPORTED_MEDIA_TYPE"
    field = "file"


class FileTooLargeError(DomainError):
    """The file has more bytes than are taken in."""

    code: ClassVar[str] = "FILE_TOO_LARGE"
    field = "file"

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            _("The file is too large: at most {megabytes} MB."),
            megabytes=megabytes,
        )


class QuotaUsedUpError(DomainError):
    """One person handed in as much within a day as is taken in."""

    code: ClassVar[str] = "QUOTA_USED_UP"
    field = "file"

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            _("You have sent {megabytes} MB within a day, which is the most. Try again tomorrow."),
            megabytes=megabytes,
        )


class TooManyPixelsError(DomainError):
    """The picture has more pixels than are taken in."""

    code: ClassVar[str] = "FILE_TOO_LARGE"
    field = "file"

    def __init__(self, megapixels: int) -> None:
        super().__init__(
            _("The picture is too large: at most {megapixels} million pixels."),
            megapixels=megapixels,
        )


class UnreadableFileError(DomainError):
    """The file begins like a picture or document, but cannot be read to its end."""

    field = "file"


class HiddenContentError(DomainError):
    """The file carries programs or other files, is locked, or is of two kinds at once."""

    code: ClassVar[str] = "UNSUPPORTED_MEDIA_TYPE"
    field = "file"


class FileNameError(DomainError):
    """The name is that of a folder or a device, or is not what it looks like."""

    field = "file"

    def __init__(self) -> None:
        super().__init__(
            _("The name of this file holds signs that are not taken. Please rename the file."),
        )
