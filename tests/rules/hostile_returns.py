# SPDX-License-Identifier: Apache-2.0
"""Files that are no SEN2 return, or a broken or hostile one. Every reader must end on each with one clear line."""

import gzip
import io
import zipfile
from collections.abc import Callable

from tests.rules.small_return import SmallReturn

GOOD = SmallReturn(2025).bytes()
TEXT = GOOD.decode()
PERSON = b"<Person>"


def _swap(old: str, new: str, count: int = 1) -> bytes:
    assert old in TEXT, old
    return TEXT.replace(old, new, count).encode()


def _without(tag: str) -> bytes:
    start, end = TEXT.index(f"<{tag}>"), TEXT.index(f"</{tag}>") + len(tag) + 3
    return (TEXT[:start] + TEXT[end:]).encode()


def _put(path: str, value: str | None, year: int = 2025) -> bytes:
    return SmallReturn(year).put(path, value).bytes()


def _dtd(inside: str, use: str = "Sample") -> bytes:
    body = TEXT.split("?>", 1)[1].replace(">Sample<", f">{use}<", 1)
    return f'<?xml version="1.0"?><!DOCTYPE Message [{inside}]>{body}'.encode()


def _zip(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, GOOD)
    return out.getvalue()


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return _dtd("".join(lines), "&a11;")


def _second_header() -> bytes:
    header = TEXT[TEXT.index("<Header>") : TEXT.index("</Header>") + 9]
    return _swap("</Header>", "</Header>" + header)


def _header_last() -> bytes:
    start, end = TEXT.index("<Header>"), TEXT.index("</Header>") + 9
    header = TEXT[start:end]
    return (TEXT[:start] + TEXT[end:]).replace("</Message>", header + "</Message>").encode()


def _no_persons() -> bytes:
    start, end = TEXT.index("<Persons>"), TEXT.index("</Persons>") + 10
    return (TEXT[:start] + "<Persons></Persons>" + TEXT[end:]).encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    # not a return at all
    "empty file": lambda: b"",
    "only blanks": lambda: b" \n\t\n",
    "plain text": lambda: b"Dear colleague, please find attached the return.",
    "a csv export": lambda: b"persontableid,surname,forename\n1,Sample,Wren\n",
    "json": lambda: b'{"Message": {"Header": {}}}',
    "a web page": lambda: b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>",
    "a web page without doctype": lambda: b"<html><body>Your session has ended</body></html>",
    "gzip": lambda: gzip.compress(GOOD),
    "zip": lambda: _zip("return.xml"),
    "excel workbook": lambda: _zip("xl/workbook.xml"),
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "another root": lambda: _swap("<Message>", "<Return>").replace(b"</Message>", b"</Return>"),
    "namespaced root": lambda: _swap("<Message>", '<Message xmlns="urn:example:sen2">'),
    "a root with a prefix that nothing declares": lambda: b"<x:Message>M</x:Message>",
    "an item with a prefix that nothing declares": lambda: _swap("<Sex>", "<x:Sex>").replace(b"</Sex>", b"</x:Sex>", 1),
    "random bytes": lambda: bytes(range(256)) * 64,
    # broken XML
    "cut in the middle": lambda: GOOD[: len(GOOD) // 2],
    "cut before the last tag": lambda: GOOD.replace(b"</Message>", b""),
    "cut inside a tag": lambda: GOOD[: GOOD.index(PERSON) + 4],
    "rubbish after the end": lambda: GOOD + b"\n<!-- fine --> but this is not",
    "two documents in one": lambda: GOOD + GOOD,
    "tags crossed": lambda: _swap("</Surname>", "</Forename>"),
    "bare ampersand": lambda: _swap(">Sample<", ">Sample & Son<"),
    "nul bytes": lambda: _swap(">Sample<", ">Sam\x00ple<"),
    "nothing but nul bytes": lambda: b"\x00" * 4096,
    "wrong encoding declared": lambda: GOOD.replace(b"utf-8", b"utf-16", 1),
    "unknown encoding": lambda: GOOD.replace(b"utf-8", b"klingon", 1),
    "windows letters called utf-8": lambda: GOOD.replace(b">Sample<", b">Sm\xedth<", 1),
    # attacks
    "billion laughs": _laughs,
    "external entity": lambda: _dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "external doctype": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE Message SYSTEM "http://example.invalid/x.dtd">' + GOOD.split(b"?>", 1)[1]
    ),
    "harmless doctype": lambda: _dtd(""),
    "undeclared entity": lambda: _swap(">Sample<", ">&nobody;<"),
    "nested without end": lambda: _swap("<Requests>", "<Requests>" * 5000),
    "giant text": lambda: _swap(">Sample<", f">{'A' * 12_000_000}<"),
    "giant comment": lambda: _swap("<Persons>", f"<!--{'x ' * 6_000_000}--><Persons>"),
    "one person without end": lambda: _swap("<Requests>", "<Requests>" + "<RYA>0</RYA>" * 1_000_000),
    "strangers among the persons": lambda: _swap("<Persons>", "<Persons>" + "<Extra/>" * 100),
    # no header, or not this return
    "text among the persons": lambda: _swap("<Persons>", "<Persons>said"),
    "text behind the persons": lambda: _swap("</Persons>", "</Persons>said"),
    "no header": lambda: _without("Header"),
    "two headers": _second_header,
    "header after persons": _header_last,
    "another collection": lambda: _put("Header/CollectionDetails/Collection", "SCHC"),
    "no collection": lambda: _put("Header/CollectionDetails/Collection", None),
    "no year": lambda: _put("Header/CollectionDetails/Year", None),
    "year in words": lambda: _put("Header/CollectionDetails/Year", "twenty25"),
    "pilot year": lambda: _put("Header/CollectionDetails/Year", "2022"),
    "year to come": lambda: _put("Header/CollectionDetails/Year", "2199"),
    "not the census day": lambda: _put("Header/CollectionDetails/ReferenceDate", "2025-01-17"),
    "census day of another year": lambda: _put("Header/CollectionDetails/ReferenceDate", "2024-01-18"),
    "no sender": lambda: _put("Header/Source/LEA", None),
    "welsh sender": lambda: _put("Header/Source/LEA", "660"),
    "sender in letters": lambda: _put("Header/Source/LEA", "LAN"),
    "sender elsewhere": lambda: _put("Header/Source/LEA", "XXX"),
    "sender of the past": lambda: _put("Header/Source/LEA", "909"),
    "school level": lambda: _put("Header/Source/SourceLevel", "S"),
    "no serial number": lambda: _put("Header/Source/SerialNo", None),
    "serial number in letters": lambda: _put("Header/Source/SerialNo", "one"),
    # persons that cannot be mapped
    "no persons element": lambda: _without("Persons"),
    "no person": _no_persons,
    "no surname": lambda: _put("p1/Surname", None),
    "empty forename": lambda: _put("p1/Forename", "  "),
    "no birth date": lambda: _put("p1/PersonBirthDate", None),
    "birth date that never was": lambda: _put("p1/PersonBirthDate", "2018-02-30"),
    "birth date the british way": lambda: _put("p1/PersonBirthDate", "11/12/2018"),
    "birth date without hyphens": lambda: _put("p1/PersonBirthDate", "20181211"),
    "born after census day": lambda: _put("p1/PersonBirthDate", "2025-01-17"),
    "born in another age": lambda: _put("p1/PersonBirthDate", "1018-12-11"),
    "birth date with a time": lambda: _put("p1/PersonBirthDate", "2018-12-11T00:00:00"),
    "two surnames": lambda: SmallReturn(2025).again("p1/Surname").bytes(),
    "names within a name": lambda: _swap("<Surname>Sample", "<Surname><b>Sample</b>"),
    "unknown ethnicity": lambda: _put("p1/Ethnicity", "ABCD"),
    "unknown sex": lambda: _put("p1/Sex", "X"),
    "pupil number of fourteen": lambda: _put("p1/UPN", "W8882999224170"),
    "learner number of eleven": lambda: _put("p2/UniqueLearnerNumber", "99900000170"),
    "postcode with words": lambda: _put("p1/PostCode", "PR1 8XJ (his aunt's)"),
    "urn of seven": lambda: _put("p1/Requests/ActivePlans/PlacementDetail/URN", "9994170"),
    "ukprn of nine": lambda: _swap("<URN>999417</URN>", "<UKPRN>100012345</UKPRN>"),
    # requests that cannot be mapped
    "no request": lambda: _put("p3/Requests", None),
    "no request outcome": lambda: _put("p3/Requests/RequestOutcome", None),
    "unknown request outcome": lambda: _put("p3/Requests/RequestOutcome", "Z"),
    "small letter outcome": lambda: _put("p3/Requests/RequestOutcome", "a"),
    "request that is no date": lambda: _put("p3/Requests/ReceivedDate", "yesterday"),
    "request in the far future": lambda: _put("p3/Requests/ReceivedDate", "2205-01-06"),
    "request in the far past": lambda: _put("p3/Requests/ReceivedDate", "0205-01-06"),
    "yes for one": lambda: _put("p3/Requests/RYA", "true"),
    "moved to nowhere": lambda: _put("p3/Requests/Exported", "999"),
    "two assessments": lambda: SmallReturn(2025).again("p1/Requests/Assessment").bytes(),
    "no assessment outcome": lambda: _put("p1/Requests/Assessment/AssessmentOutcome", None),
    "unknown assessment outcome": lambda: _put("p1/Requests/Assessment/AssessmentOutcome", "Q"),
    "unknown cease reason": lambda: _put("p5/Requests/Assessment/NamedPlan/CeaseReason", "10"),
    "plan from the far future": lambda: _put("p1/Requests/Assessment/NamedPlan/StartDate", "3024-08-20"),
    "active plan without a plan": lambda: _put("p2/Requests/Assessment/NamedPlan", None),
    "urn and setting code": lambda: _put("p1/Requests/ActivePlans/PlacementDetail/SENSetting", "OLA"),
    "urn and ukprn": lambda: _put("p1/Requests/Assessment/NamedPlan/PlanDetail/UKPRN", "10001234"),
    "unknown setting code": lambda: _swap("<URN>999417</URN>", "<SENSetting>HOME</SENSetting>"),
    "unknown need": lambda: _put("p1/Requests/ActivePlans/SENneed/SENtype", "ADHD"),
    "third rank": lambda: _put("p1/Requests/ActivePlans/SENneed/SENtypeRank", "3"),
    "review that is no date": lambda: _put("p2/Requests/ActivePlans/ReviewMeeting", "2024-06-31"),
    # an item the year does not have
    "gender in 2025": lambda: _put("p1/GenderCurrent", "1"),
    "attendance in 2025": lambda: _put("p1/Requests/ActivePlans/PlacementDetail/AttendancePattern", "FT"),
    "source of request in 2024": lambda: _put("p1/Requests/RequestSource", "1", 2024),
    "sex in 2023": lambda: _put("p1/Sex", "F", 2023),
    "review meeting in 2023": lambda: _put("p2/Requests/ActivePlans/ReviewMeeting", "2022-06-02", 2023),
    "an item nobody knows": lambda: _put("p1/ShoeSize", "4"),
    "slip of an item": lambda: _put("p1/Requests/Assessment/NamedPlan/PlanWPB", "A"),
}  # fmt: skip

HOSTILE: dict[str, bytes] = {name: make() for name, make in MAKERS.items()}
