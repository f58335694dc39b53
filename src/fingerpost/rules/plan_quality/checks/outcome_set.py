# SPDX-License-Identifier: Apache-2.0
"""The outcomes together: steps and monitoring, health and care, few enough to follow (plan-quality 6.7 and 3)."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.study import Study

_MONITORED = re.compile(
    r"\b(?:review\w*|monitor\w*|check\w*|measured by|shown by|steps?|short[- ]term|targets?|termly|each "
    r"term|half[- ]term)\b",
    re.IGNORECASE,
)
_HEALTHY = re.compile(
    r"\b(?:health\w*|sleep\w*|eat\w*|medic\w*|pain|toilet\w*|seizure\w*|insulin|weight|exercise|dress\w*"
    r"|wash\w*|care|home|walk\w*|feed\w*|continence|short break\w*|anxi\w*|physio\w*|swallow\w*)\b",
    re.IGNORECASE,
)


@check("Q22")
def steps_and_monitoring(study: Study) -> Iterator[Spot]:
    """Section E has shorter steps and says who looks at them."""
    if study.outcomes and not _MONITORED.search(whole.said(study, "E")):
        yield whole.section(study, "E")


@check("Q24")
def health_and_care_outcomes(study: Study) -> Iterator[Spot]:
    """Where health or care is provided, some outcome speaks of it."""
    lines = [line for line in study.provision if line.section in {"G", "H1", "H2"}]
    said = frozenset().union(*(line.stems for line in lines))
    if (
        len(lines) > 1
        and study.outcomes
        and not any(_HEALTHY.search(one.place.text) or one.stems & said for one in study.outcomes)
    ):
        yield whole.section(study, "E")


@check("Q25")
def manageable_number(study: Study) -> Iterator[Spot]:
    """Between three and eight outcomes."""
    count = len(study.outcomes)
    if count and not 3 <= count <= 8:
        found = "1 outcome was" if count == 1 else f"{count} outcomes were"
        yield whole.section(study, "E", f"{found} found; three to eight can be followed.")
