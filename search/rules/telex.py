"""Reading what a Vietnamese keyboard left undone: "mieens dong", "mie6n1 dong".

Telex and VNI write marks as further letters or digits of a syllable; with the input method off
they stay there. The rules are those of the two methods as every Vietnamese keyboard has them.
"""

import re
import unicodedata
from typing import Final

_TELEX_TONES: Final = {
    "s": "\u0301",
    "f": "\u0300",
    "r": "\u0309",
    "x": "\u0303",
    "j": "\u0323",
}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_DOUBLES: Final = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_VNI_SHAPES: Final = {"6": ("aeo", "\u0302"), "7": ("ou", "\u031b"), "8": ("a", "\u0306")}
_VOWELS: Final = "aeiouyăâêôơư"
_SYLLABLE: Final = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    rf"[{_VOWELS}]{{1,3}}"
    r"(ch|ng|nh|[cmnpt])?",
)


def decode_keys(text: str) -> str | None:
    """The text as it was meant, or None when no word looks like leftover keys."""
    typed = text.split()
    decoded = [_decode_word(word.casefold()) for word in typed]
    if all(meant is None for meant in decoded):
        return None
    return " ".join(meant or word for meant, word in zip(decoded, typed, strict=True))


def _decode_word(word: str) -> str | None:
    if not word.isascii() or not word.isalnum():
        return None
    for decode in (_from_vni, _from_telex):
        letters, tone = decode(word)
        meant = unicodedata.normalize("NFC", letters)
        if (meant != word or tone) and _SYLLABLE.fullmatch(meant):
            return _with_tone(meant, tone)
    return None


def _from_telex(word: str) -> tuple[str, str]:
    tone = ""
    body = word
    tones = [index for index, sign in enumerate(word) if sign in _TELEX_TONES and index > 0]
    if tones and any(vowel in word[: tones[-1]] for vowel in _VOWELS):
        tone = _TELEX_TONES[word[tones[-1]]]
        body = word[: tones[-1]] + word[tones[-1] + 1 :]
    for keys, letter in _DOUBLES.items():
        body = body.replace(keys, letter)
    body = body.replace("uow", "ươ").replace("uwow", "ươ").replace("uwo", "ươ")
    body = re.sub("([aou])([bcdghklmnpt]*)w", _telex_hook, body)
    return re.sub("([aeod])([^aeodw]+)\\1$", _telex_late_double, body), tone


def _telex_hook(found: re.Match[str]) -> str:
    return {"a": "ă", "o": "ơ", "u": "ư"}[found[1]] + found[2]


def _telex_late_double(found: re.Match[str]) -> str:
    return _DOUBLES[found[1] * 2] + found[2]


def _from_vni(word: str) -> tuple[str, str]:
    tone = ""
    letters: list[str] = []
    for sign in word:
        if not letters or not sign.isdigit():
            letters.append(sign)
        elif sign in _VNI_TONES:
            tone = _VNI_TONES[sign]
        elif sign == "9" and "d" in letters:
            letters[letters.index("d")] = "đ"
        elif sign in _VNI_SHAPES:
            _shape(letters, *_VNI_SHAPES[sign])
        else:
            letters.append(sign)
    return "".join(letters), tone


def _shape(letters: list[str], vowels: str, sign: str) -> None:
    places = [index for index, letter in enumerate(letters) if letter in vowels]
    if sign == "\u031b" and len(places) > 1 and letters[places[-2]] == "u":
        letters[places[-2]] = "ư"
    if places:
        letters[places[-1]] = unicodedata.normalize("NFC", letters[places[-1]] + sign)


def _with_tone(word: str, tone: str) -> str:
    if not tone:
        return word
    places = [index for index, sign in enumerate(word) if sign in _VOWELS]
    if len(places) > 1 and word[: places[0] + 1] in {"qu", "gi"}:
        places = places[1:]
    place = _tone_place(word, places)
    return unicodedata.normalize("NFC", word[: place + 1] + tone + word[place + 1 :])


def _tone_place(word: str, places: list[int]) -> int:
    shaped = [index for index in places if word[index] in "ăâêôơư"]
    if shaped:
        return shaped[-1]
    is_closed = places[-1] < len(word) - 1
    if len(places) == 1 or (is_closed and len(places) > 1):
        return places[-1]
    return places[1] if len(places) > 2 else places[0]  # noqa: PLR2004 - three vowels: the middle
