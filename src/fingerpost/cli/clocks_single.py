# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the one case that `--what-if`, `--next` and `--may` are asked about, and the events written after them."""

from fingerpost.cli import clocks_input
from fingerpost.cli.errors import Unusable
from fingerpost.rules.duties import reading, reading_events, vocabulary
from fingerpost.rules.duties.facts import Event
from fingerpost.rules.duties.reading import Asked


def read(name: str, word: str) -> Asked:
    """The case of a file that holds exactly one."""
    with clocks_input.opened(name) as stream:
        found = clocks_input.read(stream, name)
    if not isinstance(found, clocks_input.Whole) or not isinstance(found.value, dict):
        raise Unusable(f"{name}: {word} works on one case at a time; give a file with one object")
    try:
        return reading.read_case(found.value)
    except ValueError as problem:
        raise Unusable(f"{name}: {problem}") from problem


def event(words: str) -> Event:
    """EVENT=DAY."""
    name, _, on = words.partition("=")
    try:
        return reading_events.read({name: on}, {})[0]
    except ValueError as problem:
        raise Unusable(f"'{words}': {problem}; write EVENT=ccyy-mm-dd") from problem


def event_name(word: str) -> str:
    """The main name of an event."""
    known = vocabulary.spellings("event")
    if word not in known:
        raise Unusable(str(vocabulary.unknown("--may", word, "event")))
    return known[word]
