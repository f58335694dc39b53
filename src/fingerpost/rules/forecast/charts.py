# SPDX-License-Identifier: Apache-2.0
"""Fan charts as SVG: the middle half dark, nine tenths light, the middle as a line, the words beside it as a table."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import altair as alt
import polars as pl
import vl_convert as vlc

from fingerpost.rules.forecast import measures, tables
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.measures import MEASURES

COLOURS = ("#1d70b8", "#d4351c", "#00703c", "#4c2c92", "#b58840", "#505a5f")
DASHES = (
    [1, 0],
    [8, 3],
    [2, 2],
    [8, 3, 2, 3],
    [12, 4],
    [4, 4],
)  # so that no line is known by its colour alone
WIDTH, HEIGHT = 640, 300
_LEGEND = alt.Legend(
    orient="bottom", title=None, labelLimit=400, columns=2, symbolOpacity=1, symbolType="square"
)


def fan(
    forecasts: Sequence[Forecast], measure: str, subject: str, *, title: str = "", target: float | None = None
) -> str:
    """One measure of one or more scenarios over time, as an SVG picture."""
    frame = pl.concat([_wide(forecast, measure, subject) for forecast in forecasts])
    names = [forecast.scenario.name for forecast in forecasts]
    colour = alt.Color(
        "scenario:N",
        scale=alt.Scale(domain=names, range=list(COLOURS[: len(names)])),
        legend=_LEGEND if len(names) > 1 else None,
    )
    dash = alt.StrokeDash(
        "scenario:N", scale=alt.Scale(domain=names, range=list(DASHES[: len(names)])), legend=None
    )
    axis = alt.Axis(format="%") if MEASURES[measure].unit == "share" else alt.Axis(format=",d")
    month = alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=8))
    base = alt.Chart(frame).encode(x=month, color=colour)
    value = alt.Y("q50:Q", title=MEASURES[measure].unit, axis=axis)
    layers = [
        base.mark_area(opacity=0.14).encode(
            alt.Y("q05:Q", axis=axis, title=MEASURES[measure].unit), y2="q95:Q"
        ),
        base.mark_area(opacity=0.28).encode(alt.Y("q25:Q"), y2="q75:Q"),
        base.mark_line(strokeWidth=2.5).encode(value, strokeDash=dash),
    ]
    if target is not None:
        rule = alt.Chart(pl.DataFrame({"target": [target]})).mark_rule(strokeDash=[6, 4], color="#0b0c0c")
        layers.append(rule.encode(y="target:Q"))
    heading = title or f"{subject}: {MEASURES[measure].title}"
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=_title(heading, forecasts))
    return svg(chart, alt_text(forecasts, measure, subject))


def _title(heading: str, forecasts: Sequence[Forecast]) -> alt.TitleParams:
    runs = forecasts[0].kept
    under = f"Line: middle of {len(runs)} runs. Dark: half of them. Light: nine in ten."
    return alt.TitleParams(heading, subtitle=under, anchor="start", fontSize=15, subtitleColor="#505a5f")


def svg(chart: alt.TopLevelMixin, words: str) -> str:
    """A chart as SVG, without a browser and without the network: one picture, with its words for readers aloud."""
    label = escape(words, {'"': "&quot;"})
    return str(vlc.vegalite_to_svg(chart.to_dict())).replace(
        "<svg ", f'<svg role="img" aria-label="{label}" ', 1
    )


def _wide(forecast: Forecast, measure: str, subject: str) -> pl.DataFrame:
    values = measures.quantiles(measures.series(forecast, measure, subject)[..., -1:], tables.FAN)
    columns: dict[str, object] = {
        "scenario": [forecast.scenario.name] * len(forecast.names.months),
        "month": [month.isoformat() for month in forecast.names.months],
    }
    columns |= {f"q{round(q * 100):02}": values[at, :, 0] for at, q in enumerate(tables.FAN)}
    return pl.DataFrame(columns).with_columns(pl.selectors.float().fill_nan(None))


def alt_text(forecasts: Sequence[Forecast], measure: str, subject: str) -> str:
    """What the picture shows, in words: where each scenario's middle starts and ends."""
    parts = []
    for forecast in forecasts:
        frame = _wide(forecast, measure, subject).drop_nulls()
        if frame.is_empty():
            parts.append(f"{forecast.scenario.name}: nothing to show")
            continue
        first, last = frame.row(0, named=True), frame.row(-1, named=True)
        low, high = said(last["q05"], measure), said(last["q95"], measure)
        parts.append(
            f"{forecast.scenario.name}: from {said(first['q50'], measure)} in {first['month'][:7]} "
            f"to {said(last['q50'], measure)} in {last['month'][:7]} (nine in ten between {low} and {high})"
        )
    return f"{subject}, {MEASURES[measure].title}. " + "; ".join(parts) + "."


def page(forecasts: Sequence[Forecast], measure: str, subject: str, picture: str) -> str:
    """The picture, what it shows, and its figures at the end of each year, as Markdown."""
    frames = [_wide(forecast, measure, subject) for forecast in forecasts]
    months = [month for month in frames[0]["month"] if month[5:7] == "12" or month == frames[0]["month"][-1]]
    lines = [f"![{alt_text(forecasts, measure, subject)}]({picture})", ""]
    lines += ["| " + " | ".join(["", *(f"{date.fromisoformat(month):%B %Y}" for month in months)]) + " |"]
    lines += ["| --- |" + " ---: |" * len(months)]
    for forecast, frame in zip(forecasts, frames, strict=True):
        rows = [frame.row(by_predicate=pl.col("month") == month, named=True) for month in months]
        lines += ["| " + " | ".join([forecast.scenario.name, *(_fan(row, measure) for row in rows)]) + " |"]
    return "\n".join([*lines, "", "The middle of the runs, and nine in ten between.", ""])


def _fan(row: dict[str, Any], measure: str) -> str:
    if row["q50"] is None:
        return "nobody"
    low, middle, high = (said(row[word], measure).removesuffix(" cases") for word in ("q05", "q50", "q95"))
    return f"{middle} ({low} to {high})"


def said(value: float, measure: str) -> str:
    """A value in its unit."""
    return f"{value:.0%}" if MEASURES[measure].unit == "share" else f"{value:,.0f} {MEASURES[measure].unit}"
