# SPDX-License-Identifier: Apache-2.0
"""The unique pupil number: a check letter, an authority, a school, a year and a serial.

A UPN is a blind number: no message here repeats it.
"""

from collections.abc import Callable
from functools import lru_cache
from operator import mul

from fingerpost.rules.identifiers import areas

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # I, O and S are left out, so that A is 0 and Z is 22
WEIGHTS = range(2, 14)
VALUES = {str(digit): digit for digit in range(10)} | {letter: value for value, letter in enumerate(LETTERS)}


def upn_check_letter(rest: str) -> str:
    """The letter that stands before these twelve characters (eleven digits, then a digit or letter)."""
    return LETTERS[sum(map(mul, WEIGHTS, map(VALUES.__getitem__, rest))) % 23]


def is_temporary(upn: str) -> bool:
    """True when the number ends in a letter."""
    return upn[-1:].isalpha()


def check_form(text: str) -> str | None:
    """The fault in the shape: one letter, eleven digits, and a digit or a letter."""
    if len(text) != 13:
        return f"a UPN has 13 characters, this has {len(text)}"
    if not (text.isascii() and text[0].isalpha() and text[1:12].isdigit() and text[12].isalnum()):
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


@lru_cache(maxsize=16)
def faults(text: str) -> dict[str, str]:
    """Every fault of a UPN by the part it is in: form, last, area, letter. A wrong form hides the rest."""
    form = check_form(text)
    if form:
        return {"form": form}
    tests = {part: test for part, test in TESTS.items() if part != "letter" or check_last(text) is None}
    return {part: fault for part, test in tests.items() if (fault := test(text))}


def check_upn(text: str) -> str | None:
    """What is wrong with a UPN, in plain words; None when nothing is."""
    return next(iter(faults(text).values()), None)
