# SPDX-License-Identifier: Apache-2.0
"""How many minutes a school year a line of provision or advice comes to."""

import re

_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "an": 1,
    "a": 1,
    "half an": 0.5,
}
_LENGTH = re.compile(
    r"\b(\d+(?:\.\d+)?|one|two|three|five|six|ten|fifteen|twenty|thirty|forty-five|sixty|half an|an)[ "
    r"-]*(?:x )?(minutes?|mins?|hours?|hrs?)\b",
    re.IGNORECASE,
)
_UNITS = (
    r"week|day|fortnight|half[- ]term|term|month|year|morning|lesson|monday|tuesday|wednesday|thursday|friday"
)
_OFTEN = re.compile(
    r"\b(?:(\d+|one|two|three|four|five|once|twice)\s?(?:times|x|sessions|visits)?\s)?(?:a|per|each|every) (?:school )?"
    rf"({_UNITS})\b|\b(daily|weekly|fortnightly|monthly|half[- ]termly|termly)\b",
    re.IGNORECASE,
)
_YEARLY = {
    "day": 190,
    "school day": 190,
    "morning": 190,
    "lesson": 190,
    "week": 38,
    "monday": 38,
    "tuesday": 38,
    "wednesday": 38,
    "thursday": 38,
    "friday": 38,
    "fortnight": 19,
    "month": 10,
    "half term": 6,
    "half-term": 6,
    "term": 3,
    "year": 1,
    "daily": 190,
    "weekly": 38,
    "fortnightly": 19,
    "monthly": 10,
    "half termly": 6,
    "half-termly": 6,
    "termly": 3,
}


def minutes(line: str) -> float:
    """Minutes a school year that a line promises, as far as its first length and frequency say; 0 when unknown."""
    length, often = _LENGTH.search(line), _OFTEN.search(line)
    if not length:
        return 0.0
    minutes = _number(length[1]) * (60 if length[2].lower().startswith("h") else 1)
    if not often:
        return minutes
    times = {"once": 1.0, "twice": 2.0}.get((often[1] or "once").lower(), 0.0) or _number(often[1] or "one")
    return minutes * times * _YEARLY.get((often[2] or often[3]).lower().replace("-", " "), 38)


def _number(word: str) -> float:
    return float(_NUMBERS.get(word.lower(), 0)) or (float(word) if word.replace(".", "").isdigit() else 1.0)
