# SPDX-License-Identifier: AGPL-3.0-or-later
"""The readable answer of `fingerpost clocks`: one block a case, one line a duty, with reasons on request."""

from typing import Any


def case(answer: dict[str, Any], *, explain: bool) -> str:
    """One case in words."""
    name = f"Case {answer['id']}" if "id" in answer else "Case"
    if "error" in answer:
        return f"{name}: not answered. {answer['error']['message']}\n\n"
    lines = [f"{name} (law as held on {answer['law_version']})"]
    for duty in answer["duties"]:
        lines += _duty(duty, explain)
    if not answer["duties"]:
        lines.append("  Nothing in this case starts a clock.")
    return "\n".join(lines) + "\n\n"


def _duty(duty: dict[str, Any], explain: bool) -> list[str]:
    due = f", due {duty['due']}" if duty["due"] else ""
    late = f", {duty['days_late']} days late" if duty["days_late"] else ""
    lines = [f"  {duty['id']}: {duty['verdict'].replace('_', ' ')}{due}{late}"]
    if explain:
        lines.append(f"    {duty['title']} ({duty['citation']}; {duty['certainty']})")
        lines += [f"    - {reason}" for reason in duty["because"]]
    return lines
