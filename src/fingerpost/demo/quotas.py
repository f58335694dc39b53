# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chance with a key, and shares that add up: where a published count is exact, it is dealt out and not left to luck."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

Key = TypeVar("Key")
Item = TypeVar("Item")


def stream(seed: int, *names: object) -> np.random.Generator:
    """A source of chance of its own for each subject, so that a change in one leaves the others alone."""
    text = "/".join(str(name) for name in (seed, *names))
    return np.random.default_rng(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest()))


def shares(total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainder)."""
    whole = sum(weights.values())
    if total <= 0 or whole <= 0:
        return dict.fromkeys(weights, 0)
    exact = {key: total * weight / whole for key, weight in weights.items()}
    parts = {key: int(value) for key, value in exact.items()}
    ranked = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in ranked[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def deal(rng: np.random.Generator, parts: Mapping[Key, int]) -> list[Key]:
    """Every key as often as its share says, in random order."""
    cards = [key for key, count in parts.items() for _ in range(count)]
    return [cards[i] for i in rng.permutation(len(cards))]


def spread(rng: np.random.Generator, total: int, weights: Mapping[Key, float]) -> list[Key]:
    return deal(rng, shares(total, weights))


def shuffled(rng: np.random.Generator, items: Sequence[Item]) -> list[Item]:
    return [items[i] for i in rng.permutation(len(items))]


def pick(rng: np.random.Generator, items: Sequence[Item], count: int, weights: Sequence[float]) -> list[int]:
    """Positions of `count` items drawn without putting back; heavier ones sooner, in the order of the list."""
    if count <= 0:
        return []
    weight = np.maximum(np.asarray(weights, dtype=float), 1e-12)
    keys = rng.exponential(size=len(items)) / weight
    return sorted(int(i) for i in np.argsort(keys, kind="stable")[:count])
