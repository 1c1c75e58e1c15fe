"""How large Qt draws everything, said in the environment before there is an application."""

import math
from collections.abc import Mapping

from paser_command.workspaces.room import Room

FACTOR = "QT_SCALE_FACTOR"
SCREEN_FACTORS = "QT_SCREEN_SCALE_FACTORS"


def scale_environment(percent: int, environment: Mapping[str, str]) -> dict[str, str]:
    """Return what to put into the environment; nothing where somebody has set a factor there."""
    if percent == 100 or FACTOR in environment:
        return {}
    return {FACTOR: f"{percent / 100:g}"}


def screen_environment(room: Room, environment: Mapping[str, str]) -> dict[str, str]:
    """Return what has Qt draw each display as large as is read from where people stand.

    By their connectors, which Qt calls them by; nothing where somebody has set factors there. Qt
    draws everything by the one `FACTOR` besides, which is none of the distance's.
    """
    besides = _factor(environment.get(FACTOR, ""))
    factors = {
        one.display.connector: one.scale / besides
        for one in room.displays
        if one.scale and one.scale != besides and one.display.connector
    }
    if not factors or SCREEN_FACTORS in environment:
        return {}
    told = ";".join(
        f"{name}={scale:g}" for name, scale in sorted(factors.items()) if _is_safe(name)
    )
    return {SCREEN_FACTORS: told} if told else {}


def _factor(text: str) -> float:
    """Return the factor that Qt reads; 1 where it reads none."""
    try:
        factor = float(text)
    except ValueError:
        return 1.0
    return factor if 0.0 < factor < math.inf else 1.0


def _is_safe(connector: str) -> bool:
    return "=" not in connector and ";" not in connector
