# SPDX-License-Identifier: AGPL-3.0-or-later
"""Worked examples by somebody who had read the reference sheet and nothing else: does the engine agree?

Where it does not, neither is right by default: judge by the sheet, then by the regulation it cites, and mend the one
that is wrong. An example that is corrected keeps the reason in a field `corrected`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from fingerpost.rules.duties import reading, register, reply

FOLDER = Path(__file__).with_name("second_hand")
FILES = sorted(FOLDER.glob("*.json"))
EXAMPLES: dict[str, dict[str, Any]] = {
    f"{file.stem}-{number}": example
    for file in FILES
    for number, example in enumerate(json.loads(file.read_text("utf-8")))
}


def _said(example: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entry of the duty, and the named results of the case."""
    asked = reading.read_case(example["case"])
    duty = register.DUTIES[example["duty"]]
    alone: dict[str, Any] = reply.of(asked, named=(duty,))
    whole: dict[str, Any] = reply.of(asked)
    results = {**whole["results"], **alone["results"]}
    own = {name.split(".", 1)[1]: value for name, value in results.items() if name.startswith(f"{duty.id}.")}
    return alone["duties"][0], results | own


def _differences(example: dict[str, Any]) -> dict[str, tuple[object, object]]:
    entry, results = _said(example)
    wanted = {name: value for name, value in example["expect"].items() if name != "results"}
    found = {name: entry.get(name) for name in wanted}
    for name, value in example["expect"].get("results", {}).items():
        wanted[name], found[name] = value, results.get(name, entry.get(name))
    return {name: (value, found[name]) for name, value in wanted.items() if found[name] != value}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_engine_agrees_with_the_second_hand(name: str) -> None:
    assert _differences(EXAMPLES[name]) == {}, EXAMPLES[name]["title"]


def test_there_are_examples_of_every_group() -> None:
    assert len(FILES) == 13
    assert len(EXAMPLES) >= 480
