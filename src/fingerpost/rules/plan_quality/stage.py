# SPDX-License-Identifier: Apache-2.0
"""Whether the plan says itself that it is a draft or a final one."""

import re

from fingerpost.rules.plan_quality.document import Document

_DRAFT = re.compile(r"\b(?:draft|proposed (?:amended )?(?:ehc )?plan|proposed amend\w+)\b", re.IGNORECASE)
_FINAL = re.compile(r"\b(?:final|finalised|amended final)\b(?! (?:year|exam|draft))", re.IGNORECASE)


def of(document: Document) -> str | None:
    """What the head of the document, or its running heads, call it."""
    head = (
        document.text[:700]
        + " ".join(document.words(block) for block in document.blocks if block.kind in {"header", "footer"})[
            :500
        ]
    )
    draft, final = _DRAFT.search(head), _FINAL.search(head)
    if draft and not (final and final.start() < draft.start()):
        return "draft"
    return "final" if final else None
