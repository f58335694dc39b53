# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compiles and calls the plain C model on the same arrays as the engine; nothing where there is no compiler."""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from fingerpost.rules.forecast import engine
from fingerpost.rules.forecast.chance import salt
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.sums import Sums, empty

SOURCE = Path(__file__).with_name("forecast_model.c")
WHOLE = (
    "days", "first_ordinal", "n_steps", "n_queues", "n_streams", "n_live", "n_tokens", "n_months", "n_milestones",
    "n_districts", "n_bands", "first_bucket", "buckets", "orders", "room",
)  # fmt: skip


def library() -> Any | None:
    """The compiled model, or nothing."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    target = Path(tempfile.mkdtemp()) / "model.so"
    flags = ["-O3", "-march=native", "-shared", "-fPIC", f"-DSALT_CASE={salt('case')}ull"]
    subprocess.run([compiler, *flags, str(SOURCE), "-o", str(target)], check=True)
    loaded = ctypes.CDLL(str(target))
    loaded.simulate.restype = ctypes.c_int64
    return loaded


class Model:
    """The C model of one plan."""

    def __init__(self, plan: Plan, loaded: Any) -> None:
        self.plan, self.loaded = plan, loaded
        runner = engine.Runner(plan)
        t, room = runner.tables, engine.room_for(engine.likely(plan), plan.days)
        self.sums: Sums = empty(plan, 1)
        steps = np.ascontiguousarray(plan.steps[:, :12])
        numbers = [
            plan.days, plan.first_ordinal, len(steps), len(plan.capacity), len(plan.rates), len(plan.live),
            len(plan.tokens), len(plan.month_ends), len(t.targets), len(plan.district_ends), len(plan.band_ends),
            t.first_bucket, t.buckets, t.orders, room.cases,
        ]  # fmt: skip
        between = t[t._fields.index("spans") : t._fields.index("first_bucket")]
        work = (room.records, room.wheel, room.seen, room.seen_tops, room.todo)
        self.room = room
        self.arrays: list[Any] = [steps, t.salts, *between, *work, *runner.queues]
        self.fixed = [*numbers, *(array.ctypes.data for array in self.arrays)]

    def run(self, key: int) -> Sums:
        """One replication."""
        sums = empty(self.plan, 1)
        outs = [table[0].ctypes.data for table in sums.tables().values()]
        world = (ctypes.c_int64 * (len(self.fixed) + len(outs)))(*self.fixed, *outs)
        if self.loaded.simulate(ctypes.byref(world), ctypes.c_uint64(key)) < 0:
            raise RuntimeError("the C model has too little room")
        return sums
