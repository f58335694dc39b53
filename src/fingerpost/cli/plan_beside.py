# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known beside a plan: record, other children, advice, letter, dates, dispatch, marks, findings set aside."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from fingerpost.cli import plan_inputs, plan_others
from fingerpost.cli.errors import Unusable
from fingerpost.rules.duties import clocks, reading
from fingerpost.rules.plan_quality import briefs, marks
from fingerpost.rules.plan_quality.parts.brief import Clock
from fingerpost.rules.plan_quality.reading.fence import Fence
from fingerpost.rules.plan_quality.reading.refusals import Refused


def brief(args: argparse.Namespace, fence: Fence, today: date) -> dict[str, Any]:
    """Everything that was given, as plain data."""
    return {
        "today": today.isoformat(),
        "stage": args.stage,
        "child": _child(args.child) if args.child else None,
        "others": list(plan_others.read(args.others)) if args.others else None,
        "advice": list(_advice(args.advice, fence)) if args.advice else None,
        "dismissed": _dismissed(args.dismissals) if args.dismissals else {},
        "before": _ask(fence, "read", args.before) if args.before else None,
        "review": _ask(fence, "advice", args.review) if args.review else None,
        "letter": _ask(fence, "read", args.letter)["text"] if args.letter else None,
        "clocks": _clocks(args.case, today) if args.case else None,
        "dispatch": plan_inputs.record(args.dispatch, "the dispatch") if args.dispatch else None,
        "marks": _marks(args.marks) if args.marks else None,
    }


def _ask(fence: Fence, deed: str, name: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = fence.ask({"do": deed, "name": Path(name).name}, [plan_inputs.content(name)])[
            0
        ]
    except Refused as problem:
        raise Unusable(f"{name}: {problem}") from problem
    return said


def _child(name: str) -> dict[str, Any]:
    record = plan_inputs.record(name, "the child's record")
    if left := briefs.unused(record):
        print(f"fingerpost: {name}: fields not used: {', '.join(left)}", file=sys.stderr)
    return record


def _advice(folder: str, fence: Fence) -> Iterator[dict[str, Any]]:
    path = Path(folder)
    if not path.is_dir():
        raise Unusable(f"{folder}: not a folder. Give the folder that holds the advice.")
    for one in sorted(path.iterdir()):
        if one.suffix.lower() in plan_inputs.SUFFIXES:
            yield _ask(fence, "advice", str(one))


def _clocks(name: str, today: date) -> list[dict[str, Any]]:
    """The clocks of the case, worked out as `fingerpost clocks` does, from the same file."""
    record = plan_inputs.record(name, "the case")
    try:
        answered = clocks.answer(reading.read_case(record).case, today=today)
    except ValueError as problem:
        raise Unusable(f"{name}: {problem}. docs/how-to/clocks.md shows the form of a case.") from problem
    return [asdict(_clock(one)) for one in answered]


def _clock(one: clocks.Clock) -> Clock:
    due = f"{one.due.day} {one.due:%B %Y}" if one.due else ""
    return Clock(one.duty, one.title, one.verdict, due, one.days_late)


def _marks(name: str) -> dict[str, Any]:
    """A person's marks; the grade is theirs, so their name and the day belong to it."""
    said = plan_inputs.record(name, "the file of marks")
    lacking = [field for field in ("by", "on", "marks") if not said.get(field)]
    if lacking or not isinstance(said["marks"], Mapping):
        raise Unusable(
            f"{name}: marks need who gave them and when: by, on and marks. docs/how-to/plan-check.md shows the form."
        )
    if problem := marks.unusable(said["marks"]):
        raise Unusable(f"{name}: {problem}")
    return said


def _dismissed(name: str) -> dict[str, dict[str, Any]]:
    listed = plan_inputs.parsed(name, "the list of findings set aside")
    if not isinstance(listed, list) or not all(map(_whole, listed)):
        raise Unusable(
            f"{name}: each finding set aside needs mark, reason, by and on. docs/how-to/plan-check.md shows the form."
        )
    return {one["mark"]: _dismissal(one) for one in listed}


def _whole(one: object) -> bool:
    wanted = ("mark", "reason", "by", "on")
    return isinstance(one, dict) and all(
        isinstance(one.get(field), str) and one[field].strip() for field in wanted
    )


def _dismissal(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"reason": one["reason"], "by": one["by"], "on": one["on"], "manager": one.get("manager") is True}
