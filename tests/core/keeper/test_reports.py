"""A hang or a fall leaves a file, which only its person reads; and few of them are kept."""

from paser_command.keeper.reports import KEPT, write_report
from paser_command.times import SECOND
from tests.records import START


def test_a_report_says_when_what_and_where_the_threads_stood(tmp_path):
    path = write_report(tmp_path / "log", "hang", START, "silent for 5 s", b"Thread 1\n")

    assert path is not None
    told = path.read_text()
    assert "silent for 5 s" in told
    assert told.endswith("Thread 1\n")
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_secret_gets_into_a_report(tmp_path):
    path = write_report(tmp_path, "crash", START, "", b"ValueError: https://sari:kenari@host/?k=1")

    assert path is not None
    assert path.read_text().endswith("https://***@host/?k=***")


def test_the_oldest_reports_are_taken_away(tmp_path):
    paths = [
        write_report(tmp_path, "crash", START + number * SECOND, "", b"")
        for number in range(KEPT + 3)
    ]

    assert sorted(tmp_path.iterdir()) == paths[3:]


def test_a_disk_that_refuses_leaves_no_report(tmp_path):
    (tmp_path / "log").touch()

    assert write_report(tmp_path / "log", "hang", START, "", b"") is None
