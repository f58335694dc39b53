# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take another organisation's brand out of a stylesheet: crown, crest, logo, header and typeface.

A council may use the GOV.UK components, but not those. Pure: text in, text out.
"""

import re
from collections.abc import Iterator

# Any selector or declaration that still says one of these after cleaning is a fault.
FORBIDDEN = re.compile(
    r"crown|crest|gds ?transport|govuk-logo|logotype|copyright-logo|govuk-header|/assets/", re.I
)

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_TYPEFACE = re.compile(r"""["']?GDS Transport["']?\s*,\s*""")
_NESTS = ("@media", "@supports", "@layer", "@container", "@keyframes")


class StillBranded(Exception):
    """The cleaned text still names the brand: say which words, so that the rule can be mended."""


def plain_css(css: str) -> str:
    """The same stylesheet without the brand. Cleaning a clean stylesheet changes nothing."""
    plain = "".join(_kept(_TYPEFACE.sub("", _COMMENT.sub("", css))))
    return _proved(plain)


def plain_js(script: str) -> str:
    """The same script without its source map, refused if it names the brand."""
    return _proved(re.sub(r"//# sourceMappingURL=\S+", "", script).rstrip() + "\n")


def _proved(text: str) -> str:
    left = sorted({found.group(0).lower() for found in FORBIDDEN.finditer(text)})
    if left:
        raise StillBranded(
            f"the cleaned file still says {', '.join(left)}; teach fingerpost.kit.brand to drop it"
        )
    return text


def _kept(css: str) -> Iterator[str]:
    for head, body in _rules(css):
        if body is None:
            yield f"{head};"
        elif head.startswith(_NESTS):
            inner = "".join(_kept(body))
            yield f"{head}{{{inner}}}" if inner else ""
        else:
            yield _rule(head, body)


def _rule(head: str, body: str) -> str:
    if head.startswith("@font-face"):
        return ""
    selectors = [one for one in head.split(",") if not FORBIDDEN.search(one)]
    declarations = [one for one in body.split(";") if one and not FORBIDDEN.search(one)]
    return f"{','.join(selectors)}{{{';'.join(declarations)}}}" if selectors and declarations else ""


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule as head and body; body None for a statement such as @charset."""
    at = 0
    while at < len(css):
        opening, ending = css.find("{", at), css.find(";", at)
        if ending != -1 and (opening == -1 or ending < opening):
            yield css[at:ending].strip(), None
            at = ending + 1
        elif opening == -1:
            return
        else:
            closing = _closing(css, opening)
            yield css[at:opening].strip(), css[opening + 1 : closing]
            at = closing + 1


def _closing(css: str, opening: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(css, opening):
        depth += 1 if found.group(0) == "{" else -1
        if depth == 0:
            return found.start()
    raise StillBranded(f"a brace opened at character {opening} of the stylesheet is never closed")
