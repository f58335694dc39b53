# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/house.md is true: every file and name it speaks of is there, and its walls stand in the order of the code."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
PATHS = sorted(set(re.findall(r"`((?:src|tests)/[\w./]+)(?::([\w.]+))?`", PAGE)))


def _names(tree: ast.Module) -> set[str]:
    """Functions, classes, their methods, and what is assigned at the top."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{held.name}" for held in node.body if isinstance(held, ast.FunctionDef)}
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def test_the_page_traces_a_request() -> None:
    assert len(PATHS) > 30


@pytest.mark.parametrize(("path", "symbol"), PATHS, ids=[f"{path}:{symbol}" for path, symbol in PATHS])
def test_what_the_page_names_is_there(path: str, symbol: str) -> None:
    file = ROOT / path
    assert file.exists(), f"docs/house.md names {path}"
    if symbol and file.suffix == ".py":
        assert symbol in _names(ast.parse(file.read_text())), f"docs/house.md names {path}:{symbol}"
    elif symbol:
        assert f"FUNCTION {symbol}(" in file.read_text(), f"docs/house.md names {path}:{symbol}"


def test_the_middleware_stands_in_the_order_that_the_page_tells() -> None:
    told = ("one_transaction", "AuthenticationMiddleware", "signed_actor", "no_store")
    places = [next(i for i, name in enumerate(settings.MIDDLEWARE) if name.endswith(one)) for one in told]
    assert places == sorted(places)
    before = settings.MIDDLEWARE[: places[0]]
    assert [name.rsplit(".", 1)[-1] for name in before] == [
        "SecurityMiddleware",
        "WhiteNoiseMiddleware",
        "CSPMiddleware",
    ], "what stands outside the transaction touches no row"


def test_every_room_that_is_lived_in_is_drawn() -> None:
    drawing = PAGE.split("```")[1]
    for storey in ("desks", "records", "rules"):
        for room in (ROOT / "src" / "fingerpost" / storey).iterdir():
            if (room / "__init__.py").exists():
                assert re.search(rf"\b{room.name}\b", drawing), (
                    f"docs/house.md does not draw {storey}/{room.name}"
                )
