"""Whatever is done to monitors, pages and panels by chance: nothing is lost, and nothing left over.

`PASER_SEED` and `PASER_ROUNDS` try other ones, and more.
"""

import os
import random
import time

import pytest

from tests.journeys.monitors import THREE
from tests.journeys.standing import HOME, moved, pages, settled

SEED = int(os.environ.get("PASER_SEED", "4"))
ROUNDS = int(os.environ.get("PASER_ROUNDS", "50"))
SIZES = ((1280, 720), (1024, 640), (1366, 768), (1920, 1080))


class Rounds:
    """Does one thing after the other to a console and its monitors, by chance."""

    def __init__(self, console, monitors, chance, ids):
        self._console = console
        self._monitors = monitors
        self._chance = chance
        self._ids = ids

    def one(self):
        """Do something; return what it was."""
        acts = (
            self.pull,
            self.plug,
            self.swap,
            self.resize,
            self.show,
            self.send,
            self.float,
            self.dock,
            self.maximise,
            self.next_page,
            self.free,
            self.own_time,
        )
        return self._chance.choice(acts)()

    def pull(self):
        if len(self._monitors.there) > 1:
            name = self._chance.choice(list(self._monitors.there))
            self._monitors.pull(name)
            return "pull", name
        return self.plug()

    def plug(self):
        gone = [monitor for monitor in THREE if monitor.name not in self._monitors.there]
        if gone:
            monitor = self._chance.choice(gone)
            self._monitors.plug(monitor)
            return "plug", monitor
        return self.resize()

    def swap(self):
        there = list(self._monitors.there.values())
        if len(there) < 2:
            return self.plug()
        one, other = self._chance.sample(there, 2)
        anew = (
            one._replace(left=other.left, top=other.top),
            other._replace(left=one.left, top=one.top),
        )
        moved(self._console, self._monitors, *anew)
        return "swap", *anew

    def resize(self):
        monitor = self._chance.choice(list(self._monitors.there.values()))
        width, height = self._chance.choice(SIZES)
        top = self._chance.choice((0, 300, 720))
        anew = monitor._replace(width=width, height=height, top=top)
        moved(self._console, self._monitors, anew)
        return "resize", anew

    def show(self):
        return self._ask("show", self._chance.choice(self._ids))

    def send(self):
        return self._ask("send", self._chance.randrange(5), self._chance.randrange(3))

    def float(self):
        monitor = self._chance.choice(list(self._monitors.there.values()))
        left = monitor.left + self._chance.randrange(1200)
        top = monitor.top + self._chance.randrange(600)
        return self._ask("float", self._panel(), left, top, 400, 300)

    def dock(self):
        floating = self._console.tell()["floating"]
        return self._ask("dock", self._chance.choice(floating)) if floating else self.float()

    def maximise(self):
        return self._ask("maximise", self._panel())

    def next_page(self):
        return self._ask("next_page", self._panel())

    def free(self):
        return self._ask("free", self._chance.randrange(5), self._chance.random() < 0.4)

    def own_time(self):
        return self._ask("own_time", self._chance.randrange(5), self._chance.random() < 0.5)

    def _panel(self):
        return self._chance.choice(self._console.tell()["panels"])

    def _ask(self, *asked):
        self._console.ask(*asked)
        return asked


def all_seen(console, ids):
    """Have every panel built, which it is by its first frame; return those of each workspace."""
    panels = {}
    for id in ids:
        console.ask("show", id)
        panels[id] = console.tell()["panels"]
        for name in panels[id]:
            console.ask("bring", name)
            console.until(lambda told, name=name: name in told["built"])
    return panels


def all_in_order(console, ids):
    """Stand all panels of all workspaces on their pages again, and those on their displays."""
    for id in ids:
        console.ask("show", id)
        console.ask("reset")
    console.ask("show", HOME)


@pytest.mark.timeout(400)
def test_rounds_of_everything_lose_nothing_and_leave_nothing_over(room, manager, monitors):
    chance = random.Random(SEED)
    with room() as console:
        ids = (HOME, "banjir", "dinding")
        panels = all_seen(console, ids)
        rounds, done = Rounds(console, monitors, chance, ids), []
        all_in_order(console, ids)
        before = console.ask("count")

        for _ in range(ROUNDS):
            done.append(rounds.one())
            told = console.until(lambda told: settled(told, monitors))
            assert told["panels"] == panels[told["workspace"]], done
            assert told["banner"] == [], done

        moved(console, monitors, *THREE)
        all_in_order(console, ids)
        left = _left_over(console, before)
        told = console.tell()
        console.quit()

    with room() as console:
        again = console.until(lambda told: settled(told, monitors))
        console.quit()
    assert left == {}
    assert pages(again) == pages(told)
    assert again["panels"] == told["panels"]


def _left_over(console, before):
    """Return what there is more of than before, once that has become no less for two seconds.

    Docks and windows are deleted in their own time, and a thread's end takes a moment.
    """
    least, since_s = None, time.monotonic()
    while time.monotonic() - since_s < 2.0:
        after = console.ask("count")
        left = {what: n - before.get(what, 0) for what, n in after.items()}
        more = {what: n for what, n in left.items() if n > 0}
        if not more:
            return {}
        if least is None or sum(more.values()) < sum(least.values()):
            least, since_s = more, time.monotonic()
        time.sleep(0.1)
    return least
