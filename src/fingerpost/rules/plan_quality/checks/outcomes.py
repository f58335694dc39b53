# SPDX-License-Identifier: Apache-2.0
"""Outcome tests: a benefit to the person, measured, dated, functional, and few enough to follow (plan-quality 6)."""

import re
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import dates
from fingerpost.rules.plan_quality.parts.study import Study

_SERVICE = re.compile(
    r"\bwill (?:\w+ )?(?:receive|be (?:given|supported|referred|provided|offered|taught|assessed|helped)"
    r"|have (?:access|support|a (?:ta|teaching|key|named|mentor|laptop|programme)|1:1|one-to-one|regular"
    r"|weekly|daily|speech|\d+ (?:hours|minutes|sessions))|get (?:help|support|extra)|attend (?:\w+ "
    r")?(?:sessions?|therapy|groups?|appointments?|clinic|interventions?)|participate in (?:\w+ "
    r")?(?:therapy|sessions?|intervention))\b|^(?:to )?(?:receive|be (?:given|supported|provided)|have "
    r"access|continue to receive)\b",
    re.IGNORECASE,
)
_SPOILT = re.compile(
    r"\b(?:improv(?:e|es|ed|ing)|develop(?:s|ed|ing)?|increas(?:e|es|ed|ing)|continue to|maintain(?:s|ed)?"
    r"|be supported to|have access|engage (?:more|better|with)|make (?:good |better |expected |steady "
    r")?progress|(?:be|feel|become) (?:more |increasingly )?(?:confident|happy|happier|safe|safer|secure"
    r"|included|aware)|more confident|understand (?:better|more)|(?:reach|achieve|fulfil) (?:his|her"
    r"|their) (?:full )?potential|be encouraged|be aware of|participate in therapy|have a diagnosis"
    r"|transition well|behave|comply|cope|tolerate|better (?:\w+ )?(?:skills|understanding|relationships"
    r"|at)|enhance|strengthen|build (?:on|his|her|their)?|have better)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b\d+(?:\.\d+)?\s?%|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|all"
    r"|every) (?:\w+ ){0,2}?(?:out of|of (?:the |every )?\d+|in (?:every )?\d+|words?|times|minutes"
    r"|occasions|lessons|days|steps|prompts?|sentences?|pages|breaks?|sounds|mornings|instructions|people"
    r"|friends|children|peers|items|metres|questions|weeks? in a row|meals|foods|journeys|sessions|weeks"
    r"|letters|coins|sums|exchanges|choices|signs|symbols|adults|stops|tasks|trips|nights|shops|recipes"
    r"|lengths|seconds|pupils|classmates|activities)\b|\bon every \w+|\b\d+ out of \d+|\b\d ?/ ?\d+\b|\bno more than\b"
    r"|\bat least\b|\bwithout (?:help|an adult|prompt\w*|adult|reminder\w*)|\b(?:with )?(?:only )?(?:one"
    r"|two|no) (?:\w+ )?(?:prompts?|reminders?)\b|\bstandard score|\bbaseline|\bnow[: ]+\d|\bscore of",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:at|in|on|during|to) (?:the |his |her |their |each |every )?(?:\w+ )?(?:break\w*|lunch\w*"
    r"|playground|class\w*|lessons?|home|shop\w*|bus|park|assembl\w*|school|college|work|group|café|cafe"
    r"|library|canteen|kitchen|street|town|morning|bedtime|mealtimes?|game\w*)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\bwill (?:be able to |independently |then )?(?!be\b|have\b|receive\b|improve\b|develop\b|increase\b"
    r"|continue\b|maintain\b|make\b)(\w+)",
    re.IGNORECASE,
)
_TAKES_PART = re.compile(
    r"\b(?:friends?|peers?|classmates?|others|another|family|team|club|job|work|join\w*|play\w*|travel\w*"
    r"|choose|chooses|ask\w*|tell\w*|together|community|share\w*)\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:with(?:out)? (?:\w+ ){0,4}(?:help|prompts?|reminders?|adult|support|ta)|independently|by "
    r"(?:himself|herself|themselves)|alone|on (?:his|her|their) own|using)\b",
    re.IGNORECASE,
)
_SENSE = re.compile(r"\b(?:so that|because|which (?:he|she|they)|in order)\b", re.IGNORECASE)
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


@check("E6.5")
def outcome_not_service(study: Study) -> Iterator[Spot]:
    """What a service does is provision, not an outcome."""
    for outcome in study.outcomes:
        if mark := _SERVICE.search(outcome.place.text):
            yield Spot(outcome.place.start + mark.start(), outcome.place.start + mark.end())


@check("E6.4")
def words_that_spoil(study: Study) -> Iterator[Spot]:
    """Words that cannot be seen or counted; worse when there is no measure either."""
    for outcome in study.outcomes:
        mark = _SPOILT.search(outcome.place.text)
        if mark and not _SERVICE.search(outcome.place.text):
            level = None if _MEASURED.search(outcome.place.text) else "FIX"
            yield Spot(outcome.place.start + mark.start(), outcome.place.start + mark.end(), level)


@check("E6.2M")
def measured(study: Study) -> Iterator[Spot]:
    """An outcome says how anyone will know."""
    for outcome in study.outcomes:
        if not _MEASURED.search(outcome.place.text) and not _SERVICE.search(outcome.place.text):
            yield Spot(outcome.place.start, outcome.place.end)


@check("E6.2T")
def dated(study: Study) -> Iterator[Spot]:
    """An outcome has a date, or the end of a phase, of its own or of its section."""
    head = " ".join(one.text for one in study.section("E") if one.text.rstrip().endswith(":"))
    if "E" in study.opened:
        head += " " + study.document.words(study.placed[study.opened["E"]].block)
    head += " ".join(
        one.text for one in study.sentences if one.section == "E" and one.kind in {"heading", "label"}
    )
    if dates.HORIZON.search(head):
        return
    for outcome in study.outcomes:
        if not dates.HORIZON.search(outcome.place.text) and not dates.find(outcome.place.text):
            yield Spot(outcome.place.start, outcome.place.end)


@check("E6.3")
def functional(study: Study) -> Iterator[Spot]:
    """An outcome names a routine, an act, taking part, help given, when it is reached, and why."""
    tests = (_WHERE, _ACTS, _TAKES_PART, _HELP, _MEASURED, _SENSE)
    for outcome in study.outcomes:
        if sum(bool(test.search(outcome.place.text)) for test in tests) <= 2 and not _SERVICE.search(
            outcome.place.text
        ):
            yield Spot(outcome.place.start, outcome.place.end)


@check("Q22")
def steps_and_monitoring(study: Study) -> Iterator[Spot]:
    """Section E has shorter steps and says who looks at them."""
    if study.outcomes and not _MONITORED.search(whole.said(study, "E")):
        yield whole.section(study, "E")


@check("Q24")
def health_and_care_outcomes(study: Study) -> Iterator[Spot]:
    """Where health or care is provided, some outcome speaks of it."""
    lines = [line for line in study.provision if line.section in {"G", "H1", "H2"}]
    if (
        len(lines) > 1
        and study.outcomes
        and not any(_HEALTHY.search(one.place.text) for one in study.outcomes)
    ):
        yield whole.section(study, "E")


@check("Q25")
def manageable_number(study: Study) -> Iterator[Spot]:
    """Between three and eight outcomes."""
    count = len(study.outcomes)
    if count and not 3 <= count <= 8:
        yield whole.section(study, "E", f"{count} outcomes were found; three to eight can be followed.")
