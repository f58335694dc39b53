# SPDX-License-Identifier: Apache-2.0
"""What the finders of needs, outcomes and provision may ask of a study; keeps them from knowing the study itself."""

from collections.abc import Sequence
from typing import Protocol

from fingerpost.rules.plan_quality.parts.model import Sentence
from fingerpost.rules.plan_quality.parts.phrases import Hit
from fingerpost.rules.plan_quality.sections.split import Placed


class Asked(Protocol):
    """A plan cut into sections and sentences."""

    text: str
    lower: str
    placed: tuple[Placed, ...]

    def section(self, *wanted: str) -> list[Sentence]: ...
    def with_heads(self, wanted: str) -> list[Sentence]: ...
    def around(self, sentence: Sentence) -> Sequence[Sentence]: ...
    def hit_in(self, sentence: Sentence, key: str) -> Hit | None: ...
    def carries(self, sentence: Sentence, feature: str) -> bool: ...
