# SPDX-License-Identifier: Apache-2.0
"""Compares two versions of a plan and says in plain words what was added, taken out, reduced or reworded."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from fingerpost.rules.plan_quality.parts import yearly
from fingerpost.rules.plan_quality.parts.model import SLOTS, Need, Outcome, Provision, Sentence
from fingerpost.rules.plan_quality.parts.study import Study
from fingerpost.rules.plan_quality.reading.refusals import Refused
from fingerpost.rules.plan_quality.sections.names import LETTERS, title_of
from fingerpost.rules.plan_quality.version import RULES_VERSION

Worded = tuple[Any, str]

_SAME = 0.55
_MOST = 600
_SLOT_WORDS = {
    "what": "what is done",
    "need": "the link to a need",
    "outcome": "the link to an outcome",
    "who": "who does it",
    "training": "the training",
    "how_long": "the length",
    "how_often": "how often",
    "until": "for how long it runs",
    "group": "the group size",
    "where": "the place",
    "checked": "who checks it",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what kind, in which section, in one plain sentence, with both wordings."""

    kind: str
    section: str
    words: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, in the order of the sections."""

    changes: tuple[Change, ...]
    rules_version: str = RULES_VERSION

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"rules_version": self.rules_version, "changes": [asdict(change) for change in self.changes]}


def compare(old: Study, new: Study) -> Comparison:
    """What changed from one to the other."""
    found: list[Change] = []
    for letter in LETTERS:
        found += _section(old, new, letter)
    return Comparison(tuple(found))


def _section(old: Study, new: Study, letter: str) -> list[Change]:
    if (letter in old.opened) != (letter in new.opened):
        kind = "section added" if letter in new.opened else "section gone"
        return [
            Change(
                kind,
                letter,
                f"Section {letter} ({title_of(letter)}) {'is new' if letter in new.opened else 'is gone'}.",
            )
        ]
    return list(_pairs(_parts(old, letter), _parts(new, letter), letter))


def _parts(study: Study, letter: str) -> Sequence[Provision | Need | Outcome | Sentence]:
    if letter in {"F", "G", "H1", "H2"}:
        return [line for line in study.provision if line.section == letter]
    if letter in {"B", "C", "D"} and (needs := [need for need in study.needs if need.section == letter]):
        return needs
    if letter == "E" and study.outcomes:
        return study.outcomes
    return study.section(letter)


def _text(part: Provision | Need | Outcome | Sentence) -> str:
    return " ".join((part.text if isinstance(part, Sentence) else part.place.text).split())


def _pairs(before: Sequence[Any], after: Sequence[Any], letter: str) -> Iterator[Change]:
    old, left = _without_same(before, after)
    for part, text in old:
        best = max(left, key=lambda one: _likeness(text, one[1]), default=None)
        if best is None or _likeness(text, best[1]) < _SAME:
            yield Change("taken out", letter, f"Taken out of Section {letter}: {_noun(part)}.", old=text)
            continue
        left.remove(best)
        yield _changed(part, best[0], letter)
    for part, text in left:
        yield Change("added", letter, f"New in Section {letter}: {_noun(part)}.", new=text)


def _without_same(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[Worded], list[Worded]]:
    """What stands in one version only; the unchanged, most of a long plan, is never compared word by word."""
    old, new = [(part, _text(part)) for part in before], [(part, _text(part)) for part in after]
    same = Counter(text for _, text in old) & Counter(text for _, text in new)
    return _less(old, Counter(same)), _less(new, same)


def _less(parts: list[Worded], same: Counter[str]) -> list[Worded]:
    left = []
    for part, text in parts:
        if same[text] > 0:
            same[text] -= 1
        else:
            left.append((part, text))
    if len(left) > _MOST:
        raise Refused(
            f"The two plans differ in more than {_MOST:,} places of one section. Compare shorter parts."
        )
    return left


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _SAME else 0.0


def _noun(part: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (Provision, "a line of provision"),
        (Need, "a need"),
        (Outcome, "an outcome"),
    )
    return next((word for kind, word in kinds if isinstance(part, kind)), "a sentence")


def _changed(old: Any, new: Any, letter: str) -> Change:
    say: Callable[[Any, Any], str] = _provision if isinstance(old, Provision) else lambda _old, _new: ""
    words = say(old, new) or f"Reworded in Section {letter}: {_noun(old)}."
    kind = "reduced" if "less time" in words or "no longer says" in words else "reworded"
    if isinstance(old, Need):
        words += " Look again at the outcomes and provision linked to this need."
    return Change(kind, letter, words, _text(old), _text(new))


def _provision(old: Provision, new: Provision) -> str:
    """Lost or gained slots, and time a year where both say it."""
    pieces = []
    before, after = yearly.minutes(old.place.text), yearly.minutes(new.place.text)
    if before and after and abs(before - after) > 0.5:
        pieces.append(
            f"it gives {'less' if after < before else 'more'} time: about {before:.0f} minutes a year "
            f"before, {after:.0f} now"
        )
    lost = [_SLOT_WORDS[slot] for slot in SLOTS if slot in old.slots and slot not in new.slots]
    gained = [_SLOT_WORDS[slot] for slot in SLOTS if slot not in old.slots and slot in new.slots]
    if lost:
        pieces.append(f"it no longer says {', '.join(lost)}")
    if gained:
        pieces.append(f"it now says {', '.join(gained)}")
    return f"A line of provision in Section {old.section} changed: {'; '.join(pieces)}." if pieces else ""
