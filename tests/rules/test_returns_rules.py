# SPDX-License-Identifier: Apache-2.0
"""Every rule of the book has a file that just breaks it and one that just does not, in every year the rule is in force.

A line of the table is `rule | what breaks it | what just does not`. Edits: `path=value`, `path-` leaves an item out,
`again path` doubles it, `+path <xml>` adds. Paths: A assessment, N named plan, D setting named, R active plan,
L placement, S need, W where residence and work stand (ActivePlans in 2023), X the item for sex.
Days: C census day, C+1 the day after, Y-1/03-17 a day of the year before.
"""

import io
import re
from datetime import date, timedelta

import pytest

from fingerpost.rules.returns import check, layout, rule_book
from fingerpost.rules.returns.check import Finding
from fingerpost.rules.returns.unreadable import Unreadable
from tests.rules.small_return import CENSUS, SmallReturn

TABLE = """
L2 | p1/ShoeSize=4 | p1/PostCode=PR1 8XJ
L2 | again p1/Surname | again p1/Requests
L3 | p1/PersonBirthDate=2018-02-29 | p1/PersonBirthDate=2016-02-29
L3 | p1/Requests/ReceivedDate=17/03/2024 | p1/Requests/ReceivedDate=Y-1/03-17
L4 | p1/PostCode= | p1/PostCode-
L5 | Header/CollectionDetails/Collection=SCHC | Header/CollectionDetails/Collection=SEN2
L6 | Header/CollectionDetails/ReferenceDate=Y-1/01-16 | Header/CollectionDetails/ReferenceDate=Y+0/01-02
L7 | Header/CollectionDetails/ReferenceDate=C+1 | Header/CollectionDetails/ReferenceDate=C
L8 | Header/Source/SourceLevel=S | Header/Source/SourceLevel=L
L9 | Header/Source/LEA=660 | Header/Source/LEA=201
L9 | Header/Source/LEA=XXX | Header/Source/LEA=889
L10 | Header/Source/SerialNo=1 | Header/Source/SerialNo=999
L10 | Header/Source/SerialNo- | Header/Source/SerialNo=001
L11 | Header/Source/DateTime=2026-02-02 | Header/Source/DateTime=2026-02-02T00:00:00
L12 | Header/Source/DMO- | Header/Source/DMO=R
L12 | Header/Source/DMO=X | Header/Source/DMO=N
L13 | Header/Source/DCO- | Header/Source/DCO=R
L14 | Header/Source/DSCO=X | Header/Source/DSCO=N
L101 | p1/Surname- | p1/Surname=O
L102 | p1/Forename= | p1/Forename=Q
L103 | p1/PersonBirthDate- | p1/PersonBirthDate=Y-9/01-01
L104 | p4/PersonBirthDate=C+1 | p4/PersonBirthDate=C
L105 | p2/PersonBirthDate=Y-26/08-31 | p2/PersonBirthDate=Y-26/09-01
L106 | p1/X- | p1/Ethnicity-
L106 | p1/X=Q | p1/Ethnicity=REFU
L107 | p1/Ethnicity- | p1/Ethnicity=NOBT
L107 | p1/Ethnicity=XXXX | p1/Ethnicity=APKN
L108 | p1/PostCode- | p1/PostCode=ZZ99 3VZ
L109 | p1/PostCode=PR1 8X | p1/PostCode=pr18xj
L110 | p1/UPN- | p1/UPN-; p1/UPNunknown=UN2
L111 | p1/UPN=W8882999224171 | p1/UPN=X888299922417
L111 | p1/UPN=W88829992241- | p1/UPN=W88829992241I
L112 | p1/UPN=X888299922417 | p1/UPN=W888299922417
L113 | p1/UPN=W999299922417 | p1/UPN=W909299922417
L114 | p1/UPN=W88829992241O | p1/UPN=W88829992241P
L115 | p2/UPN=W888299922417 | p2/UPN=W888299922418
L116 | p1/UPN=W88829992241A | p1/UPN=W888299922417
L117 | p2/UniqueLearnerNumber=999000001 | p2/UniqueLearnerNumber=9990000011
L117 | p2/UniqueLearnerNumber=0990000018 | p2/UniqueLearnerNumber=1990000018
L118 | p2/UniqueLearnerNumber=9990000019 | p2/UniqueLearnerNumber=ULN
L119 | p1/UPN-; p1/UniqueLearnerNumber=ULN | p1/UPN-; p1/UniqueLearnerNumber=9990000025
L120 | p3/UPNunknown=UN4 | p3/UPNunknown=UN5
L121 | p1/UPNunknown=UN2 | p3/UPNunknown=UN2
L122 | p3/PersonBirthDate=C-6 | p3/PersonBirthDate=C-6+1
L123 | p3/UPNunknown=UN8; p3/Requests/ReceivedDate=Y-1/12-23 | p3/UPNunknown=UN8; p3/Requests/ReceivedDate=Y-1/12-24
L124 | p1/UPN-; p1/UPNunknown=UN10 | p4/UPNunknown=UN10
L125 | p3/Requests- | p3/Requests/RYA=0
L126 | p2/Forename=WREN; p2/PersonBirthDate=Y-7/12-11 | p2/Forename=WREN; p2/PersonBirthDate=Y-7/12-12
L201 | p3/Requests/RequestOutcome- | p3/Requests/RequestOutcome=W
L201 | p3/Requests/RequestOutcome=Q | p3/Requests/RequestOutcome=A
L202 | p3/Requests/ReceivedDate- | p2/Requests/ReceivedDate-
L203 | p3/Requests/ReceivedDate=C+1 | p3/Requests/ReceivedDate=C
L204 | p3/Requests/ReceivedDate=Y-4/11-29 | p3/Requests/ReceivedDate=Y-4/11-30
L205 | p1/Requests/RequestOutcomeDate=Y-2/12-31 | p1/Requests/RequestOutcomeDate=Y-1/01-01
L206 | p4/Requests/RequestOutcomeDate- | p3/Requests/RequestOutcomeDate-
L207 | p3/Requests/RequestOutcomeDate=Y-1/12-20 | p3/Requests/RequestOutcomeDate-
L208 | p4/Requests/RequestOutcomeDate=Y-1/03-16 | p4/Requests/RequestOutcomeDate=Y-1/03-17
L209 | p4/Requests/RequestOutcomeDate=C+1 | p4/Requests/RequestOutcomeDate=C
L210 | p3/Requests/RYA- | p2/Requests/RYA-
L210 | p3/Requests/RYA=2 | p3/Requests/RYA=1
L211 | p3/Requests/RequestSource=6 | p3/Requests/RequestSource=5
L212 | p4/Requests/RequestMediation- | p3/Requests/RequestMediation-
L213 | p4/Requests/RequestTribunal- | p3/Requests/RequestTribunal-
L214 | p3/Requests/RequestTribunal=1 | p3/Requests/RequestTribunal=0
L215 | p3/Requests/Exported=999 | p3/Requests/Exported=XXX
L216 | p3/Requests/Exported=888 | p3/Requests/Exported=889
L217 | p1/Requests/Exported=889 | p3/Requests/Exported=889
L218 | p1/A-; p1/R- | p1/A-; p1/R-; p1/Requests/Exported=889
L219 | p1/Requests/RequestOutcome=W | p1/Requests/RequestOutcome=H
L220 | p1/Requests/RequestOutcome=N | p1/Requests/RequestOutcome=N; p1/Requests/RequestMediation=1
L221 | again p3/Requests | again p4/Requests
L222 | again p3/Requests | again p2/Requests
L301 | p1/A/AssessmentOutcome- | p1/A/AssessmentOutcome=H
L301 | p1/A/AssessmentOutcome=X | p1/A/AssessmentOutcome=A
L302 | p1/A/AssessmentOutcomeDate- | p1/A/AssessmentOutcomeDate-; p1/N-; p1/R-
L303 | p2/A/AssessmentOutcomeDate=Y-3/06-10 | p2/A/AssessmentOutcomeDate-
L304 | p1/A/AssessmentOutcomeDate=Y-1/03-16 | p1/A/AssessmentOutcomeDate=Y-1/03-17
L305 | p1/A/AssessmentOutcomeDate=Y-1/04-21 | p1/A/AssessmentOutcomeDate=Y-1/04-22
L306 | p1/A/AssessmentOutcomeDate=C+1 | p1/A/AssessmentOutcomeDate=C
L307 | p1/A/AssessmentOutcomeDate=Y-2/12-31 | p1/A/AssessmentOutcomeDate=Y-1/01-01
L308 | p1/A/AssessmentMediation- | p2/A/AssessmentMediation-
L309 | p1/A/AssessmentTribunal=2 | p1/A/AssessmentTribunal=1
L310 | p1/A/OtherMediation- | p1/A/OtherMediation=1
L311 | p1/A/OtherTribunal- | p2/A/OtherTribunal-
L312 | p1/A/Week20- | p2/A/Week20-
L313 | p1/N-; p1/R- | p1/N-; p1/R-; p1/A/AssessmentOutcomeDate-
L314 | p1/A/AssessmentOutcome=A | p1/A/AssessmentOutcome=N
L315 | p1/A/AssessmentOutcome=N | p1/A/AssessmentOutcome=N; p1/A/AssessmentMediation=1
L316 | p1/R/TransferLA=201 | p2/R/TransferLA=201
L317 | p1/A/AssessmentOutcome=H | p1/A/AssessmentOutcome=H; p1/R/TransferLA=201
L318 | p1/A/Week20=1; p1/A/AssessmentOutcomeDate=Y-1/08-04 | p1/A/Week20=1; p1/A/AssessmentOutcomeDate=Y-1/08-05
L401 | p1/N/StartDate- | p1/N/StartDate=Y-1/09-01
L402 | p1/N/StartDate=C+1 | p1/N/StartDate=C
L403 | p1/N/StartDate=Y-7/12-10 | p1/N/StartDate=Y-7/12-11
L404 | p2/N/StartDate=2014-08-31 | p2/N/StartDate=2014-09-01
L405 | p1/D- | again p1/D; p1/D/PlacementRank=1
L405 | again p1/D; again p1/D | again p1/D
L406 | p1/D/UKPRN=10001234 | p1/D/URN-; p1/D/UKPRN=10001234
L407 | p1/D/URN- | p1/D/URN-; p1/D/SENSetting=OLA
L408 | p1/D/URN=99417 | p1/D/URN=100000
L409 | p1/D/URN-; p1/D/UKPRN=1000123 | p1/D/URN-; p1/D/UKPRN=10001234
L410 | p1/D/URN-; p1/D/SENSetting=NEET | p1/D/URN-; p1/D/SENSetting=EHE
L410 | p1/D/URN-; p1/D/SENSetting=HOME | p1/D/URN-; p1/D/SENSetting=OTH
L411 | p1/D/URN-; p1/D/SENSetting=OTH | p1/D/URN-; p1/D/SENSetting=OTH; p1/D/SENSettingOther=boat
L412 | p1/D/PlacementRank- | p1/D/PlacementRank=2
L412 | p1/D/PlacementRank=3 | p1/D/PlacementRank=1
L413 | p1/D/PlacementRank=2 | p1/D/PlacementRank=1
L413 | again p1/D | again p1/D; p1/D/PlacementRank=2
L414 | p1/D/SENunitIndicator- | p1/D/URN-; p1/D/SENSetting=OLA; p1/D/SENunitIndicator-
L415 | p1/D/SENunitIndicator=1; p1/D/ResourcedProvisionIndicator=1 | p1/D/SENunitIndicator=1
L416 | p1/N/PlanRes=Z | p1/N/PlanRes=B
L417 | p2/N/PlanWBP=X | p2/N/PlanWBP=S
L418 | p2/N/PlanWBP=S; p2/PersonBirthDate=C-16+1 | p2/N/PlanWBP=S; p2/PersonBirthDate=C-16
L419 | p1/N/PB- | p1/N/PB=0
L420 | p1/N/PB=1; p1/N/OA=0 | p1/N/PB=1; p1/N/OA=1
L421 | p1/N/DP=E | p1/N/DP=E; p1/N/PB=1
L422 | p1/N/PB=1; p1/N/DP=X | p1/N/PB=1; p1/N/DP=I
L423 | p5/N/CeaseReason- | p5/N/CeaseReason=9
L424 | p5/N/CeaseDate- | p5/N/CeaseDate-; p5/N/CeaseReason-
L425 | p5/N/CeaseReason=10 | p5/N/CeaseReason=8
L426 | p5/N/StartDate=Y-1/07-21 | p5/N/StartDate=Y-1/07-20
L427 | p5/N/CeaseDate=C+1 | p5/N/CeaseDate=C
L428 | p5/N/CeaseDate=Y-2/12-31 | p5/N/CeaseDate=Y-1/01-01
L429 | p5/N/CeaseReason=1; p5/PersonBirthDate=Y-20/07-21 | p5/N/CeaseReason=1; p5/PersonBirthDate=Y-20/07-20
L430 | p5/N/CeaseReason=4; p5/PersonBirthDate=Y-17/07-21 | p5/N/CeaseReason=4; p5/PersonBirthDate=Y-17/07-20
L431 | again p2/Requests | again p5/Requests
L501 | p5/R-; p5/N/CeaseDate=Y-1/01-01 | p5/R-; p5/N/CeaseDate=Y-2/12-31
L502 | p1/N- | p1/N-; p1/R-
L503 | p1/R/TransferLA=888 | p1/R/TransferLA=XXX
L503 | p1/R/TransferLA=999 | p1/R/TransferLA=889
L504 | p2/L- | p5/L-
L505 | p1/L/SENSetting=OLA | p1/L/URN-; p1/L/SENSetting=OLA
L506 | p1/L/URN- | p1/L/URN-; p1/L/UKPRN=10001234
L507 | p1/L/URN=ABCDEF | p1/L/URN=123456
L508 | p1/L/URN-; p1/L/UKPRN=100012345 | p1/L/URN-; p1/L/UKPRN=10001234
L509 | p1/L/URN-; p1/L/SENSetting=HOME | p1/L/URN-; p1/L/SENSetting=NIEC
L510 | p2/L/SENSetting=NEET; p2/PersonBirthDate=C-16+1 | p2/L/SENSetting=NEET; p2/PersonBirthDate=C-16
L510 | p2/L/SENSetting=NEET; p2/PersonBirthDate=C-26 | p2/L/SENSetting=NEET; p2/PersonBirthDate=C-26+1
L511 | p1/L/URN-; p1/L/SENSetting=NIEO | p1/L/URN-; p1/L/SENSetting=NIEO; p1/L/SENSettingOther=waits
L512 | p1/L/PlacementRank- | p1/L/PlacementRank=2
L513 | again p1/L | again p1/L; p1/L/LeavingDate=C-0-1
L514 | p1/L/EntryDate- | p1/L/EntryDate=Y-2/09-01
L515 | p1/L/EntryDate=C+1 | p1/L/EntryDate=C
L516 | p5/L/EntryDate=Y-1/07-21 | p5/L/EntryDate=Y-1/07-20
L517 | p5/L/LeavingDate=Y-2/12-31 | p5/L/LeavingDate=Y-1/01-01
L518 | p1/L/LeavingDate=C+1 | p1/L/LeavingDate=C
L519 | p1/L/ResourcedProvisionIndicator- | p1/L/URN-; p1/L/SENSetting=OLA; p1/L/ResourcedProvisionIndicator-
L520 | p1/L/SENunitIndicator=1; p1/L/ResourcedProvisionIndicator=1 | p1/L/ResourcedProvisionIndicator=1
L521 | p1/W/Res=Z | p1/W/Res=A
L522 | p2/W/WBP=Q | p2/W/WBP=T
L523 | p2/W/WBP=A; p2/PersonBirthDate=C-16+1 | p2/W/WBP=A; p2/PersonBirthDate=C-16
L524 | p5/L/LeavingDate=Y-1/07-21 | p5/L/LeavingDate=Y-1/07-20
L524 | p5/L/LeavingDate- | p1/L/LeavingDate-
L525 | p2/L/LeavingDate=C-0-1 | p2/L/LeavingDate=C
L530 | p1/S- | p1/S/SENtype=OTH
L531 | p1/S/SENtype=ADHD | p1/S/SENtype=MSI
L532 | p1/S/SENtype=DS | p1/S/SENtype=OTH
L533 | p1/S/SENtypeRank- | p1/S/SENtypeRank=2
L533 | p1/S/SENtypeRank=3 | p1/S/SENtypeRank=1
L534 | p1/S/SENtypeRank=2 | p1/S/SENtypeRank=1
L534 | again p1/S | again p1/S; p1/S/SENtypeRank=2
L535 | again p1/S; again p1/S | again p1/S
L536 | again p1/S; p1/S/SENtypeRank=2 | again p1/S; p1/S/SENtype=HI
L540 | p2/R/ReviewMeeting=C+1 | p2/R/ReviewMeeting=C
L541 | p2/R/ReviewMeeting=Y-3/06-09 | p2/R/ReviewMeeting=Y-3/06-10
L542 | p2/R/ReviewOutcome=X | p2/R/ReviewOutcome=A
L543 | p2/R/ReviewOutcome- | p2/R/ReviewOutcome-; p2/R/LastReview-
L543 | p2/R/LastReview- | p2/R/ReviewMeeting-
L544 | p2/R/LastReview=Y-1/06-01 | p2/R/LastReview=Y-1/06-02
L545 | p2/R/LastReview=C+1 | p2/R/LastReview=C
L546 | p2/R/ReviewDraft=Y-1/07-01 | p2/R/ReviewDraft=Y-1/07-01; p2/R/ReviewOutcome=A
L547 | p2/R/ReviewDraft=Y-1/06-01 | p2/R/ReviewDraft=Y-1/06-02
L548 | p2/R/ReviewMeeting- | p2/R/ReviewMeeting-; p2/N/StartDate=C-1
L548 | p2/R/ReviewMeeting=C-1-1 | p2/R/ReviewMeeting=C-1
L549 | p2/R/ReviewOutcome=A | p2/R/ReviewOutcome=A; p2/R/ReviewDraft=Y-1/07-01
L550 | p1/R/PhaseTransferFinalDate=C | p1/R/PhaseTransferFinalDate=C; p1/R/PhaseTransferDueDate=Y+0/02-15
L551 | p1/R/PhaseTransferFinalDate=C+1 | p1/R/PhaseTransferFinalDate=C
L552 | p1/R/PhaseTransferDueDate=Y+0/02-14 | p1/R/PhaseTransferDueDate=Y+0/03-31
F1 | p1/N/PB=1; p1/N/OA=2 | p1/N/PB=1; p1/N/OA=1
F2 | p1/Surname=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij | p1/Surname=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi
"""
SHORT = {
    "/A": "/Requests/Assessment",
    "/N": "/Requests/Assessment/NamedPlan",
    "/D": "/Requests/Assessment/NamedPlan/PlanDetail",
    "/R": "/Requests/ActivePlans",
    "/L": "/Requests/ActivePlans/PlacementDetail",
    "/S": "/Requests/ActivePlans/SENneed",
}
ULN = "9990000017"
ONLY_FILE = {"L1"}  # ends the reading; tests of hostile files
WHOLE = {"L15", "L601", "L602", "L603", "L604", "L605", "L606"}  # tests of whole returns


def _rows() -> list[tuple[str, str, str]]:
    rows = [tuple(part.strip() for part in line.split(" | ")) for line in TABLE.strip().splitlines()]
    return [(row[0], row[1], row[2]) for row in rows]


def _path(text: str, year: int) -> str:
    text = text.replace("/X", "/GenderCurrent" if year == 2023 else "/Sex")
    text = text.replace("/W/", "/R/" if year == 2023 else "/L/")
    return re.sub(r"^(p\d)(/[ANDRLS])(?=/|$)", lambda m: m[1] + SHORT[m[2]], text)


def _value(text: str, year: int) -> str:
    """C is census day; C-16+1 is sixteen years before it, and a day on; C-0-1 is the day before."""
    found = re.fullmatch(r"C(-\d+)?([+-]1)?", text)
    if not found:
        return ULN if text == "ULN" else text
    census = date.fromisoformat(CENSUS[year])
    moved = census.replace(year=census.year + int(found[1] or 0)) + timedelta(days=int(found[2] or 0))
    return moved.isoformat()


def _edit(small: SmallReturn, edit: str) -> None:
    year = small.year
    if edit.startswith("again "):
        small.again(_path(edit[6:], year))
    elif edit.endswith("-") and "=" not in edit:
        small.put(_path(edit[:-1], year), None)
    else:
        path, value = edit.split("=", 1)
        small.put(_path(path, year), _value(value, year))


def made(edits: str, year: int) -> SmallReturn:
    """A right return of that year with these edits."""
    small = SmallReturn(year)
    for edit in edits.split(";"):
        _edit(small, edit.strip())
    return small


def findings(small: SmallReturn) -> list[Finding]:
    """Everything the check finds."""
    found: list[Finding] = []
    check.check(io.BytesIO(small.bytes()), found.append)
    return found


def _years(rule: str) -> list[int]:
    held = rule_book.rules()[rule]
    return [year for year in layout.years() if held.first_year <= year <= held.last_year]


CASES = [(rule, bad, good, year) for rule, bad, good in _rows() for year in _years(rule)]


@pytest.mark.parametrize("year", layout.years())
def test_a_right_return_breaks_nothing(year: int) -> None:
    assert findings(SmallReturn(year)) == []


@pytest.mark.parametrize(("rule", "bad", "good", "year"), CASES)
def test_just_broken_and_just_not(rule: str, bad: str, good: str, year: int) -> None:
    broken = [f for f in findings(made(bad, year)) if f.rule == rule]
    assert broken, "the edit breaks the rule"
    assert broken[0].level == rule_book.rules()[rule].level
    assert broken[0].line > 0
    assert rule not in {f.rule for f in findings(made(good, year))}, "and this one does not"


def test_every_rule_of_the_book_is_in_a_table() -> None:
    assert {row[0] for row in _rows()} | ONLY_FILE | WHOLE == set(rule_book.rules())


@pytest.mark.parametrize(("rule", "edit", "year"), [
    ("L211", "p3/Requests/RequestSource-", 2025),
    ("L14", "Header/Source/DSCO-", 2025),
    ("L549", "p2/R/ReviewOutcome=A", 2025),
    ("L548", "p2/R/ReviewMeeting-", 2024),
])  # fmt: skip
def test_what_only_a_later_year_asks_for(rule: str, edit: str, year: int) -> None:
    assert rule not in {f.rule for f in findings(made(edit, year))}
    if year == 2025:
        assert rule in {f.rule for f in findings(made(edit, 2026))}
        assert rule in {f.rule for f in findings(made(edit, 2027))}, "2027 inherits"


def test_the_item_and_its_own_line_are_named() -> None:
    small = made("p4/Requests/RequestOutcomeDate=Y-1/03-16", 2025)
    data = small.bytes()
    place = data.rindex(b"2024-03-16")
    (found,) = findings(small)
    assert (found.rule, found.person, found.item, found.value) == (
        "L208",
        4,
        "RequestOutcomeDate",
        "2024-03-16",
    )
    assert found.line == 1 + data[:place].count(b"\n")
    assert found.message.startswith("RequestOutcomeDate 2024-03-16: decided before the request was received.")


def test_what_cannot_be_read_is_not_also_called_missing() -> None:
    for edit in ("p3/Requests/ReceivedDate=soon", "p3/Requests/RYA=yes", "p1/PersonBirthDate=2018-02-30"):
        assert len(findings(made(edit, 2025))) == 1, edit


def test_an_old_decision_before_a_new_meeting_is_a_query() -> None:
    held = findings(made("p2/R/ReviewMeeting=Y-1/06-02; p2/R/LastReview=Y-2/06-20", 2025))
    assert [(f.rule, f.level) for f in held] == [("L544", "query")]


def test_elements_out_of_order_are_found() -> None:
    small = SmallReturn(2025)
    person = small.at("p1")
    person.insert(0, person[3])
    assert {f.rule for f in findings(small)} == {"L2"}


def test_the_place_of_the_last_review_is_that_of_the_year() -> None:
    for year in (2024, 2025, 2026):
        small = SmallReturn(year)
        active = small.at("p2/Requests/ActivePlans")
        decision = small.at("p2/Requests/ActivePlans/LastReview")
        active.remove(decision)
        active.insert([child.tag for child in active].index("ReviewMeeting"), decision)
        assert {f.rule for f in findings(small)} == {"L2"}, year


def test_a_register_of_schools_sharpens_three_rules() -> None:
    register = {"999417": rule_book.Establishment("34", sen_unit=False, resourced=True)}
    found: list[Finding] = []
    small = made(
        "p1/L/SENunitIndicator=1; p2/L/ResourcedProvisionIndicator=1; p5/D/URN=999999; p5/L/URN=999999", 2025
    )
    check.check(io.BytesIO(small.bytes()), found.append, register=register)
    assert [(f.rule, f.person) for f in found] == [("L520", 1), ("L408", 5), ("L507", 5)]


def test_pupil_numbers_are_never_repeated_whole() -> None:
    for edits in ("p1/UPN=X888299922417", "p2/UPN=W888299922417", "p1/UPN=W88829992241A"):
        for found in findings(made(edits, 2025)):
            assert "888299922" not in f"{found.value} {found.message}"


@pytest.mark.parametrize(
    "kind", ["no year", "year to come", "cut in the middle", "billion laughs", "no header"]
)
def test_what_cannot_be_checked_is_refused(kind: str) -> None:
    from tests.rules.hostile_returns import HOSTILE

    with pytest.raises(Unreadable):
        check.check(io.BytesIO(HOSTILE[kind]), lambda _: None)


def test_a_year_can_be_asked_for() -> None:
    found: list[Finding] = []
    data = SmallReturn(2025).put("Header/CollectionDetails/Year", "25").bytes()
    assert check.check(io.BytesIO(data), found.append, year=2025).year == 2025
    assert {f.rule for f in found} == {"L6"}


def test_the_version_of_the_book_is_twelve_digits() -> None:
    assert re.fullmatch("[0-9a-f]{12}", rule_book.version())
