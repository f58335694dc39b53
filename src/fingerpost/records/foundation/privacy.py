# SPDX-License-Identifier: AGPL-3.0-or-later
"""How private each stored field is; every model names the class of every field and a house test holds it to that."""

from enum import StrEnum


class Privacy(StrEnum):
    """From open to most guarded. The class decides who may export a field and how long it is kept."""

    PUBLIC = "public"  # may stand on a public page
    WORKING = "working"  # keys, order, bookkeeping: no person can be told from it alone
    PERSONAL = "personal"  # about an identifiable person (UK GDPR article 4)
    SPECIAL = "special"  # health, disability, ethnicity, a child's needs (article 9)
    SECRET = "secret"  # noqa: S105  # credentials and keys: never shown, never exported
