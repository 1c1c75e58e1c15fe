"""M3: what one more panel costs: the time to build it and its memory, by type."""

import os
import time
from collections.abc import Callable
from statistics import median

from paser_ui.app import Console
from paser_ui.panel_host import PanelHost
from tests.benchmarks import city
from tests.benchmarks.desks import TYPES, desk, plug_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import console, producing, pss_mib, run_until

OF_EACH = 5
RATE = 100
GOAL_MS = 100.0


def measure() -> dict[str, Figure]:
    """Return the longest that the loop stands still to build a panel and draw it first."""
    plug_in(1)
    spent_ms: dict[str, list[float]] = {one: [] for one in TYPES}
    grown_mib: dict[str, list[float]] = {one: [] for one in TYPES}
    with (
        producing(RATE, 120) as producer,
        console(producer.url, city.fill, desk(len(TYPES), 1)) as (shown, _),
    ):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= city.STANDING, 120)
        run_until(lambda: len(session.picture.streams) == 200, 60)
        producer.go()
        run_until(lambda: False, 10)
        for _ in range(OF_EACH):
            for type_id in TYPES:
                spent, grown = _one_more(shown, type_id)
                spent_ms[type_id].append(spent)
                grown_mib[type_id].append(grown)
    return {
        "M3": Figure(
            what=f"to build a panel and draw it first, {city.STANDING:,} incidents, the slowest",
            value=max(median(spent) for spent in spent_ms.values()),
            unit="ms",
            goal=GOAL_MS,
            seen={
                type_id: f"{median(spent_ms[type_id]):.0f} ms, {median(grown_mib[type_id]):.1f} MiB"
                for type_id in TYPES
            },
        )
    }


def _one_more(shown: Console, type_id: str) -> tuple[float, float]:
    """Add a panel; return the milliseconds of its first frame, and by how many MiB we grew."""
    before = pss_mib(os.getpid(), "Pss_Anon")
    known = {host.panel_id for host in shown.front.panels.all()}
    shown.front.arranging.add_panel(type_id)
    host = next(host for host in shown.front.panels.all() if host.panel_id not in known)
    spent_s: list[float] = []
    host.draw = _timed(host, spent_s)  # type: ignore[method-assign]
    run_until(lambda: len(spent_s) > 5, 20, every_ms=20)
    grown = pss_mib(os.getpid(), "Pss_Anon") - before
    shown.front.arranging.close_panel(host.panel_id.rpartition("/")[2])
    run_until(lambda: False, 0.5)
    return spent_s[0] * 1000, grown


def _timed(host: PanelHost, spent_s: list[float]) -> Callable[..., None]:
    """Return the host's own `draw`, which notes how long it took."""
    draw = host.draw

    def timed(frame: object) -> None:
        began_s = time.perf_counter()
        draw(frame)  # type: ignore[arg-type]
        spent_s.append(time.perf_counter() - began_s)

    return timed
