# SPDX-License-Identifier: Apache-2.0
"""Whether an outcome says how anyone will know: a number that is no date or label, a grade, or a plain all."""

import re

from fingerpost.rules.plan_quality.parts.dates import MONTH

_ASIDE = re.compile(
    r"^(?:outcome |e\.? ?|o)?\(?\d{1,2}[.:)]?\s|\b(?:e|b|outcome |need )\d{1,2}\b"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{MONTH})\.? (?:19|20)\d\d\b|\b(?:19|20)\d\d\b"
    r"|\b(?:year|key stage|ks|years?) ?\d{1,2}\b|\bage(?:d| of)? \d{1,2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|hundred"
    r"|half|once|twice|one (?:\w+ )?(?:prompt|reminder|page|sentence|friend|week|day|hour|minute|in|out|of))\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:every|each|all) (?:of )?(?:\w+ ){0,3}\w+|\bno more than\b|\bat least\b|\bwithout (?:an? |any "
    r"|being )?\w+"
    r"|\bwith no \w+|\b(?:pass(?:es|ed)?|grade|gcse|a levels?|btec|certificate|qualification|diploma|licen[cs]e"
    r"|offer (?:for|of)|award|level \w+|standard score|baseline|score of|usual for|average for)\b"
    r"|\bin (?:his|her|their) own words\b|\bby (?:him|her|them)sel(?:f|ves)\b|\balone\b|\bindependently\b",
    re.IGNORECASE,
)


def stated(text: str) -> bool:
    """Whether the words hold anything that could be counted or plainly seen to be so."""
    return bool(_COUNTED.search(_ASIDE.sub(" ", text)) or _PLAIN.search(text))
