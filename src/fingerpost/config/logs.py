# SPDX-License-Identifier: AGPL-3.0-or-later
"""Log lines that tell of no child: addresses without their ids, and the database's complaints without their values."""

import logging
import re

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
# PostgreSQL repeats the offending values after these words: a name, a UPN, a whole row.
_VALUES = re.compile(r"^(DETAIL|CONTEXT|QUERY|PARAMETERS): .*$", re.M)
_TYPED = re.compile(r"\?\S*")  # what was typed into a search stands behind the question mark


class Discreet(logging.Formatter):
    """Django writes "Not Found: /casework/<id>" of its own accord; here the id and what was asked are left out."""

    def format(self, record: logging.LogRecord) -> str:
        said = _VALUES.sub(r"\1: left out", super().format(record))
        return _ID.sub("<id>", _TYPED.sub("?...", said) if record.name == "django.request" else said)
