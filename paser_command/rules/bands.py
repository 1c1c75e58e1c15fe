"""How firmly an alarm of a limit comes and goes: deadband and delays, by quantity and by site."""

import unicodedata
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec

from paser_command.config import LimitSettings
from paser_command.records import Limit
from paser_command.times import SECOND, Instant


class Band(msgspec.Struct, frozen=True):
    """An alarm comes once its value was at or above the limit for `on_delay`.

    It goes once the value was below the limit less `deadband`, in the stream's unit, for
    `off_delay`.
    """

    deadband: float
    on_delay: Instant
    off_delay: Instant


class _Default(msgspec.Struct, frozen=True):
    """`absolute` is in the unit; `share` is of the limit, for what is measured from a true zero."""

    absolute: float = 0.0
    share: float = 0.0
    off_delay_s: float = 60.0


_OTHER = _Default(share=0.02)
_RAIN = _Default(share=0.25, off_delay_s=600.0)
_WIND = _Default(share=0.15, off_delay_s=300.0)
_DUST = _Default(share=0.1, off_delay_s=600.0)
_FLOW = _Default(share=0.05)

DEFAULTS: Mapping[str, _Default] = {
    # Levels, temperatures and pressures are counted from a zero that somebody chose: a share of
    # them is nothing. 2 % of a lake 65 m above the sea would be 1.3 m.
    "m": _Default(absolute=0.05),
    "cm": _Default(absolute=5.0),
    "mdpl": _Default(absolute=0.05),
    "°c": _Default(absolute=0.5, off_delay_s=300.0),
    "hpa": _Default(absolute=0.5, off_delay_s=300.0),
    "mbar": _Default(absolute=0.5, off_delay_s=300.0),
    "%": _Default(absolute=2.0),
    # Rain comes in bursts, wind in gusts: the value falls by a fifth from one minute to the next.
    "mm": _RAIN,
    "mm/h": _RAIN,
    "mm/jam": _RAIN,
    "m/s": _WIND,
    "km/h": _WIND,
    "km/jam": _WIND,
    "kn": _WIND,
    "μg/m3": _DUST,
    "ug/m3": _DUST,
    "m3/s": _FLOW,
    "l/s": _FLOW,
}
"""By unit, as `_unit` writes it. Without one it is 2 % of the limit, and a minute."""


def band_of(limit: Limit, unit: str, stream: str, own: Sequence[LimitSettings]) -> Band:
    """Return the limit's band: as the site sets it, the last that fits, else by the unit."""
    default = DEFAULTS.get(_unit(unit), _OTHER)
    deadband = max(default.absolute, default.share * abs(limit.value))
    on_delay_s, off_delay_s = 0.0, default.off_delay_s
    for setting in own:
        if fnmatchcase(stream, setting.stream) and setting.name in ("", limit.name):
            deadband = deadband if setting.deadband is None else setting.deadband
            on_delay_s = on_delay_s if setting.on_delay_s is None else setting.on_delay_s
            off_delay_s = off_delay_s if setting.off_delay_s is None else setting.off_delay_s
    return Band(deadband, int(on_delay_s * SECOND), int(off_delay_s * SECOND))


def _unit(unit: str) -> str:
    """Return the unit as the table has it: µg/m³ and μg/m3 are one."""
    return unicodedata.normalize("NFKC", unit).strip().casefold()
