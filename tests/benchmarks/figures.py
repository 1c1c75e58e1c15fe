"""What a benchmark gives: a figure beside its goal and its peers, and what was seen besides."""

from collections.abc import Mapping
from typing import Literal

import msgspec


class Figure(msgspec.Struct, kw_only=True):
    """One goal's figure. `at_most`: smaller is better; `at_least`: larger is better."""

    what: str
    value: float
    unit: str
    goal: float
    sense: Literal["at_most", "at_least"] = "at_most"
    peers: dict[str, dict[str, float]] = {}
    seen: dict[str, float | str] = {}
    also_holds: bool = True

    @property
    def holds(self) -> bool:
        """Tell whether the goal is met, and all else that the goal asks for."""
        met = self.value <= self.goal if self.sense == "at_most" else self.value >= self.goal
        return met and self.also_holds


def as_json(figures: Mapping[str, Figure]) -> bytes:
    """Return the figures as they stand in out/bench.json."""
    return msgspec.json.format(
        msgspec.json.encode(
            {
                name: {
                    "what": figure.what,
                    "value": figure.value,
                    "unit": figure.unit,
                    "goal": figure.goal,
                    "holds": figure.holds,
                    "peers": figure.peers,
                    "seen": figure.seen,
                }
                for name, figure in figures.items()
            }
        )
    )


def as_table(figures: Mapping[str, Figure]) -> str:
    """Return the figures as lines for a person."""
    lines = []
    for name, figure in figures.items():
        sign = "<=" if figure.sense == "at_most" else ">="
        holds = "holds" if figure.holds else "DOES NOT HOLD"
        lines.append(
            f"{name:4} {figure.what}: {figure.value:,.2f} {figure.unit} "
            f"(goal {sign} {figure.goal:g}) {holds}"
        )
        lines += [
            f"       beside {peer}: "
            + ", ".join(f"{key} {value:,.2f}" for key, value in of.items())
            for peer, of in figure.peers.items()
        ]
        lines += [f"       {key}: {_told(value)}" for key, value in figure.seen.items()]
    return "\n".join(lines)


def _told(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.3f}".rstrip("0").rstrip(".")
