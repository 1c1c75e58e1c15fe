"""How large Qt draws everything, said in the environment before there is an application."""

from collections.abc import Mapping

FACTOR = "QT_SCALE_FACTOR"


def scale_environment(percent: int, environment: Mapping[str, str]) -> dict[str, str]:
    """Return what to put into the environment; nothing where somebody has set a factor there."""
    if percent == 100 or FACTOR in environment:
        return {}
    return {FACTOR: f"{percent / 100:g}"}
