# SPDX-License-Identifier: Apache-2.0
"""Plain English (plan-quality 9): sentence length, passive voice, length, repetition."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.model import Sentence
from fingerpost.rules.plan_quality.parts.study import Study

_FIGURED = frozenset({"E", "F", "G", "H1", "H2"})
BODY = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:\w+ed|given|taught|made|shown|seen|taken|held"
    r"|written|done|met|kept|sent|known|found|set|led|put|built|told|read)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z']+")
_VOWELS = re.compile(r"[aeiouy]+")


def _prose(study: Study, *letters: str) -> list[Sentence]:
    return [one for one in study.section(*letters) if len(one.text.split()) > 4]


@check("W9.1")
def long_sentences(study: Study) -> Iterator[Spot]:
    """A sentence of more than 30 words; a line that needs its figures may have 45."""
    for sentence in study.section(*BODY):
        count = len(sentence.text.split())
        if count > (45 if sentence.section in _FIGURED and study.carries(sentence, "amount") else 30):
            yield Spot(
                sentence.start,
                sentence.end,
                why=f"This sentence has {count} words.",
            )


@check("W9.2")
def passive_share(study: Study) -> Iterator[Spot]:
    """More than a fifth of the sentences hide who acts."""
    said = _prose(study, *BODY)
    passive = [one for one in said if _PASSIVE.search(one.text)]
    if len(said) >= 15 and len(passive) / len(said) > 0.2:
        yield whole.document(
            f"{len(passive)} of {len(said)} sentences are passive, so the reader cannot see who acts."
        )


@check("W9.4")
def length_of_plan(study: Study) -> Iterator[Spot]:
    """More than about twelve pages before Section K."""
    count = sum(len(one.text.split()) for one in study.section(*BODY))
    if count > 6000:
        yield whole.document(
            f"Sections A to H hold {count:,} words, about {count // 450} pages; families read twelve with "
            "care."
        )


@check("W9.9")
def headings_are_real(study: Study) -> Iterator[Spot]:
    """In a Word file the titles of the sections are headings, which a screen reader can jump to."""
    kinds = [study.placed[index].block for index in study.opened.values()]
    if study.document.form == "docx" and kinds and not any(one.level for one in kinds):
        yield whole.document()


@check("W9.5")
def repeated_sentences(study: Study) -> Iterator[Spot]:
    """The same sentence twice."""
    seen: set[str] = set()
    for sentence in study.section(*BODY):
        plain = " ".join(re.findall(r"\w+", sentence.lower))
        if len(plain.split()) >= 8:
            if plain in seen:
                yield Spot(sentence.start, sentence.end)
            seen.add(plain)


@check("W9.6")
def mean_length(study: Study) -> Iterator[Spot]:
    """Sentences of more than 18 words on average."""
    said = _prose(study, *BODY)
    mean = sum(len(one.text.split()) for one in said) / max(1, len(said))
    if len(said) >= 15 and mean > 18:
        yield whole.document(f"Sentences have {mean:.0f} words on average; aim for 18 or fewer.")


@check("W9.7")
def reading_age(study: Study) -> Iterator[Spot]:
    """Reading age by the Flesch-Kincaid grade plus five: about 9 for A, 13 for the rest."""
    for letters, aim in ((("A",), 9), (("B", "C", "D", "E", "F"), 13)):
        said = _prose(study, *letters)
        if len(said) >= 8 and (age := flesch_kincaid(said) + 5) > aim + 2:
            yield whole.section(
                study,
                said[0].section,
                f"Reading age about {age:.0f} (Flesch-Kincaid grade plus five); aim for {aim}.",
            )


def flesch_kincaid(said: list[Sentence]) -> float:
    """School grade by sentence length and syllables."""
    found = [word for one in said for word in _WORD.findall(one.lower)]
    syllables = sum(max(1, len(_VOWELS.findall(word.removesuffix("e")))) for word in found)
    return 0.39 * len(found) / len(said) + 11.8 * syllables / max(1, len(found)) - 15.59
