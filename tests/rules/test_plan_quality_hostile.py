# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that are broken or mean harm: refused or bounded with one clear line that holds no word of the plan."""

import io
import zipfile

import pytest

from fingerpost.rules.plan_quality.reading import child, door
from fingerpost.rules.plan_quality.reading.fence import Fence
from fingerpost.rules.plan_quality.reading.refusals import Refused
from tests.rules import plan_quality_files as files

SECRET = "Marlowsecret"


def _entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        body = '<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        package.writestr("word/document.xml", body)
    return out.getvalue()


HOSTILE = {
    "empty": (b"", "x.docx", "empty"),
    "blank": (b"  \n ", "x.txt", "empty"),
    "damaged": (files.long_word()[:-400], "x.docx", "damaged"),
    "not-what-it-says": (b"Marlowsecret", "x.docx", "not one"),
    "zip-of-nothing": (b"PK\x05\x06" + b"\0" * 18, "x.docx", "not a Word"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "x.docx",
        "password",
    ),
    "locked-pdf": (files.locked_pdf(), "x.pdf", "password"),
    "locked-word": (files.locked_word(), "x.docx", "password"),
    "old-doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc", "old"),
    "macros": (files.with_part("word/vbaProject.bin", b"x"), "x.docx", "macros"),
    "bomb": (files.bomb(), "x.docx", "zip bomb"),
    "entities": (_entities(), "x.docx", "document type"),
    "long": (files.pdf([["Section A"]] * 1500), "x.pdf", "1,500 pages"),
    "scan": (files.pdf([[""], [""]]), "x.pdf", "scan"),
    "broken-pdf": (b"%PDF-1.4 Marlowsecret", "x.pdf", "damaged"),
    "broken-json": (b'{"sections": Marlowsecret', "x.json", "not JSON"),
    "wrong-json": (b'{"sections": {"Marlowsecret": "x"}}', "x.json", "unknown"),
    "binary": (bytes(range(256)) * 20, "x.txt", "not text"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_refused_with_one_clear_line(name: str) -> None:
    content, file, word = HOSTILE[name]
    with pytest.raises(Refused) as refusal:
        door.read(content, name=file)
    said = str(refusal.value)
    assert word in said
    assert SECRET not in said
    assert "\n" not in said


def test_what_goes_wrong_inside_says_its_kind_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(door, "read", broken)
    said = child.answer([b'{"do": "read", "name": "x.md"}', b"Marlowsecret"])[0]
    assert b"KeyError" in said
    assert SECRET.encode() not in said


def test_the_fence_stops_what_takes_too_long_and_goes_on() -> None:
    fence = Fence(seconds=4.0)
    try:
        slow = ("# Section F\n" + "Erin will have access to regular help as required. " * 400_000).encode()[
            :3_900_000
        ]
        fence_limited = Fence(seconds=0.01)
        with pytest.raises(Refused, match="seconds"):
            fence_limited.ask({"do": "read", "name": "x.md"}, [slow])
        fence_limited.close()
        said, _ = fence.ask({"do": "read", "name": "x.md"}, [b"# Section A\nI like maths."])
        assert said["form"] == "markdown"
        with pytest.raises(Refused, match="damaged"):
            fence.ask({"do": "read", "name": "x.docx"}, [files.long_word()[:-400]])
        assert fence.ask({"do": "read", "name": "x.md"}, [b"# Section A\nI like art."])[0]["text"].endswith(
            "art."
        )
    finally:
        fence.close()
