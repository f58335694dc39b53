# SPDX-License-Identifier: Apache-2.0
"""Random numbers as pure functions of who asks: seed, replication, case, step, visit. No stream, no order, no state."""

import hashlib

ALL = (1 << 64) - 1
ODD = 0x9E3779B97F4A7C15  # the golden ratio in 64 bits: multiples of it never repeat
VISIT = 0xD1342543DE82EF95  # another odd number, so that visits and steps do not meet
SHARES = 1 << 16  # a field of a block has 16 bits


def mix(number: int) -> int:
    """The finaliser of splitmix64: every bit of the answer depends on every bit of the question."""
    number &= ALL
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9 & ALL
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB & ALL
    return number ^ (number >> 31)


def salt(*words: object) -> int:
    """A 64-bit number for a name: a step keeps its numbers whatever else stands in the table."""
    text = "\x1f".join(str(word) for word in words)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def replication_key(seed: int, replication: int) -> int:
    """The key of one replication."""
    return mix(mix(seed & ALL) + (replication + 1) * ODD)


def case_key(key: int, uid: int) -> int:
    """The key of one case in one replication."""
    return mix(key + uid * ODD)


def arrival_uid(stream: int, ordinal_day: int, nth: int) -> int:
    """The stable number of the n-th request of a stream on a day."""
    return stream + ((ordinal_day << 20) + nth) * VISIT & ALL


def block(key: int, step: int, visit: int) -> int:
    """The 64 bits that one step needs at one visit of one case."""
    return mix(key + step + visit * VISIT)


def field(numbers: int, which: int) -> int:
    """One of the four 16-bit numbers of a block."""
    return numbers >> (16 * which) & (SHARES - 1)


def unit(numbers: int) -> float:
    """A number in [0, 1) with 53 bits."""
    return (numbers >> 11) * 2.0**-53
