"""The binding of Qt loses no reference: a wheel that does is refused here, not in an emergency.

PySide6 6.12.0 on Python 3.11 loses one reference to None or True at each call and aborts in the
end. From Python 3.12 on these objects are immortal.
"""

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

CALLS = 2_000
SINGLETONS = (None, True, False)

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None, True and False are immortal from Python 3.12 on"
)


class Emitter(QObject):
    told = Signal(object)


def counts():
    return [sys.getrefcount(singleton) for singleton in SINGLETONS]


def drift(before):
    return [abs(after - count) for after, count in zip(counts(), before, strict=True)]


def test_set_text_moves_no_reference_count(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = counts()

    for _ in range(CALLS):
        label.setText("x")

    assert max(drift(before)) <= 20


def test_emit_moves_no_reference_count(qtbot):
    emitter = Emitter()
    heard: list[str] = []
    emitter.told.connect(heard.append)
    before = counts()

    for _ in range(CALLS):
        emitter.told.emit("x")

    assert len(heard) == CALLS
    assert max(drift(before)) <= 20
