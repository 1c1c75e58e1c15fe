"""What a benchmark gives: a figure beside its goal and its peers, and what was seen besides."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from tests.benchmarks.yardstick import Part, Yardstick


class Figure(msgspec.Struct, kw_only=True):
    """One goal's figure, raw. `at_most`: smaller is better; `at_least`: larger is better.

    `part` is the part of the yardstick by which the figure is divided before it is compared with
    its goal; so are those of `also`, each of which is (value, goal), at most. `also_holds` tells of
    all else that the goal asks for.
    """

    what: str
    value: float
    unit: str
    goal: float
    part: Part | None = None
    sense: Literal["at_most", "at_least"] = "at_most"
    also: dict[str, tuple[float, float]] = {}
    peers: dict[str, dict[str, float]] = {}
    seen: dict[str, float | str] = {}
    also_holds: bool = True


class Judged(msgspec.Struct, frozen=True):
    """A figure, and the yardstick that was measured before and after it."""

    figure: Figure
    before: Yardstick
    after: Yardstick

    @property
    def yardstick(self) -> float:
        """Return by what the figure is divided: 1.0 where it needs no yardstick."""
        part = self.figure.part
        return self.before.between(self.after).of(part) if part else 1.0

    @property
    def scaled(self) -> float:
        """Return the figure as it is at yardstick 1.0."""
        return self.figure.value / self.yardstick

    @property
    def also(self) -> dict[str, tuple[float, float]]:
        """Return what is judged besides, as it is at yardstick 1.0, beside its goal."""
        return {
            name: (value / self.yardstick, goal) for name, (value, goal) in self.figure.also.items()
        }

    @property
    def holds(self) -> bool:
        """Tell whether the goal is met at yardstick 1.0, and all else that the goal asks for."""
        figure = self.figure
        at_most = figure.sense == "at_most"
        met = self.scaled <= figure.goal if at_most else self.scaled >= figure.goal
        return (
            met and figure.also_holds and all(value <= goal for value, goal in self.also.values())
        )


def as_json(judged: Mapping[str, Judged]) -> bytes:
    """Return the figures as they stand in out/bench.json."""
    return msgspec.json.format(
        msgspec.json.encode({name: _as_value(one) for name, one in judged.items()})
    )


def _as_value(judged: Judged) -> dict[str, object]:
    figure = judged.figure
    return {
        "what": figure.what,
        "value": figure.value,
        "unit": figure.unit,
        "yardstick": {
            "part": figure.part,
            "value": judged.yardstick,
            "before": judged.before.by_name(),
            "after": judged.after.by_name(),
        },
        "scaled": judged.scaled,
        "goal": figure.goal,
        "sense": figure.sense,
        "holds": judged.holds,
        "also": {
            name: {"value": value, "scaled": judged.also[name][0], "goal": goal}
            for name, (value, goal) in figure.also.items()
        },
        "peers": figure.peers,
        "seen": figure.seen,
    }


def as_table(judged: Mapping[str, Judged]) -> str:
    """Return the figures as lines for a person: raw, yardstick, scaled, goal, and if it holds."""
    heads = f"{'':5} {'raw':>12} {'yardstick':>15} {'scaled':>12} {'goal':>14}"
    return "\n".join([heads, *(line for name, one in judged.items() for line in _lines(name, one))])


def _lines(name: str, judged: Judged) -> list[str]:
    figure = judged.figure
    sign = "<=" if figure.sense == "at_most" else ">="
    by = f"{figure.part} {judged.yardstick:.2f}" if figure.part else "none"
    lines = [
        f"{name:5} {figure.value:>12,.2f} {by:>15} {judged.scaled:>12,.2f} "
        f"{f'{sign} {figure.goal:g}':>14} {figure.unit}, "
        f"{'holds' if judged.holds else 'DOES NOT HOLD'}: {figure.what}"
    ]
    lines += [
        f"      {figure.also[what][0]:>12,.2f} {by:>15} {value:>12,.2f} {f'<= {goal:g}':>14} {what}"
        for what, (value, goal) in judged.also.items()
    ]
    lines += [
        f"       beside {peer}: " + ", ".join(f"{key} {value:,.2f}" for key, value in of.items())
        for peer, of in figure.peers.items()
    ]
    return lines + [f"       {key}: {_told(value)}" for key, value in figure.seen.items()]


def _told(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.3f}".rstrip("0").rstrip(".")
