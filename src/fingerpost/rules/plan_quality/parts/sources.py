# SPDX-License-Identifier: Apache-2.0
"""Reads Section K: which advice is listed, from which role, of which date."""

import re
from itertools import groupby

from fingerpost.rules.plan_quality.parts import dates
from fingerpost.rules.plan_quality.parts.asks import Asked
from fingerpost.rules.plan_quality.parts.model import Place, Sentence, Source

# Advice is often listed by its kind, or by the family, where no profession is written.
_KIND = re.compile(
    r"\b(?:parents?|mother|father|mum|dad|carers?|family|views|child|young person|school|nursery|college"
    r"|setting|medical"
    r"|health|social care|therapy|psycholog\w+|early help|audiology|dr|physiotherapy|paediatrics?"
    r"|educational)\b"
)


def find(study: Asked) -> tuple[Source, ...]:
    """One source for each line or row of K; head rows and introductions are none."""
    groups = groupby(study.section("K"), key=lambda one: one.row or one.block)
    return tuple(source for _, group in groups if (source := _source(study, list(group))))


def _source(study: Asked, part: list[Sentence]) -> Source | None:
    text = study.text[part[0].start : part[-1].end]
    hit = next((hit for one in part if (hit := study.hit_in(one, "role"))), None)
    dated = dates.find(study.text, part[0].start, part[-1].end)
    if text.rstrip().endswith(":") or (hit is None and not dated):
        return None
    mark = _KIND.search(study.lower, part[0].start, part[-1].end)
    role = study.lower[hit.start : hit.end] if hit else mark[0] if mark else None
    return Source(Place(part[0].start, part[-1].end, text), role, dated[0].on if dated else None)
