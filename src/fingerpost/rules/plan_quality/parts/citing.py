# SPDX-License-Identifier: Apache-2.0
"""The needs that a line of provision names by number, as in "for needs 1 and 2", "B1 to B3" or "For 2.1:"."""

import re
from collections.abc import Iterator

_N = r"\(?\d{1,2}(?:\.\d{1,2})?\)?"
_MORE = r"(?:\s*(?:,|;|&|-|/|\u2013|\band\b|\bto\b)){1,3}\s*(?:B\.?\s?|needs? )?"
_LIST = (
    rf"{_N}(?:{_MORE}{_N})*(?![\d.]*\d)"
    r"(?!\s*(?:min|hours?|hrs?|weeks?|days?|times|sessions?|per ?cent|%|[ap]m\b|years?|months?))"
)
_ITEM = r"(?:F[\s.]{0,2}\(?\d{0,2}[\d.]{0,3}\)?|\(?\d{1,2}(?:\.\d{1,2})?[.)]?|[-*])?"
_LEAD = re.compile(
    rf"^\W{{0,6}}{_ITEM}[\s.:(*]{{0,6}}(?:for|to meet|meets) (?:needs? |B\.?\s?)?({_LIST})", re.IGNORECASE
)
# "F3 (2)" stands for "F3, for need 2".
_BESIDE = re.compile(rf"^\W{{0,6}}F\.?\s?\d{{1,2}}\W{{0,4}}[(\[]({_LIST})[)\]]?")
_NAMED = re.compile(rf"\b(?:[Nn]eeds?\s|B\.?\s?(?=[\d(]))({_LIST})")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")


def cited(text: str) -> tuple[str, ...]:
    """Labels of the needs named anywhere in the text."""
    lists = [mark[1] for mark in _NAMED.finditer(text)]
    if lead := _LEAD.match(text) or _BESIDE.match(text):
        lists.append(lead[1])
    return tuple(dict.fromkeys(f"B{number}" for listed in lists for number in _numbers(listed)))


def _numbers(listed: str) -> Iterator[str]:
    numbers = _NUMBER.findall(listed)
    if len(numbers) == 2 and re.search(r"\bto\b|[-\u2013]", listed) and all(map(str.isdigit, numbers)):
        first, last = map(int, numbers)
        yield from map(str, range(first, min(last, first + 20) + 1))
    else:
        yield from numbers
