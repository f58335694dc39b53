# SPDX-License-Identifier: Apache-2.0
"""Opens a Word file as a package of bounded parts: bombs, macros and broken packages are refused before
anything is parsed."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from fingerpost.rules.plan_quality.reading import limits
from fingerpost.rules.plan_quality.reading.refusals import Refused

_RATIO = 250


class Package:
    """The parts of one Word file, each read once and only up to its limit."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError) as problem:
            raise Refused("The Word file is damaged. Open it in Word and save it again.") from problem
        self._check(len(content))

    def _check(self, size: int) -> None:
        parts = self._zip.infolist()
        limits.hold(len(parts), limits.PARTS, "The Word file", "parts")
        unpacked = sum(part.file_size for part in parts)
        limits.hold(unpacked, limits.UNPACKED_BYTES, "The unpacked Word file", "bytes")
        if unpacked > 5_000_000 and unpacked > size * _RATIO:
            raise Refused(
                "The Word file unpacks to far more than it should (a zip bomb). Save it again from Word."
            )
        names = {part.filename.lower() for part in parts}
        if any(name.endswith("vbaproject.bin") for name in names):
            raise Refused("The Word file carries macros. Save it as .docx without macros.")
        if "word/document.xml" not in names:
            raise Refused("The file is a zip, but not a Word document. Save the plan as .docx.")

    def names(self, start: str) -> Iterator[str]:
        """Parts whose name begins so, in a steady order."""
        yield from sorted(
            name for name in self._zip.namelist() if name.startswith(start) and name.endswith(".xml")
        )

    def under(self, start: str) -> list[str]:
        """All parts whose name begins so, whatever they are."""
        return [name for name in self._zip.namelist() if name.lower().startswith(start)]

    def tree(self, name: str) -> "etree._Element | None":
        """One part as XML, without entities, network or huge trees."""
        content = self._read(name)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as problem:
            raise Refused("The Word file is damaged inside. Open it in Word and save it again.") from problem

    def _read(self, name: str) -> bytes | None:
        try:
            with self._zip.open(name) as part:
                content = part.read(limits.PART_BYTES + 1)
        except KeyError:
            return None
        except RuntimeError as problem:
            raise Refused("The Word file is protected by a password. Save a copy without one.") from problem
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as problem:
            raise Refused("The Word file is damaged inside. Open it in Word and save it again.") from problem
        except Exception as problem:  # zlib.error has no shared base
            raise Refused("The Word file is damaged inside. Open it in Word and save it again.") from problem
        limits.hold(len(content), limits.PART_BYTES, "A part of the Word file", "bytes")
        if b"<!DOCTYPE" in content[:2000]:
            raise Refused(
                "The Word file holds a document type declaration, which Word never writes. Save it again "
                "from Word."
            )
        return content
