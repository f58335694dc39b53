# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of docs/checks say what the checks do today."""

from tests.spec import plan_check_pages


def test_every_check_has_its_page_and_no_page_is_old() -> None:
    made = plan_check_pages.pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in plan_check_pages.FOLDER.glob("*.md")}
    assert set(there) == set(made)
    assert [name for name in made if made[name] != there[name]] == [], (
        "run python -m tests.spec.plan_check_pages"
    )
