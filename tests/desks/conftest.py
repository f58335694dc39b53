# SPDX-License-Identifier: AGPL-3.0-or-later
"""Desk tests: the cast, and templates rendered with the database closed, so that none can query."""

from typing import Any

import jinja2
import pytest
from django.db import connection

from tests.desks.cast import everybody

__all__ = ["everybody"]


@pytest.fixture(autouse=True)
def templates_cannot_query(monkeypatch: pytest.MonkeyPatch) -> None:
    real = jinja2.Template.render

    def render(self: jinja2.Template, *args: Any, **kwargs: Any) -> str:
        def refuse(execute: Any, sql: str, *rest: Any) -> None:
            raise AssertionError(f"{self.name} asked the database: {sql[:200]}")

        with connection.execute_wrapper(refuse):
            return real(self, *args, **kwargs)

    monkeypatch.setattr(jinja2.Template, "render", render)
