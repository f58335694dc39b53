# SPDX-License-Identifier: Apache-2.0
"""The form of a UK postcode, pseudo postcodes of ZZ99 included; whether it is in use is for the register to say."""

import re
from functools import lru_cache

OUTWARD = r"(?:[A-Z]{1,2}[0-9]{1,2}|[A-Z][0-9][A-HJKPSTUW]|[A-Z]{2}[0-9][ABEHMNPRVWXY]|GIR)"
AREA, PLACE = re.compile(f"{OUTWARD} ?"), re.compile("[0-9][ABD-HJLNP-UW-Z]{2}")
PSEUDO = re.compile(r"ZZ99 ?[0-9][A-Z]{2}")


def is_pseudo(text: str) -> bool:
    """True for a ZZ99 postcode: no fixed address, or an address abroad or unknown."""
    return PSEUDO.fullmatch(text.strip().upper()) is not None


def check_postcode(text: str) -> str | None:
    """What is wrong with the form of a postcode, in plain words; None when nothing is."""
    if _is_area(text[:-3]) and _is_place(text[-3:]):  # most are written right
        return None
    capital = text.strip().upper()
    if (_is_area(capital[:-3]) and _is_place(capital[-3:])) or is_pseudo(capital):
        return None
    return "this is not the form of a UK postcode, such as PR1 8XJ"


@lru_cache(maxsize=4096)
def _is_area(first: str) -> bool:
    """What stands before the last three; there are some three thousand in use."""
    return AREA.fullmatch(first) is not None


@lru_cache(maxsize=4096)
def _is_place(last: str) -> bool:
    return PLACE.fullmatch(last) is not None


def squeezed(text: str) -> str:
    """The postcode without blanks and in capitals, to compare by."""
    return "".join(text.split()).upper()
