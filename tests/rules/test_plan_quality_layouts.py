# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sections are found in the layouts councils use, and a need is held against the lines that name their needs."""

import pytest

from fingerpost.rules.plan_quality import briefs, check
from fingerpost.rules.plan_quality.parts import citing
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading import door
from fingerpost.rules.plan_quality.sections.names import LETTERS

BRIEF = briefs.of({"today": "2026-11-23"})
TITLES = {
    "A": "Views, interests and aspirations",
    "B": "Special educational needs",
    "C": "Health needs",
    "D": "Social care needs",
    "E": "Outcomes",
    "F": "Special educational provision",
    "G": "Health provision",
    "H1": "Social care provision under section 2 of the 1970 Act",
    "H2": "Other social care provision",
    "I": "Placement",
    "J": "Personal budget",
    "K": "Advice and information",
}
LAYOUTS = {
    "drawn lines": "=== {letter}: {title} ===\n\n{words}\n\n",
    "stars": "* {letter} * {title}\n\n{words}\n\n",
    "brackets first": "({letter}) {title}\n\n{words}\n\n",
    "brackets last": "{title} ({letter})\n\n{words}\n\n",
    "short word": "Sec {letter}\n\n{words}\n\n",
    "titles alone": "{title}\n\n{words}\n\n",
    "the child's name": "Erin's {title}\n\n{words}\n\n",
    "one paragraph each": "SECTION {letter}. {words} {words} {words} {words} {words} {words}\n\n",
    "letter and paragraph": "{letter}. {words} {words} {words} {words} {words} {words}\n\n",
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_each_section_is_found(layout: str) -> None:
    words = "Erin was seen at school by the people who know her well."
    text = "EHC plan\n\n" + "".join(
        LAYOUTS[layout].format(letter=letter, title=title, words=words) for letter, title in TITLES.items()
    )
    study = Study(door.read(text.encode(), name="plan.txt"), BRIEF)
    assert set(study.opened) == set(LETTERS)
    assert all("seen at school" in " ".join(one.text for one in study.section(letter)) for letter in LETTERS)


def test_a_wrapped_paragraph_that_begins_with_a_label_stays_whole() -> None:
    text = (
        "SECTION F\n\nF1 A speech and language therapist will teach Erin, one to one,\n"
        "for 30 minutes every Tuesday, 38 weeks a year, and will review it\neach term.\n"
    )
    study = Study(door.read(text.encode(), name="plan.txt"), BRIEF)
    (line,) = study.provision
    assert {"who", "how_long", "how_often", "until"} <= set(line.slots)


def test_in_a_file_that_is_not_wrapped_every_line_is_a_paragraph() -> None:
    long = "A teaching assistant will read with Erin in the library " + "and with her friends " * 6
    text = "SECTION F\n\n" + "\n".join(f"{long} on day {number}." for number in range(5))
    document = door.read(text.encode(), name="plan.txt")
    assert len(document.blocks) == 6


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("For needs 1 and 2: a teacher reads.", ("B1", "B2")),
        ("F3 (2). A teacher reads.", ("B2",)),
        ("6.4 (for 2.2) The teacher writes.", ("B2.2",)),
        ("B1 to B3 The SENCO meets Erin.", ("B1", "B2", "B3")),
        ("F(1) [B(3)] A mentor meets Erin.", ("B3",)),
        ("For 45 minutes each week a teacher reads.", ()),
        ("A teacher works for 2 hours.", ()),
    ],
)
def test_a_line_names_its_needs(text: str, needs: tuple[str, ...]) -> None:
    assert citing.cited(text) == needs


def _unmet(provision: str) -> list[str]:
    text = (
        "# Section B\n\nB1. Erin reads at the level of a child of six.\n\nB2. Erin hides when plans change.\n\n"
        f"B3. Erin cannot hold a pen.\n\n# Section F\n\n{provision}"
    )
    report = check.check(door.read(text.encode(), name="plan.md"), BRIEF)
    return [one.quote[:2] for one in report.findings if one.rule == "T1"]


def test_a_need_that_no_line_names_is_unmet_where_lines_name_theirs() -> None:
    lines = (
        "F1 (B1). A teacher reads with Erin daily for 20 minutes.\n\nF2 (B3). A therapist sees Erin weekly.\n"
    )
    assert _unmet(lines) == ["B2"]
    assert _unmet(lines + "\nF3 (B2). A mentor shows Erin the plan of the day.\n") == []


def test_a_pointer_to_another_section_is_no_provision_but_names_the_need() -> None:
    lines = (
        "F1 (B1). A teacher reads with Erin.\n\nF2 (B2). A mentor meets Erin.\n\n"
        "F3 (B3). Therapy is in section G.\n"
    )
    assert _unmet(lines) == []
    text = f"# Section F\n\n{lines}"
    assert len(Study(door.read(text.encode(), name="plan.md"), BRIEF).provision) == 2
