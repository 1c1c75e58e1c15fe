"""The rows are the picture's incidents by rank, and small changes move rows and reset nothing."""

import random

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QAbstractItemModelTester

from paser_command.api import SECOND, Severity
from paser_plugins.incidents.model import BULK, IncidentModel
from paser_plugins.incidents.order import Filter, rank
from tests.plugins.panel_kit import NOW, acknowledge, picture_of, report


@pytest.fixture
def model(qapp):
    parent = QObject()
    made = IncidentModel(lambda incident: incident.title, lambda incident: incident.title, parent)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, parent)
    yield made
    parent.deleteLater()


def keys(model):
    return [model.incident(row).key for row in range(model.rowCount())]


def resets(model):
    seen = []
    model.modelReset.connect(lambda: seen.append("reset"))
    return seen


def test_unacknowledged_then_severe_then_new_stands_first(model):
    picture = picture_of(
        report("old", severity=Severity.HIGH, received=NOW - 100 * SECOND),
        report("new", severity=Severity.HIGH, received=NOW),
        report("worst", severity=Severity.CRITICAL),
        report("taken", severity=Severity.CRITICAL),
        report("closed", severity=Severity.CRITICAL, closed=True),
        acknowledge("taken"),
    )

    model.show(picture.incidents, Filter(open_only=False))

    assert keys(model) == ["worst", "new", "old", "taken", "closed"]


def test_an_acknowledged_incident_moves_as_one_row(model):
    picture = picture_of(*(report(f"r{number}") for number in range(5)))
    model.show(picture.incidents, Filter())
    seen, moves = resets(model), []
    model.rowsMoved.connect(lambda *_: moves.append("moved"))

    picture.apply(acknowledge("r0"))
    model.show(picture.incidents, Filter())

    assert (keys(model)[-1], moves, seen) == ("r0", ["moved"], [])


def test_any_change_leaves_the_rows_in_order(model):
    chance = random.Random(7)
    picture = picture_of(*(report(f"r{number}") for number in range(60)))
    model.show(picture.incidents, Filter())
    seen = resets(model)

    for step in range(400):
        name = f"r{chance.randrange(80)}"
        changed = report(
            name,
            at=NOW + step,
            received=NOW + chance.randrange(10),
            severity=Severity(chance.randrange(5)),
            closed=chance.random() < 0.3,
        )
        picture.apply(chance.choice([changed, acknowledge(name, NOW + step)]))
        if chance.random() < 0.1:
            picture.incidents.pop(next(iter(picture.incidents)))
        model.show(picture.incidents, Filter())
        expected = sorted((i for i in picture.incidents.values() if not i.closed), key=rank)
        assert keys(model) == [incident.key for incident in expected]
    assert seen == []


def test_a_burst_is_taken_at_once(model):
    picture = picture_of(report("first"))
    model.show(picture.incidents, Filter())
    seen = resets(model)

    for number in range(BULK + 1):
        picture.apply(report(f"r{number}"))
    model.show(picture.incidents, Filter())

    assert (model.rowCount(), seen) == (BULK + 2, ["reset"])


def test_the_search_takes_all_its_words_from_title_and_place(model):
    picture = picture_of(report("a", title="Banjir Kuaro"), report("b", title="Longsor"))

    model.show(picture.incidents, Filter(words="grogot BANJIR"))

    assert keys(model) == ["a"]


def test_changes_by_key_come_to_the_same_as_all_compared(model):
    chance = random.Random(7)
    picture = picture_of(*(report(f"r{number}") for number in range(40)))
    shown = Filter(open_only=True)
    model.show(picture.incidents, shown)
    before = resets(model)

    for step in range(200):
        revision = picture.revision["incidents"]
        for _ in range(chance.randrange(1, 4)):
            key = f"r{chance.randrange(60)}"
            closed, severity = chance.random() < 0.3, chance.choice(list(Severity)[1:])
            changed = report(key, closed=closed, severity=severity, received=NOW + step)
            picture.apply(acknowledge(key) if chance.random() < 0.3 else changed)
        model.show(picture.incidents, shown, keys=picture.changes("incidents", revision))

        standing = [i for i in picture.incidents.values() if not i.closed]
        assert keys(model) == [incident.key for incident in sorted(standing, key=rank)]
    assert before == []
