# SPDX-License-Identifier: Apache-2.0
"""Whether recipient, address and attachments of a dispatch belong to this child (plan-quality 10, P08)."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.leaks import foreign
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.brief import Person
from fingerpost.rules.plan_quality.parts.dispatch import Dispatch
from fingerpost.rules.plan_quality.parts.study import Study

_LISTS = (".csv", ".xls", ".xlsx", ".ods", ".xml")


@check("P08")
def sent_to_the_right_people(study: Study) -> Iterator[Spot]:
    """Recipient, address, case number and attachments belong together; no blind copies; no lists of children."""
    child, sending = study.brief.child, study.brief.dispatch
    if child is not None and sending is not None:
        for fault in (*_recipient(child, sending), *_attached(study, sending)):
            yield whole.document(fault)


def _recipient(child: Person, sending: Dispatch) -> Iterator[str]:
    if child.case_number and foreign.bare(sending.case_number) not in {"", foreign.bare(child.case_number)}:
        yield "The dispatch belongs to another case number than the child's record."
    if sending.address and child.address and _plain(sending.address) != _plain(child.address):
        yield "The address of the dispatch is not the address on the child's record."
    if sending.to and not _knows(child, sending.to):
        yield "The recipient is neither the child nor among the family, staff and settings on the child's record."
    if sending.blind_copies:
        yield f"The message has {len(sending.blind_copies)} blind copies; nobody may be copied unseen."


def _attached(study: Study, sending: Dispatch) -> Iterator[str]:
    elsewhere = foreign.of(study.brief.others or ())
    mine = foreign.known(study.brief.child, study.text)
    for number, name in enumerate(sending.attachments, start=1):
        words = re.sub(r"[_.-]+", " ", name)
        if name.lower().endswith(_LISTS):
            yield f"Attachment {number} is a table; lists of children are never sent by mail."
        elif any(foreign.names(words, elsewhere, mine)) or any(
            foreign.numbers(words, elsewhere, frozenset())
        ):
            yield f"The name of attachment {number} holds another child's name or number."


def _knows(child: Person, recipient: str) -> bool:
    said = set(_plain(recipient).split())
    names = (f"{child.first_name} {child.last_name}", *child.family, *child.staff, *child.settings)
    return any(set(_plain(name).split()) & said for name in names if name.strip())


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", words.lower()))
