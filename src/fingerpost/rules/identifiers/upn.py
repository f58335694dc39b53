# SPDX-License-Identifier: Apache-2.0
"""The unique pupil number: a check letter, an authority, a school, a year and a serial.

A UPN is a blind number: no message here repeats it.
"""

import re
from collections.abc import Callable

from fingerpost.rules.identifiers import areas

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # I, O and S are left out, so that A is 0 and Z is 22
WEIGHTS = range(2, 14)
FORM = re.compile(r"[A-Za-z][0-9]{11}[A-Za-z0-9]")
DIGITS = {str(digit): digit for digit in range(10)}
VALUES = DIGITS | {letter: value for value, letter in enumerate(LETTERS)}


class _Weighed(dict[str, int]):
    """Three characters of a number, each times the weight of its place; few threes are ever met, so each is kept.

    A `KeyError` means that one of them cannot stand there: only the last of all may be a letter.
    """

    def __init__(self, start: int) -> None:
        known = (DIGITS, DIGITS, VALUES if start == 9 else DIGITS)
        self.places = tuple(zip(WEIGHTS[start : start + 3], known, strict=True))

    def __missing__(self, three: str) -> int:
        held = self[three] = sum(
            weight * known[one] for (weight, known), one in zip(self.places, three, strict=True)
        )
        return held


FIRST, SECOND, THIRD, LAST = (_Weighed(start) for start in (0, 3, 6, 9))


def upn_check_letter(rest: str) -> str:
    """The letter that stands before these twelve characters (eleven digits, then a digit or letter)."""
    return LETTERS[(FIRST[rest[:3]] + SECOND[rest[3:6]] + THIRD[rest[6:9]] + LAST[rest[9:]]) % 23]


def is_right(text: str) -> bool:
    """Nothing is wrong with this UPN. `faults` says what is; most are right, and this is quicker."""
    try:
        return len(text) == 13 and text[1:4] in areas.in_upn() and text[0] == upn_check_letter(text[1:])
    except KeyError:
        return False


def is_temporary(upn: str) -> bool:
    """True when the number ends in a letter."""
    return upn[-1:].isalpha()


def check_form(text: str) -> str | None:
    """The fault in the shape: one letter, eleven digits, and a digit or a letter."""
    if len(text) != 13:
        return f"a UPN has 13 characters, this has {len(text)}"
    if not FORM.fullmatch(text):
        return "a UPN is one letter, eleven digits, and a digit or a letter"
    return None


def check_last(text: str) -> str | None:
    """The fault in the last character of a number of the right shape."""
    if text[12] not in VALUES:
        return "the last character of a UPN is a digit, or a capital letter other than I, O and S"
    return None


def check_area(text: str) -> str | None:
    """The fault in characters 2 to 4 of a number of the right shape."""
    if text[1:4] not in areas.in_upn():
        return f"characters 2 to 4 of the UPN, {text[1:4]}, are not the number of a local authority"
    return None


def check_letter(text: str) -> str | None:
    """The fault in the check letter of a number of the right shape with a right last character."""
    if text[0] != upn_check_letter(text[1:]):
        return (
            "the first letter of the UPN does not fit the rest: a character was mistyped or two were swapped"
        )
    return None


TESTS: dict[str, Callable[[str], str | None]] = {
    "form": check_form,
    "last": check_last,
    "area": check_area,
    "letter": check_letter,
}


def faults(text: str) -> dict[str, str]:
    """Every fault of a UPN by the part it is in: form, last, area, letter. A wrong form hides the rest."""
    if is_right(text):
        return {}
    form = check_form(text)
    if form:
        return {"form": form}
    tests = {part: test for part, test in TESTS.items() if part != "letter" or check_last(text) is None}
    return {part: fault for part, test in tests.items() if (fault := test(text))}


def check_upn(text: str) -> str | None:
    """What is wrong with a UPN, in plain words; None when nothing is."""
    return next(iter(faults(text).values()), None)
