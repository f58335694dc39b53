# SPDX-License-Identifier: AGPL-3.0-or-later
"""Made-up cases for the bench of the clocks: 6 to 15 events each, as JSON lines, repeatable by seed."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta

_CHAIN = (
    ("request_received", 0, 0), ("decision_notified", 25, 80), ("advice_requested_from_head", 1, 9),
    ("advice_requested_from_ep", 0, 5), ("cooperation_request_received", 1, 6), ("advice_supplied", 30, 60),
    ("draft_served", 20, 90), ("setting_consulted", 1, 9), ("setting_replied", 5, 25), ("final_sent", 10, 60),
    ("plan_first_made", 0, 0), ("review_meeting", 300, 370), ("review_decision_notified", 10, 60),
    ("amendment_notice_sent", 0, 3), ("amended_final_sent", 30, 80),
)  # fmt: skip
_FIRST = date(
    2022, 1, 3
)  # early enough that the longest chain ends before `today`: an error is answered too cheaply


def lines(count: int, seed: int = 1) -> Iterator[bytes]:
    """One case a line."""
    dice = random.Random(seed)
    for number in range(count):
        yield json.dumps(_case(number, dice)).encode() + b"\n"


def _case(number: int, dice: random.Random) -> dict[str, object]:
    on = _FIRST + timedelta(days=dice.randrange(900))
    events = []
    for name, least, most in _CHAIN[: dice.randint(6, 15)]:
        on += timedelta(days=dice.randint(least, most))
        events.append({"event": name, "on": on.isoformat()})
    born = date(2008, 1, 1) + timedelta(days=dice.randrange(4000))
    facts = {"date_of_birth": born.isoformat(), "assessment_decision": "assess", "requester": "setting"}
    return {"id": f"case-{number}", "today": "2026-11-02", "events": events, "facts": facts}
