# SPDX-License-Identifier: AGPL-3.0-or-later
"""What we serve carries nobody else's brand, and no template asks for it or runs a script of its own."""

import json
import os
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from fingerpost.kit import brand, build, fetch

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "fingerpost"
KIT = SOURCE / "kit"
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
# The macro package's own page and two components draw the crown.
BRANDED_MACROS = re.compile(r"govukHeader\b|govukFooter\b|govukLogo\b|govuk_frontend_jinja/template\.html")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.I)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    try:
        build.build(ROOT / "node_modules", folder)
    except build.NoFrontEnd:
        if os.environ.get("CI"):
            raise
        pytest.skip("front-end: NOT TESTED, run `python -m fingerpost.kit.fetch` first")
    return folder


def test_nothing_served_carries_the_brand(served: Path) -> None:
    own = [one for one in (KIT / "static").glob("**/*") if one.suffix in {".css", ".js", ".svg", ".html"}]

    for path in [*served.iterdir(), *own]:
        found = brand.FORBIDDEN.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name} says {found}"


def test_no_picture_or_typeface_is_served() -> None:
    assert [
        one.name for one in (KIT / "static").glob("**/*") if one.suffix in {".png", ".woff", ".woff2", ".ico"}
    ] == []


def test_the_components_are_all_still_there(served: Path) -> None:
    css = (served / "components.css").read_text(encoding="utf-8")

    for name in (
        "button",
        "table",
        "date-input__item",
        "error-summary",
        "generic-header",
        "service-navigation",
    ):
        assert f".govuk-{name}" in css
    assert css.count("{") == css.count("}")


def test_the_components_start_without_an_inline_script(served: Path) -> None:
    assert (served / "components.js").read_text(encoding="utf-8").endswith(build.START)


def test_building_twice_gives_the_same_bytes(served: Path, tmp_path: Path) -> None:
    again = build.build(ROOT / "node_modules", tmp_path)

    assert [one.read_bytes() for one in again] == [(served / one.name).read_bytes() for one in again]


def test_without_packages_the_builder_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--node-modules", str(tmp_path)]) == 2
    assert "python -m fingerpost.kit.fetch" in capsys.readouterr().err


def test_the_stylesheet_is_of_the_version_the_macros_target() -> None:
    installed = distribution("govuk-frontend-jinja")
    described = installed.read_text("METADATA") or ""
    targets = re.search(rf"\[{re.escape(installed.version)}\][^|]*\|\s*\[([\d.]+)\]", described)

    assert targets, "the macro package no longer says which version it targets"
    assert json.loads((ROOT / "package.json").read_text())["dependencies"]["govuk-frontend"] == targets[1]


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    assert "://" not in lock


def test_an_older_package_is_not_taken_for_the_pinned_one(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"a": "2.0.0"}}')
    held = tmp_path / "node_modules" / "a"
    held.mkdir(parents=True)
    (held / "package.json").write_text('{"version": "1.9.0"}')

    assert not fetch.is_fetched(tmp_path)
    (held / "package.json").write_text('{"version": "2.0.0"}')
    assert fetch.is_fetched(tmp_path)


@pytest.mark.parametrize(("refuses", "wanted"), [(True, None), (False, "--use-system-ca")])
def test_node_is_told_of_the_machine_certificates_only_if_it_knows_how(
    tmp_path: Path, refuses: bool, wanted: str | None
) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\nexit {9 if refuses else 0}\n")
    node.chmod(0o755)

    assert fetch.with_system_ca({"PATH": str(tmp_path)}).get("NODE_OPTIONS") == wanted


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_asks_for_no_brand_and_runs_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not BRANDED_MACROS.search(text)
    assert not INLINE.search(text), "inline scripts, styles and handlers are forbidden by the security policy"


def test_the_kit_names_no_area() -> None:
    named = [
        one.name
        for one in KIT.glob("**/*")
        if one.suffix in {".py", ".html", ".toml"} and "Lancashire" in one.read_text()
    ]

    assert named == []
