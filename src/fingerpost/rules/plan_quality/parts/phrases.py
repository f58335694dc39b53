# SPDX-License-Identifier: Apache-2.0
"""Finds thousands of phrases in one walk over the words: each phrase waits under its first word.

Phrases are written in a small language: `a|b` either word, `word?` may be missing, `word*` any ending,
`..3` up to three words between, `re:first:pattern` a pattern of its own under the first word given. A
space matches a space or a hyphen.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its key and its place."""

    key: str
    start: int
    end: int


class Phrases:
    """A set of phrases, each under a key, ready to be looked for."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        waiting: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, phrase in phrases:
            for first, pattern in _openings(phrase):
                waiting[first][key].append(pattern)
        self._waiting = {
            first: [(key, re.compile("|".join(patterns))) for key, patterns in by_key.items()]
            for first, by_key in waiting.items()
        }

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase in the text, in order of place; the text must be in lower case."""
        waiting = self._waiting
        for word in _WORD.finditer(text):
            if candidates := waiting.get(word[0]):
                at = word.start()
                for key, pattern in candidates:
                    if mark := pattern.match(text, at):
                        yield Hit(key, at, mark.end())


def lowered(text: str) -> str:
    """Lower case without moving any offset."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _openings(phrase: str) -> Iterator[tuple[str, str]]:
    if phrase.startswith("re:"):
        _, firsts, pattern = phrase.split(":", 2)
        for first in firsts.split("|"):
            yield first, pattern
        return
    steps = phrase.split()
    for first in steps[0].split("|"):
        head = re.split(r"[-/]", first)[0]
        yield head, re.escape(first) + "".join(_step(step) for step in steps[1:]) + r"(?![a-z0-9])"


def _step(step: str) -> str:
    if step.startswith(".."):
        return rf"(?:[ ,/-]+[\w']+){{0,{step[2:]}}}"
    optional = step.endswith("?")
    choice = "|".join(re.escape(word).replace(r"\*", r"[a-z]*") for word in step.rstrip("?").split("|"))
    return rf"(?:[ -](?:{choice}))?" if optional else rf"(?:[ -]|, )(?:{choice})"
