# SPDX-License-Identifier: Apache-2.0
"""The same finding in a family's words: short, kind, second person, no terms of the trade."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import phrases


def words(finding: Finding, timeline: Timeline) -> tuple[str, ...]:
    """What started it, what must happen by when, where that stands, what you can do."""
    if (
        finding.past and finding.duty.one_outcome
    ):  # the decision went one way or the other: nothing to wait for
        return ()
    lines = [_start(finding), _must(finding, timeline), _stands(finding), _step(finding)]
    return tuple(line for line in lines if line)


def _start(finding: Finding) -> str:
    if finding.started is None or finding.start_name not in phrases():
        return ""
    return f"{phrases()[finding.start_name]['family']} on {dates.plain(finding.started)}."


def _must(finding: Finding, timeline: Timeline) -> str:
    words, due = finding.duty.family, finding.due
    if finding.verdict in ("not_applicable", "not_started", "relieved"):
        return ""
    if "{due}" not in words:
        return words
    if due is None:
        return ""
    if finding.if_so and finding.duty.one_outcome:
        only = finding.duty.one_outcome.binds
        return f"The time limit is for {only} only. Its last day was {dates.plain(due)}."
    return (_LAST_DAY if _over(finding, timeline, due) else words).format(due=dates.plain(due))


def _over(finding: Finding, timeline: Timeline, due: int) -> bool:
    """Done, or its day has gone by and nobody is bound to act any more: no longer said of the future."""
    gone_by = timeline.today is not None and timeline.today > due
    return (
        finding.closed is not None or finding.past or (gone_by and finding.verdict in ("lawful", "unknown"))
    )


def _stands(finding: Finding) -> str:
    one = finding.duty.one_outcome
    if one and finding.if_so and finding.verdict == "unknown":
        return f"We do not know {one.of}, so nobody can say that this is late."
    if finding.past:
        return "This has happened, but we do not have its day. It does not mean that it was late."
    on = dates.plain(finding.closed) if finding.closed is not None else ""
    late = finding.days_late or 0
    count = "1 day" if late == 1 else f"{late} days"
    if finding.closed is not None and finding.verdict in _DONE:
        return _DONE[finding.verdict].format(on=on, late=count)
    return _OPEN.get(finding.verdict, "").format(late=count)


# how sure the law is, where it is not settled
DOUBT = {
    "literal-reading": "This follows the law to the letter. It could be read in another way.",
    "derived": "This is worked out from the law. It is not written there in so many words.",
    "presumption": "This rests on the day on which post usually arrives.",
    "ambiguous-boundary": "One day of this is open to argument. The earlier day is the safe one.",
    "guidance-reading": "This comes from how guidance is usually read.",
    "secondary-source": "We know this from a trusted account, not from the text of the law itself.",
    "unconfirmed": "We could not confirm this in the text of the law.",
}
_LAST_DAY = "The last day for this was {due}."
_DONE = {
    "in_time": "This was done on {on}, in time.",
    "breach": "This was done on {on}. That was {late} late.",
    "not_relieved": "This was done on {on}. That was {late} late, and the reason given does not excuse it.",
}
_OPEN = {
    "not_yet_due": "There is still time for this.",
    "breach": "This has not been done. It is {late} late.",
    "breach_unavoidable": "This can no longer be done both fairly and in time.",
    "not_relieved": "A reason was given for needing longer. The law does not accept it for this step.",
    "relieved": "Something unusual happened, so the fixed date no longer applies. It must still be done soon.",
    "unknown": "We do not have all the dates for this, so we cannot say more yet. It does not mean that it is late.",
    "not_started": "This has not begun.",
    "not_applicable": "This step is not needed now.",
    "guidance_only": "This time comes from national guidance. It is what should happen, but it is not law.",
}


def _step(finding: Finding) -> str:
    """What a family can do if it did not happen."""
    late = (
        finding.verdict in ("breach", "not_relieved")
        and finding.closed is None
        and (finding.days_late or 0) > 0
    )
    return f"What you can do: {finding.duty.family_step}" if late and finding.duty.family_step else ""
