"""Promise: tiles come from servers gently, and no server can stop the map or the others."""

import logging
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from paser_command.errors import PaserError
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles import host as hosts
from paser_command.maps.tiles.grid import Tile, web_grid
from paser_command.maps.tiles.host import AT_ONCE, LONGEST_PAUSE_S, _fresh_s
from paser_command.maps.tiles.service import TileService
from paser_command.maps.tiles.store import ABSENT_S, MOST_WAITING_BYTES, RETRY_S, Phase, TileStore
from paser_command.times import DAY, HOUR, SECOND
from tests.hostile.server import (
    HostileServer,
    Reply,
    Visit,
    dripping,
    gzip_bomb,
    hanging,
    moved,
    raw,
)
from tests.patience import patient
from tests.processes import running
from tests.tiles import WORLD, png, taken, until

PICTURE = png()
GRID = web_grid(0, 3, 256)
ALL = list(GRID.tiles(2, WORLD))
ONE = Tile(0, 0, 0)


class SetClock:
    """A clock of seconds that stands until the test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture
def steps() -> SetClock:
    return SetClock()


@pytest.fixture
def service(tmp_path) -> Iterator[TileService]:
    service = TileService(tmp_path)
    yield service
    service.close()


def xyz(server: HostileServer, most_level: int = 3) -> TileSource:
    address = server.url + "/{z}/{x}/{y}"
    return TileSource(service="xyz", address=address, most_level=most_level)


def put_all(server: HostileServer, reply: Reply | bytes = PICTURE) -> None:
    for level in (0, 1, 2):
        for tile in GRID.tiles(level, WORLD):
            server.put(f"/{level}/{tile.column}/{tile.row}", reply)


def wanted(store: TileStore, *tiles: Tile) -> TileStore:
    until(lambda: store.grid is not None)
    store.want(tiles, frozenset())
    return store


def held_back(gate: threading.Event, body: bytes) -> Reply:
    def write(visit: Visit) -> None:
        gate.wait(20)
        visit.answer(Reply(body))

    return Reply(write=write)


def next_of(store: TileStore) -> dict[Tile, bytes]:
    came: list[dict[Tile, bytes]] = [{}]

    def is_there() -> bool:
        came[0] = store.take()
        return bool(came[0])

    until(is_there)
    return came[0]


def fault_of(store: TileStore) -> str:
    until(lambda: store.state.fault)
    return str(store.state.fault)


def test_all_tiles_come(server, service):
    put_all(server)

    came = taken(service.open(xyz(server)), ALL)

    assert came == dict.fromkeys(ALL, PICTURE)


def test_the_most_wanted_come_first_and_we_say_who_asks(server, service):
    put_all(server)

    taken(service.open(xyz(server)), ALL)

    asked = [one.path for one in server.asked]
    first = [f"/2/{tile.column}/{tile.row}" for tile in ALL[:2]]
    assert set(asked[:2]) == set(first)
    assert len(asked) == len(ALL)
    assert all(one.headers["User-Agent"].startswith("PaserCommand/") for one in server.asked)


def test_what_left_the_view_is_not_asked_for(server, service):
    gate = threading.Event()
    put_all(server, held_back(gate, PICTURE))
    store = wanted(service.open(xyz(server)), *ALL)
    until(lambda: len(server.asked) == AT_ONCE)

    store.want([Tile(0, 0, 0)], frozenset())
    gate.set()
    until(store.take)

    assert [one.path for one in server.asked[AT_ONCE:]] == ["/0/0/0"]


def test_two_at_once_are_the_most_that_a_server_gets(server, service):
    lock, at_once, most = threading.Lock(), [0], [0]

    def slow(visit: Visit) -> None:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        server.closing.wait(0.03)
        with lock:
            at_once[0] -= 1
        visit.answer(Reply(PICTURE))

    put_all(server, Reply(write=slow))
    first, second = service.open(xyz(server)), service.open(xyz(server))
    wanted(first, *ALL[:8])
    wanted(second, *ALL[8:])
    until(lambda: Phase.LOADING not in (first.state.phase, second.state.phase))

    assert most[0] == AT_ONCE


def test_a_server_that_stalls_keeps_no_other_waiting(server, service):
    put_all(server, hanging())
    stalled = wanted(service.open(xyz(server)), *ALL)
    until(lambda: len(server.asked) == AT_ONCE)

    with HostileServer("127.0.0.2") as other:
        put_all(other)
        assert len(taken(service.open(xyz(other)), ALL)) == len(ALL)

    assert stalled.take() == {}


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (hanging(), "gives no whole answer within 0.3 s"),
        (dripping(PICTURE * 100), "gives no whole answer within 0.3 s"),
        (Reply(b"no", status=500), "answers with error 500"),
        (Reply(b"no", status=403), "answers with error 403"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "breaks in the middle"),
        (raw(b"nonsense\r\n\r\n"), "breaks in the middle"),
        (moved("http://127.0.0.2/"), "sends us on to 127.0.0.2"),
        (gzip_bomb(20), "sends more than 4.0 MiB"),
        (Reply(b"<html><body>login</body></html>"), "answers with a web page"),
        (Reply(b""), "answers with nothing"),
        (Reply(b"{}"), "no whole picture"),
        (Reply(b"<svg/>"), "a document and no picture"),
        (Reply(b"GIF89a" + bytes(100)), "no whole picture"),
        (Reply(PICTURE[:-20]), "no whole picture"),
        (Reply(PICTURE[:60] + b"x" + PICTURE[61:]), "no whole picture"),
        (
            Reply(b"<ServiceExceptionReport><ServiceException>no\x0alayer</ServiceException>"
                  b"</ServiceExceptionReport>"),
            "refuses: no layer",
        ),
    ],
)  # fmt: skip
def test_each_failure_is_told_once_with_its_reason(
    server, tmp_path, monkeypatch, caplog, reply, told
):
    monkeypatch.setattr(hosts, "DEADLINE_S", 0.3)
    monkeypatch.setattr(hosts, "LONGEST_PAUSE_S", 0.0)
    service = TileService(tmp_path)
    put_all(server, reply)

    store = wanted(service.open(xyz(server)), *ALL[:4])

    assert told in fault_of(store)
    until(lambda: len(server.asked) >= 4)
    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) == 1
    assert store.take() == {}
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    service.close()


def test_a_server_that_fails_is_left_alone_for_longer_and_longer(server, tmp_path, steps):
    service = TileService(tmp_path, clock=steps)
    put_all(server, Reply(status=500))
    store = wanted(service.open(xyz(server)), *ALL)
    (host,) = service._hosts.values()
    pauses = []

    for failures in range(1, 10):
        until(partial(lambda least: host._failures >= least, failures))
        pauses.append(host._ready_s - steps.seconds)
        steps.seconds = max(steps.seconds, host._ready_s)
        store.wake()

    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_S
    service.close()


def test_a_tile_that_is_not_there_is_no_fault_and_not_asked_for_again(server, tmp_path, steps):
    service = TileService(tmp_path, clock=steps)
    store = wanted(service.open(xyz(server)), ONE)
    until(lambda: server.asked and store.state.phase is Phase.READY)

    for _ in range(3):
        store.want([ONE], frozenset())
    steps.seconds += ABSENT_S - 1
    store.want([ONE], frozenset())
    assert store.state.phase is Phase.READY
    server.put("/0/0/0", PICTURE)
    steps.seconds += 2
    store.want([ONE], frozenset())
    until(store.take)

    assert len(server.asked) == 2
    service.close()


def test_a_failed_tile_is_asked_for_again_after_a_while(server, tmp_path, steps):
    service = TileService(tmp_path, clock=steps)
    server.put("/0/0/0", Reply(b"<html>", status=200), PICTURE)
    store = wanted(service.open(xyz(server)), ONE)
    until(lambda: store.state.phase is Phase.FAILING)

    steps.seconds += RETRY_S + 1
    store.wake()

    until(store.take)
    assert store.state.phase is Phase.READY
    service.close()


def test_what_is_kept_and_fresh_needs_no_server(server, tmp_path):
    put_all(server)
    first = TileService(tmp_path)
    taken(first.open(xyz(server)), ALL)
    first.close()
    asked = len(server.asked)

    again = TileService(tmp_path)
    assert taken(again.open(xyz(server)), ALL) == dict.fromkeys(ALL, PICTURE)

    assert len(server.asked) == asked
    again.close()


def test_what_is_old_is_shown_at_once_and_asked_for_anew(server, tmp_path, clock):
    newer, shown = png(colour=(1, 2, 3)), threading.Event()
    server.put("/0/0/0", PICTURE, held_back(shown, newer))
    first = TileService(tmp_path, now=clock)
    taken(first.open(xyz(server)), [ONE])
    first.close()
    clock.instant += 2 * DAY

    again = TileService(tmp_path, now=clock)
    store = again.open(xyz(server))

    assert taken(store, [ONE]) == {ONE: PICTURE}
    shown.set()
    assert next_of(store) == {ONE: newer}
    again.close()


def test_what_did_not_change_is_not_sent_again(server, tmp_path, clock):
    marked = Reply(PICTURE, headers=(("ETag", '"1"'), ("Cache-Control", "max-age=3600")))
    server.put("/0/0/0", marked, Reply(status=304))
    first = TileService(tmp_path, now=clock)
    taken(first.open(xyz(server)), [ONE])
    first.close()
    clock.instant += 2 * HOUR

    again = TileService(tmp_path, now=clock)
    store = again.open(xyz(server))
    taken(store, [ONE])
    until(lambda: len(server.asked) == 2 and store.state.phase is Phase.READY)

    assert server.asked[1].headers["If-None-Match"] == '"1"'
    assert store.take() == {}
    again.close()


def test_a_mark_of_a_tile_that_was_thrown_away_is_forgotten(server, service):
    server.put("/0/0/0", Reply(PICTURE, headers=(("ETag", '"1"'),)))
    store = service.open(xyz(server))
    taken(store, [ONE])

    store.reject(ONE, PaserError("it is not a tile"))
    store._known.clear()
    assert taken(store, [ONE]) == {ONE: PICTURE}

    assert "If-None-Match" not in server.asked[1].headers


def test_what_may_not_be_kept_is_not_kept(server, service, tmp_path):
    server.put("/0/0/0", Reply(PICTURE, headers=(("Cache-Control", "no-store"),)))

    assert taken(service.open(xyz(server)), [ONE]) == {ONE: PICTURE}

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_offline_what_is_kept_is_shown_and_since_when_is_said(tmp_path, clock):
    with HostileServer() as server:
        put_all(server)
        source = xyz(server)
        first = TileService(tmp_path, now=clock)
        taken(first.open(source), ALL)
        first.close()
    clock.instant += 3 * DAY

    offline = TileService(tmp_path, now=clock)
    store = offline.open(source)

    assert len(taken(store, ALL)) == len(ALL)
    until(lambda: store.state.phase is Phase.OFFLINE)
    assert store.state.since == clock.instant
    assert "cannot be reached" in fault_of(store)
    offline.close()


def test_a_wmts_that_is_away_opens_by_what_it_said_last(tmp_path):
    from tests.core.tiles.test_addresses import WMTS

    with HostileServer() as server:
        address = server.put("/wmts", WMTS.replace("{resource}", "").encode())
        source = TileSource(service="wmts", address=address, layer="road")
        first = TileService(tmp_path)
        store = first.open(source)
        until(lambda: store.grid is not None)
        first.close()

    again = TileService(tmp_path)
    store = again.open(source)
    until(lambda: store.grid is not None)

    assert store.attribution == "Badan Peta"
    again.close()


def test_a_source_that_cannot_be_opened_says_why_and_opens_later(server, service, tmp_path):
    path = tmp_path / "later.mbtiles"
    store = service.open(TileSource(service="mbtiles", address=str(path)))
    assert "there is no file" in fault_of(store)

    from tests.tiles import write_mbtiles

    write_mbtiles(path, range(1), format="png")
    until(lambda: store.grid is not None)

    assert store.state.phase is Phase.READY


def test_large_tiles_wait_for_the_map_and_not_in_memory(server, service):
    comment = b"teXt" + bytes(3 * 2**20)
    chunk = (3 * 2**20).to_bytes(4, "big") + comment + zlib.crc32(comment).to_bytes(4, "big")
    large = PICTURE[:-12] + chunk + PICTURE[-12:]
    put_all(server, large)
    store = wanted(service.open(xyz(server)), *ALL)
    until(lambda: sum(map(len, store._arrived.values())) > MOST_WAITING_BYTES)
    until(lambda: not store._under_way)

    came = store.take()

    assert len(came) <= MOST_WAITING_BYTES // len(large) + 1 + AT_ONCE
    while len(came) < len(ALL):
        came |= next_of(store)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("", 24.0),
        ("max-age=7200", 2.0),
        ("public, Max-Age = 7200", 2.0),
        ("s-max-age=1, max-age=7200", 2.0),
        ("max-age=0", 1 / 60),
        ("no-cache", 1 / 60),
        ("max-age=99999999999", 24.0 * 30),
        ("max-age=-5", 24.0),
        ("\x00garbage;;;=", 24.0),
    ],
)
def test_ages_are_kept_within_bounds(said, hours):
    assert _fresh_s(said) == pytest.approx(hours * HOUR / SECOND)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>hello</body></html>",
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<WMS_Capabilities version='1.3.0'/>",
        b"<WMS_Capabilities version='9'><Capability><Layer/></Capability></WMS_Capabilities>",
        b"<a>" * 10_000,
        b"",
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("kind", ["wms", "wmts"])
def test_capabilities_that_are_none_are_an_error(server, service, kind, body):
    answer = service.ask(server.put("/ows", body), kind)

    with pytest.raises(PaserError):
        answer.result(30)


CONSOLE = """
import sys, time
from pathlib import Path
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.service import TileService
from paser_command.maps.tiles.grid import Tile
service = TileService(Path(sys.argv[1]))
store = service.open(TileSource(service="xyz", address=sys.argv[2]))
service.ask(sys.argv[2], "wms")
while store.grid is None:
    time.sleep(0.01)
store.want([Tile(0, 0, 0)], ())
while store.next_due() is not None:
    pass
print("waiting", flush=True)
sys.stdin.readline()
service.close()
"""


def test_a_console_ends_at_once_while_servers_hang(server, tmp_path):
    put_all(server, hanging())
    with running(
        [sys.executable, "-c", CONSOLE, tmp_path, server.url + "/{z}/{x}/{y}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    ) as console:
        assert console.stdout
        assert console.stdin
        console.stdout.readline()
        console.stdin.close()

        assert console.wait(timeout=patient(5)) == 0


def test_no_address_of_a_provider_stands_in_the_code():
    folders = ("paser_command/maps", "ui/paser_map", "plugins/paser_plugins/map")
    root = Path(__file__).parents[3]
    sources = [path for folder in folders for path in (root / folder).rglob("*.py")]

    found = [
        path.name
        for path in sources
        for name in ("openstreetmap.org", "arcgisonline", "googleapis", "mapbox.com", "tile.")
        if f"{name}" in path.read_text() and f"//{name}" in path.read_text()
    ]

    assert sources
    assert found == []
