# SPDX-License-Identifier: AGPL-3.0-or-later
"""The readable answer of `fingerpost clocks`: one block a case, one line a duty, with reasons on request."""

from typing import Any

from fingerpost.rules.duties.family import DOUBT

_NOTED = ("not_applicable", "not_started")  # nothing to tell a family about


def case(answer: dict[str, Any], *, explain: bool) -> str:
    """One case in an officer's words."""
    if "error" in answer:
        return _refused(answer)
    lines = [f"{_name(answer)} (law as held on {answer['law_version']})"]
    for duty in answer["duties"]:
        lines += _duty(duty, explain)
    if not answer["duties"]:
        lines.append("  Nothing in this case starts a clock.")
    if explain and answer["results"]:
        lines += ["  Results", *(f"    {name}: {_shown(value)}" for name, value in answer["results"].items())]
    return "\n".join(lines) + "\n\n"


def family(answer: dict[str, Any]) -> str:
    """One case in a family's words: only what begins, runs or ended."""
    if "error" in answer:
        return _refused(answer)
    told = [duty for duty in answer["duties"] if duty["family"] and duty["verdict"] not in _NOTED]
    lines = [_name(answer)]
    for duty in told:
        lines += [f"  {duty['family_title']}", *(f"    {words}" for words in duty["family"])]
        if duty["certainty"] in DOUBT:
            lines.append(f"    {DOUBT[duty['certainty']]}")
    if not told:
        lines.append("  Nothing in this case has begun yet.")
    return "\n".join(lines) + "\n\n"


def _name(answer: dict[str, Any]) -> str:
    return f"Case {answer['id']}" if "id" in answer else "Case"


def _refused(answer: dict[str, Any]) -> str:
    return f"{_name(answer)}: not answered. {answer['error']['message']}\n\n"


def _duty(duty: dict[str, Any], explain: bool) -> list[str]:
    doubt = "" if duty["certainty"] == "settled" else f" ({_plain(duty['certainty'])})"
    lines = [f"  {duty['id']}: {_plain(duty['verdict'])}{_days(duty)}{doubt}"]
    if _at_odds(duty):
        lines.append(
            f"    The family may comment until the day before {duty['earliest']}, so this cannot lawfully be done"
            f" by {duty['due']}: the two cannot both be kept."
        )
    if explain:
        holder = f"; the right is the {_plain(duty['right_holder'])}'s" if "right_holder" in duty else ""
        lines.append(f"    {duty['title']} ({duty['citation']}; {_plain(duty['strength'])}{holder})")
        lines += [f"    - {reason}" for reason in duty["because"]]
    return lines


def _at_odds(duty: dict[str, Any]) -> bool:
    """Still open, and the first lawful day lies after the last."""
    still_open = duty["verdict"] in ("breach", "breach_unavoidable", "not_relieved")
    first, last = duty.get("earliest"), duty["due"]
    return still_open and "closed_on" not in duty and bool(first and last and first > last)


def _days(duty: dict[str, Any]) -> str:
    """The dates of one duty: a limit, or the two days of a doubt, or the first lawful day."""
    due = f", due {duty['due']}" if duty["due"] else ""
    if "latest_safe" in duty:
        due = f", safe until {duty['latest_safe']}, arguable until {duty['latest_arguable']}"
    earliest = f", not before {duty['earliest']}" if "earliest" in duty else ""
    late = duty["days_late"] or 0
    return due + earliest + (f", {late} day{'' if late == 1 else 's'} late" if late else "")


def _plain(word: str) -> str:
    return word.replace("_", " ").replace("-", " ")


def _shown(value: object) -> str:
    """A named result: yes and no, none, or the words themselves."""
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return ", ".join(map(str, value)) or "nothing" if isinstance(value, list) else str(value)
