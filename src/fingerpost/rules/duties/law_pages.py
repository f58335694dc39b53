# SPDX-License-Identifier: Apache-2.0
"""The law pages of the documents, written from the law files and their worked examples, so that neither drifts."""

from collections.abc import Iterator, Mapping

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import examples, register, state_steps
from fingerpost.rules.duties.duty import Duty, Rule
from fingerpost.rules.duties.examples import Example
from fingerpost.rules.duties.register import Register
from fingerpost.rules.duties.wording import officer

GROUPS: Mapping[str, str] = {
    "A": "Request and assessment",
    "B": "Draft and final plan",
    "C": "Reviews and amendments",
    "D": "Moves between phases",
    "E": "Re-assessment",
    "F": "The end of a plan",
    "G": "Moves between authorities",
    "H": "Mediation and appeal",
    "I": "Orders, concessions, recommendations",
    "J": "Personal budgets and direct payments",
    "K": "Detained persons",
    "L": "Local offer and strategic duties",
    "M": "Checks without a number",
}
_HEAD = (
    "<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n"
    "<!-- Written by `fingerpost clocks --write-law-pages`; change the law files, not this page. -->\n"
)
_STRENGTH = {"law": "law", "guidance": "guidance, not law", "planning": "an aid to planning, not law"}


def pages(law: Register | None = None) -> Iterator[tuple[str, str]]:
    """File name and text of every page."""
    law = law or register.current()
    yield "index.md", _index(law)
    for group in GROUPS:
        yield file_name(group), _group(group, law)
    yield "states.md", _states()


def file_name(group: str) -> str:
    """The page of a group."""
    words = GROUPS[group].lower().replace(",", "").replace(" ", "-")
    return f"{group.lower()}-{words}.md"


def link(duty: Duty) -> str:
    """Where a duty stands in the documents."""
    return f"docs/law/{file_name(duty.group)}#{duty.id}"


def _index(law: Register) -> str:
    rows = [_index_row(duty) for duty in law.duties.values()]
    return "\n".join(
        [
            _HEAD,
            "# The law of time",
            "",
            f"Every duty that Fingerpost counts, as held on {law.version}. In our own words; it does not replace the",
            "texts cited.",
            "The drawing of the states of a case is in [states.md](states.md).",
            "",
            "| Duty | What | Limit |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _index_row(duty: Duty) -> str:
    return f"| [`{duty.id}`]({file_name(duty.group)}#{duty.id}) | {duty.title} | {_limit(duty)} |"


def _group(group: str, law: Register) -> str:
    held = [duty for duty in law.duties.values() if duty.group == group]
    return "\n".join([_HEAD, f"# {group}. {GROUPS[group]}", "", *[_duty(duty) for duty in held]])


def _duty(duty: Duty) -> str:
    lines = [f"## {duty.id}", "", f"**{duty.title}.** {duty.who[:1].upper()}{duty.who[1:]}.", ""]
    lines.append(f"- Law: {duty.citation} ({_STRENGTH[duty.strength]}; certainty: {duty.certainty}).")
    lines.append(f"- Limit: {_limit(duty)}.")
    if duty.one_outcome:
        one = duty.one_outcome
        lines.append(
            f"- Binds {one.binds} only: where it is not known {one.of}, the answer is `unknown`, never late."
        )
    if duty.starts:
        lines.append(f"- Starts when {' or when '.join(officer(name) for name in duty.starts)}.")
    if duty.ends:
        lines.append(f"- Done when {' or when '.join(officer(name) for name in duty.ends)}.")
    if duty.kind in ("limit", "steps") and duty.strength == "law":
        lines.append(f"- Relief: {_relief(duty)}.")
    lines += [f"- In force: {_in_force(rule)}." for rule in duty.rules if len(duty.rules) > 1]
    lines += [
        f"- For a family: {duty.family.format(due='the last day')}",
        f"- What people get wrong: {duty.mistake}",
    ]
    if duty.note:
        lines.append(f"- Note: {duty.note}")
    return "\n".join([*lines, "", *[_example(example) for example in examples.of(duty.id)], ""])


def _limit(duty: Duty) -> str:
    operator = duty.rules[-1].operator
    if operator is None:
        return {"asap": "as soon as practicable, no number", "none": "no number"}.get(
            duty.standard, "see the examples"
        )
    asap = "as soon as practicable and in any event " if duty.standard == "asap" else ""
    return f"{asap}{operator.words} (`{operator.code}`)"


def _relief(duty: Duty) -> str:
    return f"{', '.join(duty.relief)} ({duty.relief_citation})" if duty.relief else "none"


def _in_force(rule: Rule) -> str:
    until = f" until {dates.plain(rule.valid_to - 1)}" if rule.valid_to else ""
    counted = f", `{rule.operator.code}`" if rule.operator else ""
    return f"from {dates.plain(rule.valid_from)}{until}{counted} ({rule.citation})"


def _example(example: Example) -> str:
    return f"*{example.sort.capitalize()}: {example.title}.* {example.count}\n"


def _states() -> str:
    body = [_HEAD, "# The states of a case", "", "No state stops a clock: the law knows no 'on hold'.", ""]
    for line, title in (("main", "Main line"), ("appeal", "Beside it: mediation and appeal")):
        body += [f"## {title}", "", "```mermaid", state_steps.mermaid(line).rstrip(), "```", ""]
        body += ["| From | Step | To | Who | Clocks started | Law |", "| --- | --- | --- | --- | --- | --- |"]
        body += [_state_row(step) for step in state_steps.steps(line)] + [""]
    return "\n".join(body)


def _state_row(step: state_steps.Step) -> str:
    chosen = ", ".join(f"{name} = {value}" for name, value in step.when)
    event = f"{step.event}{f' ({chosen})' if chosen else ''}"
    return f"| {', '.join(step.before)} | {event} | {step.to} | {step.who} | {', '.join(step.starts)} | {step.law} |"
