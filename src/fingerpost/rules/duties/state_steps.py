# SPDX-License-Identifier: Apache-2.0
"""The arrows of the drawing of a case's states, read from `states.toml`, and the drawing itself."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

LINES = {"main": "The case", "appeal": "The appeal"}


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow of the drawing. `passed`: earlier states from which its event shows that the steps between happened."""

    before: tuple[str, ...]
    event: str
    to: str
    who: str
    law: str
    when: tuple[tuple[str, str], ...]
    starts: tuple[str, ...]
    guard: str
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A step from here: lawful now, or not and why, and from which day it is."""

    step: Step
    lawful: bool
    why: str
    from_on: date | None = None


@cache
def steps(line: str = "main") -> tuple[Step, ...]:
    """The arrows of one line: `main` or `appeal`."""
    page = tomllib.loads(files(__package__).joinpath("states.toml").read_text("utf-8"))
    return tuple(_step(row) for row in page[line]["step"])


def _step(row: Mapping[str, Any]) -> Step:
    words = {name: str(row.get(name, "")) for name in ("event", "to", "who", "law", "guard")}
    when = tuple(row.get("when", {}).items())
    starts, passed = tuple(row.get("starts", ())), tuple(row.get("passed", ()))
    return Step(before=tuple(row["from"]), when=when, starts=starts, passed=passed, **words)


def mermaid(line: str = "main") -> str:
    """The drawing in mermaid's words."""
    rows = [f"    {place} --> {step.to}: {_label(step)}" for step in steps(line) for place in step.before]
    return "\n".join(["stateDiagram-v2", *rows]) + "\n"


def _label(step: Step) -> str:
    chosen = " ".join(f"({value})" for _, value in step.when)
    return f"{step.event.replace('_', ' ')} {chosen}".strip()
