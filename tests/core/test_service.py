"""The collector tells the service manager that it is ready, and that it is alive."""

import os
import socket

from paser_command.cli.service import Service
from paser_command.keeper.notify import notify
from tests.command_line import Running, environment

SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:///{journal}"
"""


def listening(path):
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(str(path))
    manager.settimeout(30)
    return manager


def test_nothing_is_told_where_there_is_no_manager():
    Service(environment={}).ready()


def test_a_manager_that_went_away_stops_nothing(tmp_path):
    service = Service({"NOTIFY_SOCKET": str(tmp_path / "gone")})

    service.ready()
    service.alive()


def test_an_abstract_address_is_reached_too():
    name = f"paser-{os.getpid()}"
    with listening(f"\0{name}") as manager:
        notify(f"@{name}", "READY=1")

        assert manager.recv(100) == b"READY=1"


def test_a_manager_that_hears_nothing_is_not_waited_for(tmp_path):
    with listening(tmp_path / "notify") as manager:
        for number in range(5_000):
            notify(str(tmp_path / "notify"), f"STATUS={number}")

        assert manager.recv(100) == b"STATUS=0"


def test_life_is_told_once_a_second(tmp_path):
    times = iter([0.0, 0.0, 0.5, 1.5, 1.5])
    with listening(tmp_path / "notify") as manager:
        service = Service({"NOTIFY_SOCKET": str(tmp_path / "notify")}, lambda: next(times))

        for _ in range(3):
            service.alive()

        assert [manager.recv(100), manager.recv(100)] == [b"WATCHDOG=1", b"WATCHDOG=1"]
        manager.setblocking(False)
        assert _left(manager) == []


def test_a_collector_that_collects_is_ready_and_alive(tmp_path, monkeypatch):
    site = tmp_path / "site.toml"
    site.write_text(SITE.format(journal=tmp_path / "journal.sqlite"))
    with listening(tmp_path / "notify") as manager:
        monkeypatch.setitem(os.environ, "NOTIFY_SOCKET", str(tmp_path / "notify"))
        assert environment(tmp_path)["NOTIFY_SOCKET"]

        with Running(tmp_path, "collect", "--config", str(site)):
            told = [manager.recv(100), manager.recv(100)]

    assert told == [b"READY=1", b"WATCHDOG=1"]


def _left(manager):
    try:
        return [manager.recv(100)]
    except BlockingIOError:
        return []
