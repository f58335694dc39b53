# SPDX-License-Identifier: Apache-2.0
"""A return that is cut into pieces says the same as one that the parser alone has read, each thing on its line."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.returns import check, layout, opening, reader
from fingerpost.rules.returns.check import Finding
from fingerpost.rules.returns.records import PersonRecord
from fingerpost.rules.returns.unreadable import Unreadable
from tests.rules.small_return import SmallReturn
from tests.rules.test_returns_fuzz import DAMAGE, damaged

YEARS = layout.years()


def _findings(data: bytes) -> list[Finding] | str:
    found: list[Finding] = []
    try:
        check.check(io.BytesIO(data), found.append)
    except Unreadable as problem:
        return str(problem)
    return found


def _strictly(data: bytes) -> list[PersonRecord] | None:
    """As an import reads it."""
    try:
        return list(reader.read(io.BytesIO(data))[1])
    except Unreadable:
        return None


def _streamed(
    data: bytes, monkeypatch: pytest.MonkeyPatch, reading: Callable[[bytes], Any] = _findings
) -> Any:
    """The same, all of it left to the stream's own parser."""
    with monkeypatch.context() as patch:
        patch.setattr(opening, "_encoding", lambda _: "")
        return reading(data)


def _faulty() -> bytes:
    small = SmallReturn(2026)
    for place in ("p1", "p2", "p4", "p5"):
        small.put(f"{place}/PostCode", "nowhere")
    return small.put("p2/Requests/ActivePlans/PlacementDetail/URN", "12").bytes()


PLAIN = _faulty().decode().replace("><", ">\n<")
P3 = PLAIN.index("<Person>", PLAIN.index("<Person>", PLAIN.index("<Person>") + 1) + 1)
ODD: dict[str, bytes] = {
    "plain": PLAIN.encode(),
    "a person to a line": PLAIN.replace("\n", "").replace("<Person>", "\n<Person>").encode(),
    "all on one line": PLAIN.replace("\n", "").encode(),
    "Windows line ends": PLAIN.replace("\n", "\r\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "sixteen bits": PLAIN.replace("utf-8", "utf-16").encode("utf-16"),
    "western letters": PLAIN.replace("utf-8", "iso-8859-1")
    .replace("Sample", "Sm\u00edth")
    .encode("iso-8859-1"),
    "a comment that ends a person": (PLAIN[:P3] + "<!-- </Person>\n -->" + PLAIN[P3:]).encode(),
    "a comment that begins persons": PLAIN.replace("<Persons>", "<!-- <Persons> --><Persons>").encode(),
    "a name that ends a person": PLAIN.replace("Sample", "<![CDATA[</Person>]]>", 1).encode(),
    "blanks in the closing tag": PLAIN.replace("</Person>", "</Person >", 2).encode(),
    "an attribute": PLAIN.replace("<Persons>", '<Persons note="x">').encode(),
    "an attribute of a person": PLAIN.replace("<Person>", '<Person note="x">', 2).encode(),
    "an empty person": (PLAIN[:P3] + "<Person/>" + PLAIN[P3:]).encode(),
    "a person in a person": (PLAIN[:P3] + "<Person><Person></Person></Person>" + PLAIN[P3:]).encode(),
    "a comment at the end": PLAIN.encode() + b"<!-- made by hand -->",
    "persons twice": PLAIN.replace("</Persons>", "</Persons><Persons></Persons>").encode(),
    "persons closed and opened": (PLAIN[:P3] + "</Persons><Persons>" + PLAIN[P3:]).encode(),
    "a stranger among persons": (PLAIN[:P3] + "<Extra/>" + PLAIN[P3:]).encode(),
    "a tag crossed late": PLAIN[::-1].replace("</Surname>"[::-1], "</Forename>"[::-1], 1)[::-1].encode(),
    "text between items": PLAIN.replace("<Assessment>", "<Assessment>said", 2).encode(),
    "text after a record": PLAIN.replace("</SENneed>", "</SENneed>\n &amp; more", 1).encode(),
    "cut late": PLAIN.encode()[: PLAIN.rindex("<Person>") + 60],
    "rubbish after the end": PLAIN.encode() + b"<<",
}


STRAY: dict[str, str] = {
    "before the header": PLAIN.replace("<Header>", "more<Header>"),
    "before the persons": PLAIN.replace("<Person>", "more<Person>", 1),
    "between persons": PLAIN[:P3] + "more\n" + PLAIN[P3:],
    "after the last person": PLAIN.replace("</Persons>", "more</Persons>"),
    "after the persons": PLAIN.replace("</Persons>", "</Persons>more"),
}


@pytest.mark.parametrize("chunk", [300, 1500, 128 * 1024])
@pytest.mark.parametrize("name", STRAY)
def test_text_outside_every_person_is_refused(name: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = STRAY[name].encode()
    monkeypatch.setattr(opening, "CHUNK", chunk)
    for said in (_streamed(data, monkeypatch), _findings(data)):
        assert "text that belongs to no item" in said


@pytest.mark.parametrize("chunk", [300, 1500, 128 * 1024])
@pytest.mark.parametrize("name", ODD)
def test_pieces_say_what_the_stream_says(name: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings with their lines, or the one line that says why the file cannot be read."""
    data = ODD[name]
    streamed, strictly = _streamed(data, monkeypatch), _streamed(data, monkeypatch, _strictly)
    monkeypatch.setattr(opening, "CHUNK", chunk)
    assert _findings(data) == streamed
    assert _strictly(data) == strictly


SPOILS: list[bytes] = [
    *(
        b"<",
        b">",
        b"&",
        b"&amp;",
        b"&#13;",
        b"&nbsp;",
        b"]]>",
        b"<!--",
        b"-->",
        b"<!-- -->",
        b"",
        b"x",
        b"1",
        b"/",
    ),
    *(
        b"<![CDATA[x]]>",
        b"<![CDATA[</Person>]]>",
        b"<?x ?>",
        b'<?xml version="1.0"?>',
        b"<!DOCTYPE x>",
        b"\x00",
    ),
    *(
        b"\r",
        b"\r\n",
        b"\n",
        b"\t",
        b" ",
        b"\xc2\xa0",
        b"\xc2\x85",
        b"\x0b",
        b"\x1f",
        b"\x7f",
        b"\xff",
        b"\xc3\xa9",
    ),
    *(
        b"\xed\xa0\x80",
        b"\xef\xbf\xbe",
        b"\xef\xbf\xbf",
        b"\xef\xbf\xbd",
        b"\xf0\x9f\x99\x82",
        b"</Requests>",
    ),
    *(b"</Person>", b"<Person>", b"</Persons>", b"<Requests>", b"<SENneed>", b"<URN>1</URN>", b"<Sex></Sex>"),
    *(b"<Sex/>", b"<x:Sex>M</x:Sex>", b'<Sex a="b">M</Sex>', b"</Person ><Person >", b"<Person/>"),
    *(b"<Person><Person>", b"</Person></Person>", b"</Person>\n<Person>"),
]
SPOIL = st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 12), st.sampled_from(SPOILS), st.booleans())
Spoil = tuple[int, int, bytes, bool]


def _spoilt(spoils: list[Spoil]) -> bytes:
    """The return with bytes put in or in the place of others, there or behind the next tag."""
    data = PLAIN.encode()
    for place, gone, new, behind in spoils:
        at = data.find(b">", place) + 1 if behind else place
        data = data[:at] + new + data[at + gone :]
    return data


@settings(max_examples=300, deadline=None)
@given(st.lists(SPOIL, min_size=1, max_size=4), st.sampled_from([400, 1500, 128 * 1024]))
def test_what_is_spoilt_is_read_as_the_stream_reads_it(spoils: list[Spoil], chunk: int) -> None:
    """A person whom no parser has seen is well-formed XML: any other goes to the parser.

    Of several things that make a file unreadable, either may be named.
    """
    data = _spoilt(spoils)
    with pytest.MonkeyPatch.context() as patch:
        streamed, strictly = _streamed(data, patch), _streamed(data, patch, _strictly)
        patch.setattr(opening, "CHUNK", chunk)
        found = _findings(data)
        assert _strictly(data) == strictly
    assert isinstance(found, str) if isinstance(streamed, str) else found == streamed


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(YEARS), st.lists(DAMAGE, min_size=1, max_size=8))
def test_findings_lie_where_the_stream_finds_them(year: int, damage: list[tuple[str, int, str]]) -> None:
    data = damaged(year, damage).replace(b"><", b">\n<")
    with pytest.MonkeyPatch.context() as patch:
        streamed = _streamed(data, patch)
    assert _findings(data) == streamed


def test_lines_are_right_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CHUNK", 900)
    lines = PLAIN.splitlines()
    found = _findings(PLAIN.encode())
    assert not isinstance(found, str)
    postcodes = [one for one in found if one.rule == "L109"]
    assert len(postcodes) == 4
    assert {lines[one.line - 1].strip() for one in postcodes} == {"<PostCode>nowhere</PostCode>"}


def test_lines_are_right_beyond_what_the_parser_counts_to() -> None:
    """The parser's own line of an element ends at 65,535."""
    person = PLAIN[P3 : PLAIN.index("</Person>", P3) + 9]
    many = PLAIN[:P3] + (person + "\n" + "\n" * 200) * 400 + PLAIN[P3:]
    lines = many.splitlines()
    assert len(lines) > 80_000
    found = _findings(many.encode())
    assert not isinstance(found, str)
    assert {lines[one.line - 1].strip() for one in found if one.rule == "L109"} == {
        "<PostCode>nowhere</PostCode>"
    }
    assert max(one.line for one in found) > 80_000


def test_requests_are_counted() -> None:
    small = SmallReturn(2026).again("p1/Requests")
    found = _findings(small.put("p1/Requests/ReceivedDate", "2030-01-01").bytes())
    assert isinstance(found, list)
    assert {(one.person, one.request) for one in found if one.rule == "L203"} == {(1, 1)}
    assert {one.request for one in found if one.rule in ("L101", "L222")} <= {None}


def test_text_between_items_is_found_and_not_repeated() -> None:
    """It may be a name."""
    data = SmallReturn(2026).bytes().decode()
    at = data.index("<Assessment>", data.index("<Requests>") + 1)
    line = 1 + data[: data.index("<Requests>")].count("\n")
    found = _findings((data[:at] + "Wren Sample" + data[at:]).encode())
    assert isinstance(found, list)
    (one,) = found
    assert (one.rule, one.person, one.request, one.item, one.line) == ("L2", 1, 1, "Requests", line)
    assert one.value is None
    assert "text that belongs to no item" in one.message
    assert "Wren" not in one.message


def test_a_missing_item_is_not_hidden_by_an_unreadable_one_elsewhere() -> None:
    """All on one line: lines do not tell the two requests apart."""
    small = SmallReturn(2026).again("p1/Requests").put("p1/Requests/RYA", None)
    data = small.bytes().decode().replace("\n", "")
    at = data.index("<RYA>")
    found = _findings((data[:at] + "<RYA>maybe</RYA>" + data[data.index("</RYA>", at) + 6 :]).encode())
    assert isinstance(found, list)
    said = {(one.request, one.value) for one in found if one.rule == "L210" and one.person == 1}
    assert said == {(1, None), (2, "maybe")}
