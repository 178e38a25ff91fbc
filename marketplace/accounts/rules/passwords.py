"""Which passwords are good enough."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from marketplace.kernel.errors import Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold

SHORTEST: Final = 8
LONGEST: Final = 256
SHORTEST_SIMILAR: Final = 4

# What lists of stolen passwords begin with, and what people here add to them.
_COMMON: Final = """
password password1 password123 passw0rd p@ssw0rd p@ssword qwertyuiop qwerty123 qwerty12 1q2w3e4r
1qaz2wsx zaq12wsx q1w2e3r4 asdfghjkl zxcvbnm123 iloveyou iloveyou1 sunshine princess football
baseball superman trustno1 letmein1 welcome1 welcome123 admin123 administrator changeme whatever
starwars monkey123 dragon123 abcd1234 abc12345 abcdefgh aaaaaaaa a1234567 aa123456 aa12345678
a123456789 123456aa 123456abc 1234qwer 123qweasd qweasdzxc qazwsxedc matkhau1 matkhau123 matkhau12
anhyeuem emyeuanh yeuem123 vietnam1 vietnam123 hanoi123 saigon123 khongbiet khongnho quenmatkhau
motconvit motconvitxoera backan123 thainguyen thainguyen20 hobabe123 conyeume bongda123 doraemon
"""
COMMON: Final = frozenset(_COMMON.split())


def normal_password(password: str) -> str:
    """The password in Unicode's composed form: some keyboards send "ế" in three pieces."""
    return unicodedata.normalize("NFC", password)


def password_problems(
    password: str,
    known: Iterable[str] = (),
    field: str = "password",
) -> Sequence[Problem]:
    """What is wrong with a new password, empty when it is good.

    Args:
        password: in its normal form.
        known: what others know of the person: address, number, names.
        field: the input field the problems are told of.
    """
    folded = fold(password)
    if len(password) < SHORTEST:
        message = _("The password needs at least {count} characters.")
        return [Problem(field, message, "PASSWORD_TOO_SHORT", {"count": SHORTEST})]
    if len(password) > LONGEST:
        return [Problem(field, _("The password is too long."), "INVALID")]
    if password.isdigit():
        message = _("The password must not be made of digits only.")
        return [Problem(field, message, "PASSWORD_ENTIRELY_NUMERIC")]
    if folded in COMMON or len(set(folded)) == 1:
        message = _("Many people use this password. Please choose another.")
        return [Problem(field, message, "PASSWORD_TOO_COMMON")]
    if any(_is_similar(folded, fold(word)) for word in known):
        message = _("The password is too close to your name or address.")
        return [Problem(field, message, "PASSWORD_TOO_SIMILAR")]
    return []


def _is_similar(password: str, word: str) -> bool:
    bare = word.partition("@")[0]
    if len(bare) < SHORTEST_SIMILAR:
        return False
    return password in {word, bare} or (bare in password and len(password) - len(bare) <= 2)  # noqa: PLR2004 - a digit or two more do not help
