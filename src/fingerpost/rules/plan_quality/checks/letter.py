# SPDX-License-Identifier: Apache-2.0
"""The letter that goes with a plan, and who gets a copy: SEND Regulations 2014 regs 13 and 14."""

import re
from collections.abc import Iterator, Mapping

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_DAYS = re.compile(r"\b(\d{1,2}|fifteen|twenty|twenty-one) (?:calendar |clear )?days\b", re.IGNORECASE)
_WORDS = {"fifteen": 15, "twenty": 20, "twenty-one": 21}
_DRAFT = {
    "the right to ask for a setting": (
        r"(?:ask|request|prefer\w*|choose|tell us)\b.{0,80}"
        r"(?:school|setting|institution|college|nursery)"
    ),
    "the right to a meeting": r"\bmeet(?:ing)?\b",
}
_FINAL = {
    "the right to appeal": r"\bappeal\b",
    "the time limit of an appeal": r"\b(?:two|2) months\b|\bone month\b|\b1 month\b",
    "mediation": r"\bmediat\w+",
    "information, advice and support": r"\bsendiass\b|information,? advice and support|advice and support service",
}
_COPIES = {
    "the parent or young person": r"parent|mother|father|mum|dad|carer|family|young person|guardian",
    "the named setting": r"school|setting|college|nursery|academy|head|senco|principal|institution",
    "the health commissioner": r"icb|integrated care|health|nhs|dco",
}


def _lacking(text: str, wanted: Mapping[str, str]) -> list[str]:
    return [
        what for what, pattern in wanted.items() if not re.search(pattern, text, re.IGNORECASE | re.DOTALL)
    ]


@check("L04")
def letter_of_a_draft(study: Study) -> Iterator[Spot]:
    """The letter with a draft gives 15 days, the right to ask for a setting and to meet."""
    letter = study.brief.letter or ""
    if study.brief.stage != "draft":
        return
    given = [_WORDS.get(mark[1].lower()) or int(mark[1]) for mark in _DAYS.finditer(letter)]
    if max(given, default=0) < 15:
        said = f"gives {max(given)} days" if given else "gives no number of days"
        yield whole.document(f"The letter {said} for comments; at least 15 are owed.")
    if lacking := _lacking(letter, _DRAFT):
        yield whole.document(f"The letter says nothing of {' or of '.join(lacking)}.")


@check("L06")
def letter_of_a_final_plan(study: Study) -> Iterator[Spot]:
    """The letter with a final plan tells of the appeal, its time limit, mediation and advice."""
    if study.brief.stage == "final" and (lacking := _lacking(study.brief.letter or "", _FINAL)):
        yield whole.document(f"The letter says nothing of {', '.join(lacking)}.")


@check("L07")
def copies_to_everyone(study: Study) -> Iterator[Spot]:
    """Family, named setting and health commissioner get the final plan."""
    sending = study.brief.dispatch
    if sending is None or study.brief.stage != "final":
        return
    copied = " ; ".join((sending.to, *sending.copies))
    if lacking := _lacking(copied, _COPIES):
        yield whole.document(f"No copy is recorded for {', '.join(lacking)}.")
