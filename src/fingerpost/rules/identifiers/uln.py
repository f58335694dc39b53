# SPDX-License-Identifier: Apache-2.0
"""The unique learner number: ten digits, the last a check digit."""


def uln_check_digit(digits9: str) -> str | None:
    """The tenth digit for these nine; None when no number with them can be issued."""
    remainder = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits9, strict=True)) % 11
    return None if remainder == 0 else str(10 - remainder)


def check_form(text: str) -> str | None:
    """The fault in the shape."""
    if not (len(text) == 10 and text.isascii() and text.isdigit()):
        return "a ULN is ten digits"
    return "a ULN does not start with 0" if text[0] == "0" else None


def check_digit(text: str) -> str | None:
    """The fault in the check digit of a number of the right shape."""
    if uln_check_digit(text[:9]) != text[9]:
        return "the last digit of the ULN does not fit the rest: a digit was mistyped or two were swapped"
    return None


def check_uln(text: str) -> str | None:
    """What is wrong with a ULN, in plain words; None when nothing is."""
    return check_form(text) or check_digit(text)
