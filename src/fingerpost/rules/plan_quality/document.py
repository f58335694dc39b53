# SPDX-License-Identifier: Apache-2.0
"""A document as one running text cut into blocks, each with its exact place; every reader ends here."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

BODY = frozenset({"heading", "paragraph", "bullet", "cell", "textbox", "footnote"})
OUTSIDE = frozenset({"header", "footer", "comment", "deleted", "property", "hidden", "alt"})

_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u00a0": " ",
        "\u2011": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "\ufb01": "fi",
        "\ufb02": "fl",
    }
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, cell, heading or side piece; start and end are offsets in the document's text."""

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0
    table: int = -1
    row: int = -1
    column: int = -1
    page: int = 0

    @property
    def in_body(self) -> bool:
        """Whether a reader of the printed page would take this as the plan's own words."""
        return self.kind in BODY


@dataclass(frozen=True, slots=True)
class Document:
    """The text, its blocks in reading order, and what the reader wants to warn about."""

    text: str
    blocks: tuple[Block, ...]
    form: str = "text"
    warnings: tuple[str, ...] = ()

    def words(self, block: Block) -> str:
        """The text of one block."""
        return self.text[block.start : block.end]

    def as_data(self) -> dict[str, Any]:
        """Plain data for the way out of the reading process."""
        return {
            "text": self.text,
            "blocks": [asdict(block) for block in self.blocks],
            "form": self.form,
            "warnings": list(self.warnings),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The document that `as_data` gave out."""
        blocks = tuple(Block(**block) for block in data["blocks"])
        return cls(data["text"], blocks, data["form"], tuple(data["warnings"]))


class Manuscript:
    """Collects blocks in reading order and keeps count of offsets."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._at = 0
        self._tables = 0
        self.warnings: list[str] = []

    def add(
        self,
        words: str,
        kind: str = "paragraph",
        *,
        level: int = 0,
        table: int = -1,
        row: int = -1,
        column: int = -1,
        page: int = 0,
    ) -> None:
        """Put one block at the end; empty ones leave no trace."""
        words = tidy(words)
        if not words:
            return
        self._pieces.append(words)
        end = self._at + len(words)
        self._blocks.append(Block(self._at, end, kind, level, table, row, column, page))
        self._at = end + 1

    def next_table(self) -> int:
        """A number for the next table."""
        self._tables += 1
        return self._tables

    def finish(self) -> Document:
        """The finished document."""
        return Document("\n".join(self._pieces), tuple(self._blocks), self._form, tuple(self.warnings))


def tidy(words: str) -> str:
    """One space between words, plain apostrophes and hyphens, nothing invisible."""
    return _SPACES.sub(" ", words.translate(_PLAIN)).strip()
