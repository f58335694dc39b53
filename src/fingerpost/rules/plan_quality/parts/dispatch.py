# SPDX-License-Identifier: Apache-2.0
"""How a plan is sent: to whom, where, with what, and who else got a copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch as the office prepares it; nothing is sent by us."""

    to: str = ""
    address: str = ""
    case_number: str = ""
    attachments: tuple[str, ...] = ()
    blind_copies: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def of(data: Mapping[str, Any]) -> Dispatch:
    """The dispatch that the data describe; `bcc` is another word for blind copies."""
    to, address, case_number = (str(data.get(name) or "") for name in ("to", "address", "case_number"))
    blind = data.get("blind_copies", data.get("bcc"))
    return Dispatch(
        to,
        address,
        case_number,
        _several(data.get("attachments")),
        _several(blind),
        _several(data.get("copies")),
    )


def _several(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in ([value] if isinstance(value, str) else value or ()))
