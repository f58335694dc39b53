# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small scenarios for the tests of the forecast, and random ones that Hypothesis makes up."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from fingerpost.rules.forecast.demand import Backlog, Band, District, LiveCase, Stream, Token
from fingerpost.rules.forecast.figures import fixed
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.resources import RULES, SPLITS, Injection, Loss, Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import Span, around, between, exactly
from fingerpost.rules.forecast.steps import Branch, Clock, Delay, End, Fork, Join, Mark, Step, Work

FIRST = date(2025, 3, 3)
EVERY_DAY = (1.0,) * 7


def one_pool(hours: float, yearly: float, task: Span | None = None, **more: Any) -> Scenario:
    """One pool, one kind of work, then out: the smallest queue."""
    pathway = Pathway(
        (
            Work("task", "staff", task or exactly(1), exactly(1), "done", due=28),
            Mark("done", "done", "out", 28),
            End("out", "served"),
        )
    )
    usual: dict[str, Any] = {
        "name": "one pool",
        "starts_on": FIRST,
        "pathway": pathway,
        "pools": (Pool("staff", fixed(hours)),),
        "streams": (Stream("requests", "task", fixed(yearly), weekdays=EVERY_DAY),),
    }
    return Scenario(**{**usual, **more})


def ehc_steps() -> tuple[Step, ...]:
    """The EHC pathway of the benchmark, with the appeal on a refusal."""
    return (
        Work("decide", "caseworkers", around(1.5, 0.4), between(5, 19), "decided", 42),
        Mark("decided", "decided", "assess", 42),
        Branch("assess", fixed(0.75), "advice", "refused"),
        Branch("refused", fixed(0.15), "hearing", "stands"),
        End("stands", "refused"),
        Delay("hearing", between(60, 180), "appeal"),
        Work("appeal", "caseworkers", around(8, 0.5), between(7, 28), "overturned", 200),
        Branch("overturned", fixed(0.6), "advice", "stands"),
        Fork("advice", ("ep", "health", "social"), "advice-in"),
        Work("ep", "eps", around(17.4, 0.45), between(10, 35), "advice-in", 84),
        Work("health", "health", around(5, 0.5), between(7, 30), "advice-in", 84),
        Delay("social", between(20, 45), "advice-in"),
        Join("advice-in", "draft"),
        Work("draft", "caseworkers", around(6.5, 0.45), between(1, 5), "needs-plan", 112),
        Branch("needs-plan", fixed(0.97), "consultation", "no-plan"),
        End("no-plan", "no plan"),
        Delay("consultation", between(15, 35), "final"),
        Work("final", "caseworkers", around(4, 0.4), between(1, 4), "issued", 140),
        Mark("issued", "issued", "plan", 140),
        End("plan", "plan issued"),
    )


def ehc(**more: Any) -> Scenario:
    """About 3,060 requests a year in a county of twelve districts: the benchmark B1."""
    usual: dict[str, Any] = {
        "name": "benchmark",
        "starts_on": date(2025, 4, 1),
        "pathway": Pathway(ehc_steps()),
        "pools": (
            Pool("caseworkers", fixed(31_000)),
            Pool("eps", fixed(42_000)),
            Pool("health", fixed(12_400)),
        ),
        "streams": (Stream("requests", "decide", fixed(3060), holiday_factor=0.45, exceptions=fixed(0.02)),),
        "districts": tuple(
            District(f"district {at:02}", f"locality {at % 3}", 1 + at / 10) for at in range(12)
        ),
    }
    return Scenario(**{**usual, **more})


@st.composite
def spans(draw: st.DrawFn, most: float) -> Span:
    """Any kind of spread."""
    low = draw(st.floats(0, most))
    high = draw(st.floats(low, most))
    middle = draw(st.floats(low, high))
    return draw(
        st.sampled_from(
            [
                exactly(low),
                between(low, high),
                Span("triangular", (low, middle, high)),
                around(max(low, 0.1), 0.6),
            ]
        )
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A random pathway with random staff, demand, districts, bands, backlog and calendar."""
    pools = draw(st.integers(1, 3))
    steps = _random_steps(draw, pools)
    used = {step.pool for step in steps if isinstance(step, Work)}
    resting = [step.name for step in steps if isinstance(step, Work | Delay) and step.name[0] != "f"]
    districts = tuple(
        District(f"d{at}", f"l{at % 2}", draw(st.floats(0.1, 3))) for at in range(draw(st.integers(1, 4)))
    )
    bands = tuple(
        Band(f"b{at}", draw(st.floats(0, 0.4)), draw(st.integers(0, 2)), draw(st.integers(0, 60)))
        for at in range(draw(st.integers(0, 2)))
    )
    first = draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    return Scenario(
        name="made up",
        starts_on=first,
        pathway=Pathway(steps),
        pools=tuple(
            Pool(
                name,
                fixed(draw(st.floats(0, 4000))),
                by=draw(st.sampled_from(SPLITS)),
                rule=draw(st.sampled_from([None, *RULES])),
                holiday_factor=draw(st.sampled_from([0.0, 0.5, 1.0])),
            )
            for name in sorted(used)
        ),
        streams=tuple(
            Stream(
                f"s{at}", "s0", fixed(draw(st.floats(0, 900))), fixed(1.1), fixed(0.1), 0.5,
                weekdays=draw(st.sampled_from([EVERY_DAY, (1.0, 2.0, 1.0, 1.0, 1.0, 0.0, 0.0)])),
            )
            for at in range(draw(st.integers(1, 2)))
        ),
        districts=districts,
        bands=bands,
        rule=draw(st.sampled_from(RULES)),
        injections=(Injection("more", min(used), first + timedelta(days=20), first + timedelta(days=60), fixed(150)),),
        losses=(Loss("away", max(used), first + timedelta(days=30), first + timedelta(days=50), fixed(0.7)),),
        backlog=(
            Backlog("waiting", draw(st.sampled_from(resting)), draw(st.integers(0, 40)), between(0, 200)),
        ),
        live=_live(draw, first, resting, bands),
    )  # fmt: skip


def _live(draw: st.DrawFn, first: date, resting: list[str], bands: tuple[Band, ...]) -> tuple[LiveCase, ...]:
    cases = []
    for number in range(draw(st.integers(0, 5))):
        clock_on = first - timedelta(days=draw(st.integers(0, 300)))
        joined_on = clock_on + timedelta(days=draw(st.integers(0, (first - clock_on).days)))
        token = Token(draw(st.sampled_from(resting)), joined_on, draw(st.booleans()))
        band = draw(st.sampled_from([None, *(band.name for band in bands)]))
        cases.append(LiveCase(number, clock_on, (token,), band=band, excepted=draw(st.booleans())))
    return tuple(cases)


def _random_steps(draw: st.DrawFn, pools: int) -> tuple[Step, ...]:
    """A row of segments, each leading to the next; branches may jump ahead, or back past a rest."""
    kinds = [draw(st.sampled_from(["work", "delay", "branch", "fork", "mark", "clock"])) for _ in range(4)]
    row = ["work", *kinds, "mark"]
    names = [f"s{at}" for at in range(len(row))]
    steps: list[Step] = [End("end", "done"), End("away", "gone")]
    for at, kind in enumerate(row):
        after = names[at + 1] if at + 1 < len(row) else "end"
        steps += _segment(draw, kind, names[at], after, names[:1], pools)
    return tuple(steps)


def _segment(  # noqa: PLR0917
    draw: st.DrawFn, kind: str, name: str, after: str, back: list[str], pools: int
) -> list[Step]:
    if kind == "work":
        return [_work(draw, name, after, pools)]
    if kind == "delay":
        return [Delay(name, draw(spans(40)), after)]
    if kind == "branch":
        other = draw(st.sampled_from(["away", *back]))
        return [Branch(name, fixed(draw(st.floats(0.3, 1))), after, other)]
    if kind == "mark":
        return [Mark(name, draw(st.sampled_from(["m0", "m1"])), after, draw(st.sampled_from([None, 20, 60])))]
    if kind == "clock":
        return [Clock(name, after)]
    branches = [f"f{name}{at}" for at in range(draw(st.integers(2, 3)))]
    inner: list[Step] = [Join(f"j{name}", after)]
    for at, branch in enumerate(branches):
        kinds = draw(st.sampled_from([("work",), ("delay",), ("mark",), ("work", "delay"), ("mark", "work")]))
        links = [branch, *(f"{branch}.{n}" for n in range(1, len(kinds))), f"j{name}"]
        for n, inner_kind in enumerate(kinds):
            inner += _segment(draw, inner_kind, links[n], links[n + 1], back, pools)
        assert at < 3
    return [Fork(name, tuple(branches), f"j{name}"), *inner]


def _work(draw: st.DrawFn, name: str, after: str, pools: int) -> Work:
    pool = f"p{draw(st.integers(0, pools - 1))}"
    return Work(name, pool, draw(spans(8)), draw(spans(30)), after, draw(st.integers(1, 120)))
