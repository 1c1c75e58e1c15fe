"""A room goes on when a server restarts, a standby takes over, or a machine loses its network."""

import signal
import time

import pytest
from sqlalchemy import create_engine, text

from paser_command.config import JournalSettings, Site, SiteConfig, site_toml
from paser_command.errors import JournalError
from paser_command.journal.caller import Caller
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.room import room
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.times import now
from tests import networks, postgres
from tests.certificates import authority, server_certificate
from tests.command_line import Running
from tests.patience import patient
from tests.proxy import Proxy
from tests.records import flood
from tests.servers import server_of_its_own

TAKEN_OVER_WITHIN_S = 15.0
NOTICED_WITHIN_S = 5.0
LONGEST_WAIT_S = 60.0

pytestmark = pytest.mark.skipif(postgres.missing() is not None, reason=str(postgres.missing()))


@pytest.fixture
def server():
    with server_of_its_own() as made:
        made.start()
        _create(made)
        yield made


def _create(server):
    engine = create_engine(f"{server.address}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE room"))
    engine.dispose()


def site(folder, url):
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=url),
    )
    file = folder / f"site-{time.monotonic_ns()}.toml"
    file.write_text(site_toml(config))
    return ("collect", "--config", str(file))


def until(met, longest_s=LONGEST_WAIT_S):
    end_s = time.monotonic() + patient(longest_s)
    while not met():
        assert time.monotonic() < end_s, "it never came to that"
        time.sleep(0.1)


def works(act):
    try:
        act()
    except JournalError:
        return False
    return True


def test_a_collector_stands_by_while_its_server_restarts_and_goes_on(server, tmp_path):
    url = f"{server.address}/room"
    with Running(tmp_path, *site(tmp_path, url), "--seat", "Meja 1") as collector:
        collector.wait_for("ready")
        journal = open_journal(url, REAL)

        server.stop(signal.SIGINT)
        time.sleep(3.0)
        server.start()
        until(lambda: works(journal.facts))

        until(lambda: not _lease(journal).over and _is_renewed(journal))
        assert collector.process.poll() is None
        collector.process.terminate()
        assert collector.wait() == 0
        journal.close()


def _lease(journal):
    lease = room(journal).lease
    assert lease is not None
    return lease


def _is_renewed(journal):
    before = _lease(journal).expires
    time.sleep(3.0)
    return _lease(journal).expires > before


def test_a_collector_waits_for_a_server_that_comes_later(server, tmp_path):
    server.stop()
    with Running(tmp_path, *site(tmp_path, f"{server.address}/room")) as collector:
        failing = collector.wait_for("journal_failing")

        server.start()
        collector.wait_for("ready")

        assert "Connection refused" in failing["error"]["en"]
        assert "journal_ok" in collector.events


def test_where_the_holder_s_machine_loses_its_network_the_standby_takes_over(server, tmp_path):
    near = f"{server.address}/room"
    with Proxy(server.port) as proxy:
        far = near.replace(str(server.port), str(proxy.port))
        with Running(tmp_path, *site(tmp_path, far)) as holder:
            holder.wait_for("ready")
            with Running(tmp_path, *site(tmp_path, near)) as standby:
                standby.wait_for("standby")

                began_s = time.monotonic()
                proxy.swallow()
                standby.wait_for("ready")
                took_s = time.monotonic() - began_s
                proxy.flow()

                holder.wait_for("standby")
                assert took_s <= patient(TAKEN_OVER_WITHIN_S)


def test_where_a_cable_is_pulled_the_standby_takes_over(tmp_path):
    if reason := networks.missing():
        pytest.skip(reason)
    with networks.link() as link, server_of_its_own(host=networks.HERE) as server:
        server.start()
        _create(server)
        command = site(tmp_path, f"{server.address}/room")
        with Running(tmp_path, *command, "--seat", "far", through=link.through) as holder:
            holder.wait_for("ready")
            with Running(tmp_path, *command, "--seat", "near") as standby:
                standby.wait_for("standby")

                began_s = time.monotonic()
                link.pull()
                standby.wait_for("ready")
                took_s = time.monotonic() - began_s
                link.plug()

                holder.wait_for("standby")
                assert took_s <= patient(TAKEN_OVER_WITHIN_S)


def test_a_standby_server_that_was_promoted_is_found(tmp_path):
    with server_of_its_own("wal_level=replica") as first:
        first.start()
        _create(first)
        with server_of_its_own(standby_of=first) as second:
            second.start()
            url = (
                "postgresql+psycopg://paser@/room?host=127.0.0.1,127.0.0.1"
                f"&port={first.port},{second.port}&target_session_attrs=read-write"
            )
            journal = open_journal(url, REAL)
            writer = Writer(journal, now)
            writer.append([flood("warga/1")])
            until(lambda: _is_caught_up(journal))

            first.stop()
            second.promote()
            until(lambda: works(lambda: writer.append([flood("warga/2")])))

            reader = Reader(journal)
            keys = [record.key for record in reader.read(0).records]
            reader.close()
            journal.close()
            assert keys == ["warga/1", "warga/2"]


def _is_caught_up(journal):
    replication = room(journal).replication
    assert replication is not None
    return [standby.behind_bytes for standby in replication.standbys] == [0]


def test_the_server_s_certificate_is_verified(tmp_path):
    roots = authority(tmp_path)
    certificate, key = server_certificate(tmp_path, "localhost")
    (tmp_path / "other").mkdir()
    other = authority(tmp_path / "other")
    with server_of_its_own(
        "ssl=on", "ssl_cert_file=server.pem", "ssl_key_file=server.key"
    ) as server:
        server.give(certificate, "server.pem")
        server.give(key, "server.key")
        server.start()
        _create(server)

        def url(host, roots):
            secure = f"sslmode=verify-full&sslrootcert={roots}"
            return f"postgresql+psycopg://paser@{host}:{server.port}/room?{secure}"

        journal = open_journal(url("localhost", roots), REAL, caller=Caller("console", "Meja 1"))
        with journal.engine.connect() as connection:
            mine = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            encrypted = connection.execute(mine).scalar()
        journal.close()

        assert encrypted
        with pytest.raises(JournalError, match="certificate verify failed"):
            open_journal(url("localhost", other), REAL)
        with pytest.raises(JournalError, match=r"server certificate .* does not match host name"):
            open_journal(url("127.0.0.1", roots), REAL)


def test_of_two_collectors_on_a_file_whose_lock_was_removed_one_goes(tmp_path):
    url = sqlite_url(tmp_path / "journal.sqlite")
    with Running(tmp_path, *site(tmp_path, url)) as first:
        first.wait_for("ready")
        with Running(tmp_path, *site(tmp_path, url)) as second:
            second.wait_for("standby")
            # So that the second one is the quicker of the two.
            first.process.send_signal(signal.SIGSTOP)

            (tmp_path / "journal.sqlite.collector").unlink()
            second.wait_for("ready")
            first.process.send_signal(signal.SIGCONT)
            began_s = time.monotonic()
            first.wait_for("standby")

            assert time.monotonic() - began_s <= patient(NOTICED_WITHIN_S)
