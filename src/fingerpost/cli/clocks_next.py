# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost clocks --next` and `--may`: which steps are lawful now in one case, and why another is not."""

from datetime import date

import orjson

from fingerpost.cli import clocks_single
from fingerpost.cli.errors import Unusable
from fingerpost.rules.duties import states
from fingerpost.rules.duties.facts import CaseFacts
from fingerpost.rules.duties.state_steps import LINES, Choice
from fingerpost.rules.duties.state_steps import steps as all_steps


def steps(name: str, *, as_json: bool) -> int:
    """Where the case stands on each line, and every step that leads on from there."""
    case, today = _case(name, "--next")
    lines = {line: states.state(case, line) for line in LINES}
    found = {line: states.next_steps(case, today=today, line=line) for line in LINES}
    if as_json:
        rows = {
            line: {"state": lines[line], "steps": [_row(choice) for choice in found[line]]} for line in LINES
        }
        print(orjson.dumps(rows).decode())
        return 0
    for line in LINES:
        print(f"{LINES[line]}: {lines[line]}")
        print("\n".join(_words(choice) for choice in found[line]) or "  no step leads on from here")
    return 0


def may(name: str, event: str, *, as_json: bool) -> int:
    """May this step be taken today? If not, why, for each line on which it is a step."""
    main = clocks_single.event_name(event)
    case, today = _case(name, "--may")
    lines = [line for line in LINES if any(step.event == main for step in all_steps(line))]
    if not lines:
        raise Unusable(
            f"--may: '{main}' moves a case to no other state; steps are listed in docs/law/states.md"
        )
    found = {line: states.why_not(case, main, today=today, line=line) for line in lines}
    if as_json:
        print(orjson.dumps({line: {"lawful": not why, "why": why} for line, why in found.items()}).decode())
        return 0
    print("\n".join(why or f"{LINES[line]}: lawful now." for line, why in found.items()))
    return 0


def _case(name: str, word: str) -> tuple[CaseFacts, date]:
    asked = clocks_single.read(name, word)
    if asked.today is None:
        raise Unusable(f"{name}: {word} needs the day of asking; add 'today' to the case")
    return asked.case, asked.today


def _words(choice: Choice) -> str:
    chosen = "".join(f" ({value})" for _, value in choice.step.when)
    mark = "may" if choice.lawful else "may not"
    return f"  {mark}: {choice.step.event}{chosen} -> {choice.step.to}, by {choice.step.who}. {choice.why}"


def _row(choice: Choice) -> dict[str, object]:
    step = choice.step
    row: dict[str, object] = {"event": step.event, "when": dict(step.when), "to": step.to, "who": step.who}
    from_on = choice.from_on.isoformat() if choice.from_on else None
    return row | {"law": step.law, "lawful": choice.lawful, "why": choice.why, "from_on": from_on}
