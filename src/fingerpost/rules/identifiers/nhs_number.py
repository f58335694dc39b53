# SPDX-License-Identifier: Apache-2.0
"""The NHS number: ten digits, the last a check digit. It is no part of SEN2."""


def nhs_check_digit(digits9: str) -> str | None:
    """The tenth digit for these nine; None when no number with them is issued."""
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits9, strict=True))
    digit = (11 - total % 11) % 11
    return None if digit == 10 else str(digit)


def check_nhs_number(text: str) -> str | None:
    """What is wrong with an NHS number, in plain words; blanks in the usual 3 3 4 grouping are allowed."""
    digits = text.replace(" ", "")
    if not (len(digits) == 10 and digits.isascii() and digits.isdigit()):
        return "an NHS number is ten digits"
    if nhs_check_digit(digits[:9]) != digits[9]:
        return (
            "the last digit of the NHS number does not fit the rest: a digit was mistyped or two were swapped"
        )
    return None
