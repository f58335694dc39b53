# SPDX-License-Identifier: Apache-2.0
"""What a stretch of text carries: an amount, a person, a place, a date of checking. Each is one question."""

import re
from collections.abc import Callable

from fingerpost.rules.plan_quality.parts import amounts

TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir)\.? [A-Z]\w*")
_COUNT = re.compile(
    rf"\b{amounts.NUMBER} (?:\w+[ -]){{0,3}}(?:times|visits?|sessions?|meetings?|days|lessons|calls|hours"
    r"|minutes|mins|weeks)\b|\b(?:once|twice)\b",
    re.IGNORECASE,
)
_RATIO_NUMBER = re.compile(
    r"\d ?: ?\d|\b(?:no more than|at most|maximum(?: of)?|max\.?|up to|of|with|not more than|fewer than"
    rf"|and|plus) (?:about )?{amounts.NUMBER}\b(?! ?(?:min|hour|week|term|day|time|sess))"
    rf"|\b{amounts.NUMBER} (?:\w+ )?(?:pupils|children|peers|classmates|students|others)\b|\bof "
    rf"{amounts.NUMBER}\b|\bin pairs\b",
    re.IGNORECASE,
)

Question = Callable[[str], "re.Match[str] | None"]

QUESTIONS: dict[str, Question] = {
    "amount": amounts.AMOUNT.search,
    "duration": amounts.DURATION.search,
    "frequency": amounts.FREQUENCY.search,
    "until": amounts.UNTIL.search,
    "ratio": amounts.RATIO.search,
    "ratio_number": _RATIO_NUMBER.search,
    "place": amounts.PLACE.search,
    "check": amounts.CHECK.search,
    "training": amounts.TRAINING.search,
    "count": _COUNT.search,
    "titled": TITLED.search,
    "floor": amounts.FLOOR.search,
    "group": amounts.GROUP.search,
}
