# SPDX-License-Identifier: Apache-2.0
"""Outcome tests: a benefit to the person, measured, dated and functional (plan-quality 6)."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import dates, measures
from fingerpost.rules.plan_quality.parts.study import Study

_SERVICE = re.compile(
    r"\bwill (?:\w+ )?(?:receive|be (?:given|supported|referred|provided|offered|taught|assessed|helped)"
    r"|have (?:access|support|a (?:ta|teaching|key|named|mentor|laptop|programme)|1:1|one-to-one|regular"
    r"|weekly|daily|speech|\d+ (?:hours|minutes|sessions))|(?:use|access) the (?:\w+ )?(?:provision|base"
    r"|hub|room|unit)|get (?:help|support|extra)|attend (?:\w+ "
    r")?(?:sessions?|therapy|groups?|appointments?|clinic|interventions?)|participate in (?:\w+ "
    r")?(?:therapy|sessions?|intervention))\b|^(?:to )?(?:receive|be (?:given|supported|provided)|have "
    r"access|continue to receive|use of an?|access to|provision of|support (?:with|from))\b",
    re.IGNORECASE,
)
# "Weekly speech therapy." and "A therapist will work on dressing." say what somebody else does.
_NO_ACT = re.compile(
    r"^(?:\W*(?:[A-Z]?\d[\d.]*|[a-z])[.:)]?\s+)?(?:(?!will\b|can\b|is\b|has\b|to\b)[\w&:-]+\s+){0,6}"
    r"(?:therapy|input|support|sessions?|interventions?|programme|group|counselling|mentoring|tuition)\W*$",
    re.IGNORECASE,
)
_ACTS_FOR = re.compile(
    r"\bwill (?:also )?(?:work (?:with|on)|see|teach|support|help|provide|deliver|give|train"
    r"|lead|run|access an?|undertake)\b",
    re.IGNORECASE,
)
_SPOILT = re.compile(
    r"\b(?:improv(?:e|es|ed|ing)|develop(?:s|ed|ing)?|increas(?:e|es|ed|ing)|continue to|maintain(?:s|ed)?"
    r"|be supported to|have access|engage (?:more|better|with)|make (?:good |better |expected |steady "
    r")?progress|(?:be|feel|become) (?:more |increasingly )?(?:confident|happy|happier|safe|safer|secure"
    r"|included|aware)|more confident|understand (?:better|more)|(?:reach|achieve|fulfil) (?:his|her"
    r"|their) (?:full )?potential|be encouraged|be aware of|participate in therapy|have a diagnosis"
    r"|transition well|behave|comply|cope|tolerate|better (?:\w+ )?(?:skills|understanding|relationships"
    r"|at)|enhance|strengthen|build (?:on|his|her|their)?|have better"
    r"|(?:positive|good|healthy|better) (?:relationships|friendships|choices|attitude)"
    r"|greater (?:confidence|independence))\b",
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


@check("E6.5")
def outcome_not_service(study: Study) -> Iterator[Spot]:
    """What a service does is provision, not an outcome."""
    for outcome in study.outcomes:
        if mark := _SERVICE.search(outcome.place.text):
            yield Spot(outcome.place.start + mark.start(), outcome.place.start + mark.end())
        elif _NO_ACT.match(outcome.place.text) or _by_another(study, outcome.place.start, outcome.place.text):
            yield Spot(outcome.place.start, outcome.place.end)


def _by_another(study: Study, start: int, text: str) -> bool:
    """Whether the one who acts is a professional and not the child."""
    mark = _ACTS_FOR.search(text)
    role = study.hit_in(study.at(start), "role")
    return bool(mark and role and role.start < start + mark.start() and role.start - start < 12)


@check("E6.4")
def words_that_spoil(study: Study) -> Iterator[Spot]:
    """Words that cannot be seen or counted; worse when there is no measure either."""
    for outcome in study.outcomes:
        mark = _SPOILT.search(outcome.place.text)
        if mark and not _SERVICE.search(outcome.place.text):
            level = None if measures.stated(outcome.place.text) else "FIX"
            yield Spot(outcome.place.start + mark.start(), outcome.place.start + mark.end(), level)


@check("E6.2M")
def measured(study: Study) -> Iterator[Spot]:
    """An outcome says how anyone will know; E6.4 and E6.5 speak of those whose very words forbid it."""
    for outcome in study.outcomes:
        told = _SERVICE.search(outcome.place.text) or _SPOILT.search(outcome.place.text)
        if not measures.stated(outcome.place.text) and not told:
            yield Spot(outcome.place.start, outcome.place.end)


@check("E6.2T")
def dated(study: Study) -> Iterator[Spot]:
    """An outcome has a date, or the end of a phase, of its own or of its section."""
    if _dated(_around_outcomes(study)):
        return
    lacking = [one for one in study.outcomes if not _dated(one.place.text)]
    if len(lacking) > max(1, len(study.outcomes) // 2) and "E" in study.opened:
        yield whole.section(study, "E", f"{len(lacking)} of {len(study.outcomes)} outcomes have no date.")
    else:
        yield from (Spot(one.place.start, one.place.end) for one in lacking)


def _around_outcomes(study: Study) -> str:
    """What Section E says beside its outcomes: its heading, the headings in it, an opening or a closing line."""
    starts = [one.place.start for one in study.outcomes]
    said = [one for one in study.sentences if one.section == "E"]
    return " ".join(one.text for one in said if not _within(study, starts, one.start))


def _within(study: Study, starts: list[int], at: int) -> bool:
    """Whether a place lies inside an outcome; outcomes follow each other."""
    last = bisect_right(starts, at) - 1
    return last >= 0 and at < study.outcomes[last].place.end


def _dated(text: str) -> bool:
    return bool(dates.HORIZON.search(text) or dates.find(text))


@check("E6.3")
def functional(study: Study) -> Iterator[Spot]:
    """A measured outcome names a routine, an act, taking part, help given, when it is reached, and why."""
    tests = (_WHERE.search, _ACTS.search, _TAKES_PART.search, _HELP.search, measures.stated, _SENSE.search)
    for outcome in study.outcomes:
        text = outcome.place.text
        vague = _SERVICE.search(text) or (_SPOILT.search(text) and not measures.stated(text))
        if not vague and sum(bool(test(text)) for test in tests) <= 2:
            yield Spot(outcome.place.start, outcome.place.end)
