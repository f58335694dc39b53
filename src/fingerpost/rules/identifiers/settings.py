# SPDX-License-Identifier: Apache-2.0
"""Numbers of schools and providers: URN of the schools register, UKPRN of the provider register."""

from functools import lru_cache


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


@lru_cache(maxsize=4096)
def check_urn(text: str) -> str | None:
    """What is wrong with the form of a URN; whether the school exists is for the register to say."""
    if not _digits(text, 6):
        return "a URN is six digits"
    return "URNs start at 100000" if text < "100000" else None


def check_ukprn(text: str) -> str | None:
    """What is wrong with the form of a UKPRN; whether the provider exists is for the register to say."""
    if not _digits(text, 8):
        return "a UKPRN is eight digits"
    return None if text[0] == "1" else "a UKPRN starts with 1"
