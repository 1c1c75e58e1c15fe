"""Three desks and a collector on one PostgreSQL, through a network that does its worst.

Used by the soak (`make soak`, ten minutes) and by a seeded short slice of it in `make test`.
"""

import http.server
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from paser_command.cli.journals import picture_value
from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig, site_toml
from paser_command.errors import JournalError
from paser_command.journal.caller import Caller
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.verify import verify
from paser_command.picture.incidents import NOTE
from paser_command.records import Command, Feature
from paser_command.session.session import Session
from paser_command.times import now
from paser_command.verbs.note import AddNote
from tests.command_line import Running
from tests.patience import patient
from tests.proxy import Proxy

SUBJECT = "test/soak"
DESKS = 3
NOTE_EVERY_S = 0.2
LONGEST_WAIT_S = 90.0
NOTICED_WITHIN_S = 5.0
FEATURES = 20


class Desk:
    """A console without its windows: notes a number now and then, and keeps what it saw saved."""

    def __init__(self, url: str, number: int) -> None:
        self.seat = f"Meja {number}"
        self.noted: list[str] = []
        self.slowest_notice_s = 0.0
        journal = open_journal(url, REAL, caller=Caller("console", self.seat))
        self.session = Session(journal, who=f"Rina {number}", seat=self.seat)
        self._noting = threading.Event()
        self._noting.set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.session.start()
        self._thread.start()

    def rest(self) -> None:
        """Note nothing any more."""
        self._noting.clear()

    def saved(self) -> set[str]:
        """Return the notes in its picture."""
        return {act.arguments["text"] for act in self.session.live_picture.acts(SUBJECT)}

    def picture(self) -> dict[str, Any]:
        """Return its picture as plain values, without the moment."""
        return _plain(self.session.live_picture)

    def stop(self) -> None:
        """Leave."""
        self._ended.set()
        self._thread.join()
        self.session.stop()

    def _run(self) -> None:
        due_s = time.monotonic()
        while not self._ended.wait(0.03):
            self.session.drain()
            if self._noting.is_set() and time.monotonic() >= due_s:
                text = f"{self.seat} {len(self.noted)}"
                self.session.act(AddNote(text), SUBJECT)
                self.noted.append(text)
                due_s += NOTE_EVERY_S


class Layer:
    """A server of a layer that says something new each time it is asked, and counts that."""

    def __init__(self) -> None:
        counter = self
        self.asked = 0

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                counter.asked += 1
                body = json.dumps(counter.document()).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/geo+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def document(self) -> dict[str, Any]:
        """Return what it says now."""
        point = {"type": "Point", "coordinates": [116.2, -1.9]}
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": str(number),
                    "geometry": point,
                    "properties": {"name": str(self.asked)},
                }
                for number in range(FEATURES)
            ],
        }


@contextmanager
def layer_server() -> Iterator[Layer]:
    """Serve a layer on loopback."""
    layer = Layer()
    thread = threading.Thread(target=layer.server.serve_forever)
    thread.start()
    try:
        yield layer
    finally:
        layer.server.shutdown()
        thread.join()
        layer.server.server_close()


def run_room(url: str, folder: Path, *, seconds: float, seed: int) -> int:
    """Let the room work so long through random faults, then look; return how many notes there were.

    Fails where a note or a number was lost or doubled, or two pictures differ in the end.
    """
    chance = random.Random(seed)
    near = open_journal(url, REAL)
    with ExitStack() as ending:
        ending.callback(near.close)
        proxy = ending.enter_context(Proxy(make_url(url).port or 0))
        layer = ending.enter_context(layer_server())
        far = make_url(url).set(port=proxy.port).render_as_string(hide_password=False)
        collector = ending.enter_context(Running(folder, *collecting(folder, far, layer.url)))
        collector.wait_for("ready")
        desks = []
        for number in range(1, DESKS + 1):
            desks.append(Desk(far, number))
            ending.callback(desks[-1].stop)
        ends_s = time.monotonic() + seconds
        while time.monotonic() < ends_s:
            _fault(proxy, chance, desks)
        for desk in desks:
            desk.rest()
        asked = layer.asked
        until(lambda: all(set(desk.noted) <= desk.saved() for desk in desks), "a note is not saved")
        until(lambda: newest_told(near) > asked, "the collector did not go on")
        collector.process.terminate()
        assert collector.wait() == 0
        until(lambda: is_one(near, desks), "the pictures differ")
        _look_into(near, desks)
        return sum(len(desk.noted) for desk in desks)


def collecting(folder: Path, url: str, layer_url: str) -> tuple[str, ...]:
    """Return the command of a collector that asks the layer's server twice a second."""
    feed = FeedSettings(
        id="lapis",
        type="geojson.features",
        url=layer_url,
        interval_s=0.5,
        settings={"layer": "lapis"},
    )
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=url),
        feeds=(feed,),
    )
    file = folder / "site.toml"
    file.write_text(site_toml(config))
    return ("collect", "--config", str(file))


def _fault(proxy: Proxy, chance: random.Random, desks: list[Desk]) -> None:
    """Do one thing of those that networks do, then nothing for a moment."""
    proxy.delay_s = chance.choice((0.0, 0.0, 0.02, 0.1))
    proxy.rate = chance.choice((None, None, 200_000.0))
    time.sleep(chance.uniform(0.5, 3.0))
    kind = chance.choice(("cut", "cut", "swallow", "refuse"))
    getattr(proxy, kind)()
    if kind == "swallow" and chance.random() < 0.5:
        for desk in desks:
            until(partial(_sees_nothing, desk), f"{desk.seat} did not notice", NOTICED_WITHIN_S)
    else:
        time.sleep(chance.uniform(0.0, 3.0))
    proxy.flow()


def _sees_nothing(desk: Desk) -> bool:
    return not desk.session.view.current


def until(met: Callable[[], bool], otherwise: str, longest_s: float = LONGEST_WAIT_S) -> None:
    """Wait until it holds; AssertionError with what is said otherwise where it never does."""
    end_s = time.monotonic() + patient(longest_s)
    while not met():
        assert time.monotonic() < end_s, otherwise
        time.sleep(0.05)


def newest_told(journal: Journal) -> int:
    """Return the newest number that the layer's server said and the journal has."""
    names = [record.name for _, record in all_records(journal) if isinstance(record, Feature)]
    return max(map(int, names), default=0)


def is_one(journal: Journal, desks: list[Desk]) -> bool:
    """Tell whether all desks show what a fresh fold of the journal gives."""
    reader = Reader(journal)
    try:
        picture, _ = reader.picture(now())
    except JournalError:
        return False
    finally:
        reader.close()
    fresh = _plain(picture)
    return all(desk.picture() == fresh for desk in desks)


def _plain(picture: Any) -> dict[str, Any]:
    value = picture_value(picture, 0)
    acts = sorted(act.arguments["text"] for act in picture.acts(SUBJECT))
    return {**value, "acts": acts}


def _look_into(journal: Journal, desks: list[Desk]) -> None:
    records = [record for _, record in all_records(journal)]
    notes = [
        record.arguments["text"]
        for record in records
        if isinstance(record, Command) and record.verb == NOTE
    ]
    assert sorted(notes) == sorted(note for desk in desks for note in desk.noted)
    told = [(record.key, record.name) for record in records if isinstance(record, Feature)]
    assert len(told) == len(set(told))
    assert not list(verify(journal))
