# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers cases for `fingerpost clocks`: those of one document, or the lines of a chunk."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import orjson

from fingerpost.cli import clocks_repeats, clocks_text
from fingerpost.rules.duties import reading, register, reply
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.reading import Asked

_TOGETHER = 16  # cases worked out together, duty by duty: as many as the processor's cache holds


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked of every case."""

    within: int
    named: tuple[str, ...]
    explain: bool
    as_json: bool
    count_breaches: bool = False
    family: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to some cases, as bytes, with what decides the exit code."""

    text: bytes
    errors: int
    breaches: int


def document(value: object, ask: Ask) -> list[Part]:
    """One object, or a list of cases; the answer has the same shape."""
    cases = value if isinstance(value, list) else [value]
    answers = [one(case, place, ask) for place, case in enumerate(cases, 1)]
    shaped: object = answers if isinstance(value, list) else answers[0]
    text = orjson.dumps(shaped) + b"\n" if ask.as_json else b"".join(map(_text(ask), answers))
    return [Part(text, sum("error" in answer for answer in answers), sum(map(_in_breach, answers)))]


def one(raw: object, line: int, ask: Ask) -> dict[str, object]:
    """The reply to one case, or an error object that says what is wrong with it."""
    try:
        return _reply(reading.read_case(raw), line, ask)
    except ValueError as problem:  # every refusal of the rules is one; each names its field
        return _error(problem, line, raw.get("id") if isinstance(raw, dict) else None)


@cache
def _duties(names: tuple[str, ...]) -> tuple[Duty, ...]:
    return tuple(register.DUTIES[name] for name in names)


def _error(problem: Exception, line: int, case: object) -> dict[str, object]:
    named = {} if case is None else {"id": case}
    return {**named, "error": {"line": line, "message": str(problem)}}


def _in_breach(answer: dict[str, object]) -> bool:
    duties = answer.get("duties")
    return isinstance(duties, list) and any(
        duty["verdict"] in ("breach", "breach_unavoidable", "unlawful", "defective")
        or (duty["verdict"] == "not_relieved" and duty["days_late"])
        for duty in duties
    )


def _text(ask: Ask) -> Callable[[dict[str, object]], bytes]:
    write = clocks_text.family if ask.family else partial(clocks_text.case, explain=ask.explain)
    return lambda answer: write(answer).encode()


def chunk(lines: list[bytes], first: int, ask: Ask) -> Part:
    """The answers to some lines, worked out a few at a time."""
    places = range(0, len(lines), _TOGETHER)
    parts = [_some(lines[place : place + _TOGETHER], first + place, ask) for place in places]
    return Part(
        b"".join(part.text for part in parts),
        sum(part.errors for part in parts),
        sum(part.breaches for part in parts),
    )


def _some(lines: list[bytes], first: int, ask: Ask) -> Part:
    """Cases answered together; a line that is no JSON spoils only itself."""
    read = [_read(line, number) for number, line in enumerate(lines, first) if not line.isspace()]
    answers = _answered(read, ask)
    write: Callable[[dict[str, object]], bytes] = orjson.dumps if ask.as_json else _text(ask)
    end = b"\n" if ask.as_json else b""
    return Part(
        end.join([*map(write, answers), b""]),
        sum("error" in answer for answer in answers),
        sum(map(_in_breach, answers)) if ask.count_breaches else 0,
    )


def _read(line: bytes, number: int) -> tuple[int, Asked | dict[str, object]]:
    """The number of a line, and its case or the error that it is answered with."""
    raw = None
    try:
        raw = orjson.loads(line)
        clocks_repeats.refuse(line, raw)
        return number, reading.read_case(raw)
    except orjson.JSONDecodeError as problem:  # what no JSON reader accepts
        return number, _error(ValueError(f"line {number} is not JSON: {problem}"), number, None)
    except clocks_repeats.Repeated as problem:
        return number, _error(problem, number, None)
    except ValueError as problem:  # every refusal of the rules is one; each names its field
        return number, _error(problem, number, raw.get("id") if isinstance(raw, dict) else None)


def _answered(read: list[tuple[int, Asked | dict[str, object]]], ask: Ask) -> list[dict[str, object]]:
    """All cases together; if one of them cannot be answered, one by one, so that it spoils only itself."""
    try:
        answers = iter(_replies([case for _, case in read if isinstance(case, Asked)], ask))
        return [next(answers) if isinstance(case, Asked) else case for _, case in read]
    except ValueError:
        return [_reply(case, line, ask) if isinstance(case, Asked) else case for line, case in read]


def _reply(asked: Asked, line: int, ask: Ask) -> dict[str, object]:
    try:
        return _replies([asked], ask)[0]
    except ValueError as problem:
        return _error(problem, line, asked.id)


def _replies(cases: list[Asked], ask: Ask) -> list[dict[str, object]]:
    explain = ask.explain or not ask.as_json
    return reply.together(cases, within=ask.within, named=_duties(ask.named), explain=explain)
