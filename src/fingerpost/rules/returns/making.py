# SPDX-License-Identifier: Apache-2.0
"""Makes frozen records quickly: a file of a national size holds millions of them.

A frozen dataclass sets each field through `object.__setattr__`, five times slower than a plain one. So the fields are
filled into a plain twin with the same slots, which then becomes the frozen record. The record is as frozen as any.
"""

from collections.abc import Callable, Sequence
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")


def maker(frozen: type[T]) -> Callable[[int, dict[str, Any]], T]:
    """A function that makes records of this class from its first field (a line, or a place) and the others found."""
    twin = _twin(frozen, ())

    def make(first: int, found: dict[str, Any]) -> T:
        made = twin(first, **found)
        made.__class__ = frozen
        return made  # type: ignore[no-any-return] # the twin has become a record

    return make


def in_order(frozen: type[T], order: Sequence[str]) -> Callable[..., T]:
    """A function that makes records of this class from the values of these fields, in this order, then of the rest."""
    twin = _twin(frozen, order)

    def make(*values: Any) -> T:
        made = twin(*values)
        made.__class__ = frozen
        return made  # type: ignore[no-any-return] # the twin has become a record

    return make


def _twin(frozen: type[Any], order: Sequence[str]) -> Callable[..., Any]:
    """The plain class with the same slots; the fields named come first, and what is not given has its usual value."""
    held = {f.name: f for f in fields(cast(Any, frozen))}
    names = (*order, *(name for name in held if name not in order))
    words = [(name, held[name].type, _same(held[name].default)) for name in names]
    return make_dataclass(frozen.__name__, words, slots=True)


def _same(default: Any) -> Any:
    return field() if default is MISSING else field(default=default)
