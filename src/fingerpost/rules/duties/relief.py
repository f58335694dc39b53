# SPDX-License-Identifier: Apache-2.0
"""Relief: a listed fact that made it impractical to keep a limit takes the number away and sets no new date."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import claims, grounds
from fingerpost.rules.duties.claims import Claim
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.timeline import Timeline

_SETTLED = ("in_time", "not_applicable", "not_started")


def consider(finding: Finding, timeline: Timeline) -> None:
    """Test every claim of the case against this one limit; none flows over from another."""
    if finding.duty.strength != "law" or finding.duty.more.get("no_relief_test") or finding.due is None:
        return
    own = _list(finding)
    held = [
        claim for claim in claims.held(timeline) if own or not (claim.open or claim.ground == "not-stated")
    ]
    held = [claim for claim in held if not claim.open or claim.ground in own]
    tested = [(claim, *_tested(claim, finding, timeline)) for claim in held]
    if not tested:
        return
    if "claimed_extension" in timeline.facts:
        finding.results["fixed_extension_days"] = None
        finding.because.append(
            "An extension is asserted; relief has no length, so no number of days is added."
        )
    finding.relief = [_row(claim, applies, why) for claim, applies, why in tested]
    if finding.verdict not in _SETTLED:
        _judge(finding, tested)


def _list(finding: Finding) -> tuple[str, ...]:
    """The closed list of grounds for this limit; empty where the law gives none."""
    return () if finding.unrelieved else finding.duty.relief


def _row(claim: Claim, applies: bool, why: str) -> dict[str, object]:
    return {"ground": claim.ground, "applies": "yes" if applies else "no", "why": why}


def _tested(claim: Claim, finding: Finding, timeline: Timeline) -> tuple[bool, str]:
    ground = _ground(claim, finding)
    if ground == "not-stated":
        return False, "the claim names no ground and no reason, so it relieves nothing by itself"
    listed = _list(finding)
    if not listed:
        return False, f"this limit has no relief at all ({finding.citation})"
    if ground not in listed:
        return (
            False,
            f"'{claim.ground}' is not on the closed list for this limit ({finding.duty.relief_citation})",
        )
    met, why = grounds.TESTS[ground](claim, finding, timeline)
    return _because_of_it(claim, finding, why) if met else (False, why)


def _because_of_it(claim: Claim, finding: Finding, why: str) -> tuple[bool, str]:
    if claim.impractical is None:
        return False, f"{why}; but it is not stated that this made it impractical to keep the limit"
    if not claim.impractical:
        return False, f"{why}; but it was not impractical to keep the limit"
    return True, f"{why}, and that made it impractical to keep the limit ({finding.duty.relief_citation})"


def _ground(claim: Claim, finding: Finding) -> str:
    """Where two weeks are enough, a claim of four weeks away is a claim of two."""
    if claim.ground == "absence-4w" and "absence-2w" in finding.duty.relief:
        return "absence-2w"
    return claim.ground


def _judge(finding: Finding, tested: list[tuple[Claim, bool, str]]) -> None:
    applied = next((why for _, applies, why in tested if applies), None)
    if applied is not None:
        _relieve(finding, applied)
        return
    unsaid = any(claim.ground == "not-stated" for claim, _, _ in tested)
    if unsaid and finding.verdict == "breach":
        finding.verdict = "unknown"
        finding.because.append(
            "An exception is claimed without its ground: whether the limit was lifted is not known."
        )
        return
    refused = [(claim, why) for claim, _, why in tested if not claim.open and claim.ground != "not-stated"]
    if refused and finding.verdict in ("breach", "not_yet_due"):
        finding.verdict = "not_relieved"
        finding.because.extend(f"Relief '{claim.ground}' does not apply: {why}." for claim, why in refused)


def _relieve(finding: Finding, why: str) -> None:
    finding.results["limit_without_relief"] = dates.iso(finding.due or 0)
    finding.results["fixed_extension_days"] = None
    finding.verdict, finding.due, finding.days_late = "relieved", None, 0
    finding.residual_duty = "as_soon_as_practicable"
    finding.because.append(f"Relief: {why}.")
    finding.because.append(
        "The number falls away and no new date takes its place: act as soon as practicable."
    )
