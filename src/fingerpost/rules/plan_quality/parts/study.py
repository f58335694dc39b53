# SPDX-License-Identifier: Apache-2.0
"""A document opened for the checks: sections, sentences, phrases found, and what each sentence carries."""

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property

from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.parts import needs, outcomes, provision, sentences, sources, words
from fingerpost.rules.plan_quality.parts.brief import Brief
from fingerpost.rules.plan_quality.parts.features import QUESTIONS
from fingerpost.rules.plan_quality.parts.model import Need, Outcome, Provision, Sentence, Source
from fingerpost.rules.plan_quality.parts.phrases import Hit, lowered
from fingerpost.rules.plan_quality.sections import labels, names, split


class Study:
    """Everything a check may ask of one plan; each answer is worked out once."""

    def __init__(self, document: Document, brief: Brief) -> None:
        self.document = document
        self.brief = brief
        self.text = document.text
        self.lower = lowered(document.text)
        self.placed = split.place(document)
        self.sentences = tuple(self._cut())
        self._starts = [sentence.start for sentence in self.sentences]
        self._carried: dict[tuple[int, str], bool] = {}
        self.hits = words.scan(self.lower)

    def _cut(self) -> list[Sentence]:
        found = []
        for index, placed in enumerate(self.placed):
            block = placed.block
            row = (block.table, block.row, placed.section) if block.kind == "cell" else None
            kind = "heading" if placed.opens else self._kind(index)
            for start, end in sentences.cut(self.text, block.start, block.end):
                found.append(
                    Sentence(
                        start,
                        end,
                        placed.section,
                        index,
                        self.text[start:end],
                        self.lower[start:end],
                        kind,
                        row,
                    )
                )
        return found

    def _kind(self, index: int) -> str:
        block = self.placed[index].block
        words = self.document.words(block)
        if block.kind == "heading" and split.says_more(words):
            return "paragraph"
        if block.kind == "cell" and len(words) < 90 and labels.of_cell(words):
            return "label"
        return block.kind

    def at(self, place: int) -> Sentence:
        """The sentence that holds an offset."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    @cached_property
    def by_section(self) -> dict[str, list[Sentence]]:
        """Sentences of each section, headings left out."""
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            if sentence.kind not in {"heading", "label"} and self.placed[sentence.block].block.in_body:
                found[sentence.section].append(sentence)
        return found

    def with_heads(self, wanted: str) -> list[Sentence]:
        """Sentences of one section with the headings inside it, which name areas and needs."""
        return [
            one
            for one in self.sentences
            if one.section == wanted
            and one.kind != "label"
            and not self.placed[one.block].opens
            and self.placed[one.block].block.in_body
        ]

    def section(self, *wanted: str) -> list[Sentence]:
        """Sentences of these sections, in order of the sections asked for."""
        return [sentence for letter in wanted for sentence in self.by_section.get(letter, [])]

    @cached_property
    def opened(self) -> dict[str, int]:
        """The first block of each section that has one."""
        found: dict[str, int] = {}
        for index, placed in enumerate(self.placed):
            if placed.section != names.UNPLACED:
                found.setdefault(placed.section, index)
        return found

    @cached_property
    def _rows(self) -> dict[tuple[int, int, str], list[Sentence]]:
        rows: dict[tuple[int, int, str], list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            if sentence.row is not None:
                rows[sentence.row].append(sentence)
        return rows

    def around(self, sentence: Sentence) -> list[Sentence]:
        """The sentence with the cells beside it, or with the line that introduces its bullet."""
        if sentence.row is not None:
            return self._rows[sentence.row]
        if sentence.kind == "bullet" and (intro := self._intro(sentence)):
            return [sentence, intro]
        return [sentence]

    @cached_property
    def _before_bullets(self) -> list[int]:
        """For each block the last one before it that is no bullet; -1 when there is none."""
        found, last = [], -1
        for index, placed in enumerate(self.placed):
            found.append(last)
            last = last if placed.block.kind == "bullet" else index
        return found

    def _intro(self, sentence: Sentence) -> Sentence | None:
        block = self._before_bullets[sentence.block]
        if block < 0 or self.placed[block].section != sentence.section:
            return None
        last = self.at(self.placed[block].block.end - 1)
        return last if last.text.rstrip().endswith(":") else None

    def carries(self, sentence: Sentence, feature: str) -> bool:
        """Whether the sentence, or the row it stands in, carries an amount, a person, and so on."""
        return any(self._carries(one, feature) for one in self.around(sentence))

    def _carries(self, sentence: Sentence, feature: str) -> bool:
        key = (sentence.start, feature)
        if key not in self._carried:
            self._carried[key] = self._look(sentence, feature)
        return self._carried[key]

    def _look(self, sentence: Sentence, feature: str) -> bool:
        if feature == "who":
            return self.hit_in(sentence, "role") is not None or self._carries(sentence, "titled")
        if feature == "method":
            return self.hit_in(sentence, "method") is not None
        if feature == "check_full":
            return self._carries(sentence, "check") and self._carries(sentence, "frequency")
        return QUESTIONS[feature](sentence.text) is not None

    def hit_in(self, sentence: Sentence, key: str) -> Hit | None:
        """The first phrase of a kind inside a sentence."""
        hits = self.hits.get(key, [])
        place = bisect_right(hits, sentence.start - 1, key=lambda hit: hit.start)
        return hits[place] if place < len(hits) and hits[place].start < sentence.end else None

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Needs of Sections B, C and D."""
        return needs.find(self)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Outcomes of Section E."""
        return outcomes.find(self)

    @cached_property
    def provision(self) -> tuple[Provision, ...]:
        """Lines of Sections F, G, H1 and H2."""
        return provision.find(self)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Advice listed in Section K."""
        return sources.find(self)
