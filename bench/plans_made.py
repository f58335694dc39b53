# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes plans of varied layout with planted, labelled faults and clean near misses; the same seed makes
the same plans."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench import plans_layouts, plans_marks

DATA = Path(__file__).parent / "plans_data"
NAMES = (
    ("Zayn", "Quill"),
    ("Rafiq", "Ashdown"),
    ("Tobias", "Marl"),
    ("Idris", "Fenwick"),
    ("Caleb", "Thornley"),
)
FOREIGN = ("Marlow", "Penhallow")


@dataclass(slots=True)
class Made:
    """A made-up plan: its file, what is known of the child, and the labels (rule, words)."""

    name: str
    content: bytes
    labels: list[tuple[str, str]] = field(default_factory=list)
    child: Mapping[str, Any] | None = None
    others: list[list[str]] | None = None


def plans(count: int, seed: int) -> list[Made]:
    """So many plans."""
    faults = plans_marks.lines(DATA / "faults.txt")
    clean = plans_marks.lines(DATA / "clean.txt")
    topics = tomllib.loads((DATA / "topics.toml").read_text(encoding="utf-8"))["topic"]
    return [_plan(number, Random(seed * 10_000 + number), faults, clean, topics) for number in range(count)]


def _plan(
    number: int,
    rng: Random,
    faults: list[plans_marks.Line],
    clean: list[plans_marks.Line],
    topics: list[dict[str, str]],
) -> Made:
    first, last = rng.choice(NAMES)
    year = rng.choice((2, 4, 6, 8))
    chosen = rng.sample(topics, rng.randint(3, 6))
    body = _base(chosen)
    made = Made(
        "",
        b"",
        child={
            "first_name": first,
            "last_name": last,
            "born_on": f"{2018 - year + 1}-01-15",
            "year_group": year,
            "upn": "A123456789012",
        },
    )
    made.others = [["Marlow", "Penhallow", "B987654321012"]]
    for line in rng.sample(clean, 5):
        body[line.section].append(line.words)
    for line in rng.sample(faults, rng.randint(0, 9)):
        if any(rule == "V95" for rule, _ in line.labels):
            body[line.section].clear()  # "none known" beside a full answer is no fault
        body[line.section].append(line.words)
        made.labels += [(rule, words.replace("NAME", first)) for rule, words in line.labels]
    front = [
        f"Education, Health and Care Plan of {first} {last}",
        f"Date of birth: 15/01/{2018 - year + 1}",
        f"Year group: {year}",
        "Final plan",
    ]
    _whole_faults(rng, body, front, made)
    layout = plans_layouts.LAYOUTS[number % len(plans_layouts.LAYOUTS)]
    said = {letter: [line.replace("NAME", first) for line in lines] for letter, lines in body.items()}
    front.append("Signed by the authorised officer on 2 May 2025")
    made.name, made.content = plans_layouts.laid_out(layout, front, said, rng)
    return made


def _base(chosen: list[dict[str, str]]) -> dict[str, list[str]]:
    return {
        "A": [
            'NAME said "I want people to know that I love trains" when the TA talked with him on 4 March '
            "2025. Mum says that he is kind."
        ],
        "B": [f"B{n} {one['need']}" for n, one in enumerate(chosen, 1)],
        "C": ["The paediatrician saw NAME on 5 March 2025 and found no health need linked with learning."],
        "D": [
            "Social care was asked on 3 March 2025, assessed the family and found no need linked with the "
            "disability."
        ],
        "E": [one["outcome"] for one in chosen],
        "F": [f"(B{n}) {one['provision']}" for n, one in enumerate(chosen, 1)],
        "G": [
            "The paediatrician confirmed on 5 March 2025 that no health provision is needed; the "
            "integrated care board agreed on 9 March 2025."
        ],
        "H1": ["The social worker confirmed on 3 March 2025 that nothing is owed under the 1970 Act."],
        "H2": ["The social worker confirmed on 3 March 2025 that nothing else is needed."],
        "I": ["A mainstream primary school"],
        "J": ["The family was offered a budget on 3 March 2025 and did not ask for one."],
        "K": [
            "Parents' views, 1 March 2025",
            "SENCO, school report, 2 March 2025",
            "Speech and language therapist, 3 March 2025",
            "Educational psychologist, 10 March 2025",
            "Occupational therapist, 12 March 2025",
            "Paediatrician, 5 March 2025",
            "Social worker, answer, 3 March 2025",
            "Class teacher, 14 March 2025",
        ],
    }


def _whole_faults(rng: Random, body: dict[str, list[str]], front: list[str], made: Made) -> None:
    """Faults of the whole plan, each with a chance of one in eight."""

    def chance() -> bool:
        return rng.random() < 0.125

    if chance():
        front[3] = "Draft plan"
        body["I"] = [rng.choice(("Hollow Lane Primary School", "Stone Bridge Academy, a mainstream school"))]
        made.labels.append(("L03", body["I"][0]))
    if chance():
        gone = rng.choice(("C", "D", "G", "H1", "J"))
        del body[gone]
        for label in [
            one
            for one in made.labels
            if one[0] in {"V88", "V89", "V90", "V91", "V92", "V93", "V94", "V95", "Q30"}
        ]:
            made.labels.remove(label)
        for letter in ("C", "D", "G", "H1", "H2"):
            if letter in body:
                body[letter] = body[letter][:1]
        made.labels.append(("L01", ""))
    if chance():
        body["B"].append(
            "B9 NAME has a hearing loss of 45 decibels in both ears and cannot follow talk across a room "
            "(audiologist, 3 March 2025)."
        )
        body["K"].append("Audiologist, 3 March 2025")
        made.labels.append(("T1", "B9 NAME has a hearing loss"))
    if chance():
        spot = rng.choice(("B", "F", "A"))
        body[spot].append("Marlow enjoyed this work on 4 March 2025.")
        made.labels.append(("P01", "Marlow"))
    if chance():
        front.append("UPN: B987654321012")
        made.labels += [("P04", "B987654321012"), ("P01", "B987654321012")]
    if chance():
        body["K"].append("Physiotherapist")
        made.labels.append(("Q39", "Physiotherapist"))
    if chance():
        body["K"].append("Orthoptist, 4 February 2023")
        made.labels.append(("F11.6", "Orthoptist"))
