# SPDX-License-Identifier: Apache-2.0
"""A second, independent writer of tiny returns: five made-up children, and edits that break one thing at a time.

It shares nothing with the product's writer: the order of elements below was written by hand from the sheet.
Days are written as `Y-1/03-17` for 17 March of the year before the return, so that one text serves every year.
"""

import io
import re
import xml.etree.ElementTree as ET

CENSUS = {2023: "2023-01-19", 2024: "2024-01-18", 2025: "2025-01-16", 2026: "2026-01-15", 2027: "2027-01-21"}

SETTING = "URN UKPRN SENSetting SENsetting SENSettingOther PlacementRank"
FLAGS = "SENunitIndicator ResourcedProvisionIndicator"
ORDER: dict[str, str] = {
    "Person": "Surname Forename PersonBirthDate GenderCurrent Sex Ethnicity PostCode UPN UniqueLearnerNumber "
    "UPNunknown Requests",
    "Requests": "ReceivedDate RequestSource RYA RequestOutcomeDate RequestOutcome RequestMediation RequestTribunal "
    "Exported Assessment ActivePlans",
    "Assessment": "AssessmentOutcome AssessmentOutcomeDate AssessmentMediation AssessmentTribunal OtherMediation "
    "OtherTribunal Week20 NamedPlan",
    "NamedPlan": "StartDate PlanDetail PlanRes PlanWBP PB OA DP CeaseDate CeaseReason",
    "PlanDetail": f"{SETTING} {FLAGS}",
    "PlacementDetail": f"{SETTING} EntryDate LeavingDate AttendancePattern {FLAGS} Res WBP",
    "SENneed": "SENtype SENtypeRank",
    "CollectionDetails": "Collection Year ReferenceDate",
    "Source": "SourceLevel LEA SoftwareCode Release SerialNo DateTime DMO DCO DSCO",
    "Persons": "Person",
    "Header": "CollectionDetails Source",
    "Message": "Header Persons",
}
ACTIVE = {
    2023: "TransferLA PlacementDetail Res WBP SENneed LastReview",
    2024: "TransferLA PlacementDetail SENneed ReviewMeeting ReviewOutcome LastReview",
    2025: "TransferLA PlacementDetail SENneed ReviewMeeting LastReview ReviewOutcome ReviewDraft PhaseTransferDueDate "
    "PhaseTransferFinalDate",
    2026: "TransferLA PlacementDetail SENneed ReviewMeeting ReviewOutcome ReviewDraft PhaseTransferDueDate "
    "PhaseTransferFinalDate LastReview",
}

_HEADER = """<Header><CollectionDetails><Collection>SEN2</Collection><Year>{year}</Year>
<ReferenceDate>{census}</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>888</LEA>
<SoftwareCode>Test</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo><DateTime>{year}-02-02T09:30:00</DateTime>
<DMO>Y</DMO><DCO>N</DCO>{dsco}</Source></Header>"""

_NAMES = """<Surname>{surname}</Surname><Forename>{forename}</Forename><PersonBirthDate>{born}</PersonBirthDate>
{sex}<Ethnicity>WBRI</Ethnicity><PostCode>PR1 8XJ</PostCode>{number}"""

_DETAIL = """<PlanDetail><URN>999417</URN><PlacementRank>1</PlacementRank><SENunitIndicator>0</SENunitIndicator>
<ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlanDetail>"""

_PLACEMENT = """<PlacementDetail><URN>999417</URN><PlacementRank>1</PlacementRank><EntryDate>Y-3/09-05</EntryDate>{left}
{attendance}<SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlacementDetail>"""

_NEED = "<SENneed><SENtype>SLCN</SENtype><SENtypeRank>1</SENtypeRank></SENneed>"

_DECIDED = """<ReceivedDate>Y-1/03-17</ReceivedDate>{source}<RYA>0</RYA>
<RequestOutcomeDate>Y-1/04-22</RequestOutcomeDate><RequestOutcome>{outcome}</RequestOutcome><RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>"""

# p1: a plan issued in the year. p2: an old plan, reviewed. p3: an open request. p4: a refusal. p5: a plan that ended.
_REQUESTS = {
    "p1": "<Requests>" + _DECIDED + """<Assessment><AssessmentOutcome>Y</AssessmentOutcome>
<AssessmentOutcomeDate>Y-1/08-20</AssessmentOutcomeDate><AssessmentMediation>0</AssessmentMediation>
<AssessmentTribunal>0</AssessmentTribunal><OtherMediation>0</OtherMediation><OtherTribunal>0</OtherTribunal><Week20>0</Week20>
<NamedPlan><StartDate>Y-1/08-20</StartDate>{detail}<PB>0</PB></NamedPlan></Assessment>
<ActivePlans>{placement}{need}</ActivePlans></Requests>""",
    "p2": """<Requests><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome>
<NamedPlan><StartDate>Y-3/06-10</StartDate>{detail}<PB>0</PB></NamedPlan></Assessment>
<ActivePlans>{placement}{need}{review}</ActivePlans></Requests>""",
    "p3": """<Requests><ReceivedDate>Y-1/12-19</ReceivedDate>{source}<RYA>0</RYA>
<RequestOutcome>A</RequestOutcome></Requests>""",
    "p4": "<Requests>" + _DECIDED + "</Requests>",
    "p5": """<Requests><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome>
<NamedPlan><StartDate>Y-3/06-10</StartDate>{detail}<PB>0</PB><CeaseDate>Y-1/07-20</CeaseDate>
<CeaseReason>2</CeaseReason></NamedPlan></Assessment><ActivePlans>{ended}{need}</ActivePlans></Requests>""",
}  # fmt: skip

# Made up: no URN starts with 999 and no learner number with 999000; the check letters and digits are right.
_PEOPLE = {
    "p1": ("Sample", "Wren", "Y-7/12-11", "F", "<UPN>W888299922417</UPN>"),
    "p2": ("Sample", "Ash", "Y-12/02-03", "M", "<UniqueLearnerNumber>9990000017</UniqueLearnerNumber>"),
    "p3": ("Sample", "Ellis", "Y-4/11-30", "M", "<UPNunknown>UN1</UPNunknown>"),
    "p4": ("Sample", "Rowan", "Y-9/05-04", "F", "<UPNunknown>UN2</UPNunknown>"),
    "p5": ("Sample", "Robin", "Y-19/10-10", "M", "<UPNunknown>UN3</UPNunknown>"),
}


def shape(year: int) -> int:
    """The year whose shape this year's return has."""
    return min(year, 2026)


def days(text: str, year: int) -> str:
    """`Y-1/03-17` as the day meant in that year's return."""
    return re.sub(r"Y([+-]\d+)?/(\d\d-\d\d)", lambda m: f"{year + int(m[1] or 0)}-{m[2]}", text)


def _review(year: int) -> str:
    meeting = "<ReviewMeeting>Y-1/06-02</ReviewMeeting>"
    decision, outcome = "<LastReview>Y-1/06-25</LastReview>", "<ReviewOutcome>M</ReviewOutcome>"
    return {
        2023: decision,
        2024: meeting + outcome + decision,
        2025: meeting + decision + outcome,
        2026: meeting + outcome + decision,
    }[shape(year)]


def _parts(year: int, outcome: str) -> dict[str, str]:
    attendance = "<AttendancePattern>FT</AttendancePattern>" if year == 2023 else ""
    return {
        "source": "<RequestSource>2</RequestSource>" if year >= 2025 else "",
        "outcome": outcome,
        "detail": _DETAIL,
        "need": _NEED,
        "review": _review(year),
        "placement": _PLACEMENT.format(left="", attendance=attendance),
        "ended": _PLACEMENT.format(left="<LeavingDate>Y-1/07-20</LeavingDate>", attendance=attendance),
    }


def _person(name: str, year: int) -> str:
    surname, forename, born, sex, number = _PEOPLE[name]
    gender = {"M": "1", "F": "2"}[sex]
    tag = f"<GenderCurrent>{gender}</GenderCurrent>" if year == 2023 else f"<Sex>{sex}</Sex>"
    names = _NAMES.format(surname=surname, forename=forename, born=born, sex=tag, number=number)
    requests = _REQUESTS[name].format(**_parts(year, "N" if name == "p4" else "Y"))
    return f"<Person>{names}{requests}</Person>"


class SmallReturn:
    """A right return of one year, and verbs that change it. A path starts at a person (`p1`) or at `Header`."""

    def __init__(self, year: int = 2026) -> None:
        self.year = year
        dsco = "<DSCO>R</DSCO>" if year >= 2025 else ""
        header = _HEADER.format(year=year, census=CENSUS[year], dsco=dsco)
        persons = "".join(_person(name, year) for name in _PEOPLE)
        text = f"<Message>{header}<Persons>{persons}</Persons></Message>"
        self.root = ET.fromstring(days(text, year))  # noqa: S314 - our own text

    def at(self, path: str) -> ET.Element:
        """The element at a path such as `p1/Requests/Assessment`."""
        first, _, rest = path.partition("/")
        start = self._start(first)
        found = start.find(rest) if rest else start
        assert found is not None, path
        return found

    def _start(self, first: str) -> ET.Element:
        if first == "Persons" or not first.startswith("p"):
            found = self.root if first == "Message" else self.root.find(first)
            assert found is not None, first
            return found
        return self.root.findall("Persons/Person")[int(first[1:]) - 1]

    def put(self, path: str, value: str | None) -> "SmallReturn":
        """Give an item this value, at its right place; None leaves it out."""
        above, _, tag = path.rpartition("/")
        parent = self.at(above)
        found = parent.find(tag)
        if value is None:
            if found is not None:
                parent.remove(found)
        elif found is not None:
            found.text = days(value, self.year)
        else:
            self._insert(parent, _element(tag, days(value, self.year)))
        return self

    def add(self, path: str, xml: str) -> "SmallReturn":
        """Add a whole element inside the one at the path, at its right place."""
        self._insert(self.at(path), ET.fromstring(days(xml, self.year)))  # noqa: S314 - our own text
        return self

    def again(self, path: str) -> "SmallReturn":
        """A second copy of the element at the path, right after it."""
        above = path.rpartition("/")[0]
        parent = self.at(above) if above else self.at("Persons")
        found = self.at(path)
        copy = ET.fromstring(ET.tostring(found))  # noqa: S314 - our own text
        parent.insert(list(parent).index(found) + 1, copy)
        return self

    def _insert(self, parent: ET.Element, new: ET.Element) -> None:
        order = ACTIVE[shape(self.year)] if parent.tag == "ActivePlans" else ORDER.get(parent.tag, "")
        places = order.split()
        mine = places.index(new.tag) if new.tag in places else len(places)
        before = [child for child in parent if child.tag in places and places.index(child.tag) <= mine]
        parent.insert(len(before), new)

    def bytes(self) -> bytes:
        """The return as a file."""
        ET.indent(self.root)
        out = io.BytesIO()
        ET.ElementTree(self.root).write(out, encoding="utf-8", xml_declaration=True)
        return out.getvalue()


def _element(tag: str, text: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = text
    return element
