# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes docs/checks: one page for each check, from the check itself. `python -m tests.spec.plan_check_pages`."""

from pathlib import Path
from typing import Any

from fingerpost.rules.plan_quality import precision
from fingerpost.rules.plan_quality.checks import book
from fingerpost.rules.plan_quality.checks.registry import Check
from fingerpost.rules.plan_quality.missing import REASONS
from fingerpost.rules.plan_quality.version import RULES_VERSION

FOLDER = Path(__file__).parent.parent.parent / "docs" / "checks"
HEAD = (
    "<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n"
    "<!-- Written by tests/spec/plan_check_pages.py; change the check, not this page. -->\n"
)


def pages() -> dict[str, str]:
    """Every page by file name."""
    checks = book.checks()
    return {"README.md": _index(checks)} | {f"{rule}.md": _page(one) for rule, one in checks.items()}


def _index(checks: dict[str, Check]) -> str:
    rows = "\n".join(
        f"| [{rule}]({rule}.md) | {one.title} | {_shown(one)} | {_where(one)} | {_measured(one)} |"
        for rule, one in checks.items()
    )
    return (
        f"{HEAD}\n# The checks of a plan\n\nRule book {RULES_VERSION}. BLOCK stops a plan, FIX asks for an "
        "answer, HINT is advice.\n"
        "A rule measured below 0.8 precision is shown as a HINT; leak rules keep their level. "
        "[How to check a plan](../how-to/plan-check.md).\n\n"
        f"| Check | Title | Shown as | Sections | Precision |\n| --- | --- | --- | --- | --- |\n{rows}\n"
    )


def _page(one: Check) -> str:
    parts = [
        f"{HEAD}\n# {one.id} {one.title}\n",
        f"Level: {one.level}{'' if _shown(one) == one.level else f', shown as {_shown(one)}'}. Sections: "
        f"{_where(one)}."
        f"{' A leak rule: it cannot be set aside or made softer.' if one.leak else ''}\n",
        f"**Why.** {one.why}\n\n**Ask.** {one.ask}\n",
        f"**The shape of a strong sentence.** {one.shape}\n" if one.shape else "",
        f"**Measured precision** (worst of three sets): {_measured(one)}.\n",
        _needs(one),
        _exceptions(one),
        _examples("Fires on", one.fires),
        _examples("Stays quiet on", one.quiet),
        f"**Source.** {one.source}\n",
    ]
    return "\n".join(part for part in parts if part)


def _shown(one: Check) -> str:
    return precision.shown(one, one.level)


def _where(one: Check) -> str:
    return ", ".join(one.sections) or "whole plan"


def _measured(one: Check) -> str:
    value = precision.measured().get(one.id)
    return "too few findings to say" if value is None else f"{value:.2f}"


def _needs(one: Check) -> str:
    return "".join(
        f"**Without its input:** {REASONS[need]}. Not checked is never a pass.\n" for need in one.needs
    )


def _exceptions(one: Check) -> str:
    said = []
    if one.facts.get("dagger"):
        said.append("No fault where the sentence carries an amount and a person.")
    if one.facts.get("escape"):
        said.append("A way out: an amount in the same sentence does not make it softer.")
    elif one.facts.get("fixed"):
        said.append("The fault lies in the amount itself, so an amount does not make it softer.")
    elif one.wording and not one.facts.get("dagger"):
        said.append("An amount in the same sentence takes it down one level.")
    return f"**Exceptions.** {' '.join(said)}\n" if said else ""


def _examples(title: str, examples: tuple[Any, ...]) -> str:
    if not examples:
        return ""
    shown = "\n\n".join("\n".join(f"    {line}" for line in _lines(one)) for one in examples)
    return f"## {title}\n\n{shown}\n"


def _lines(example: Any) -> list[str]:
    if isinstance(example, str):
        return example.split("\n")
    given = [f"({name} given: {value})" for name, value in example.items() if name != "text"]
    return [*str(example["text"]).split("\n"), *given]


def write() -> None:
    """Write every page and remove pages of checks that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
