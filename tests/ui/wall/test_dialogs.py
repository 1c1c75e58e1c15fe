"""No dialog stays on the wall: it stands before the person at the desk."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog, QWidget

from paser_ui.wall.dialogs import OffTheWall

WALL = QRect(400, 0, 400, 600)


def test_a_dialog_that_opens_on_the_wall_is_moved_to_the_desk(qtbot):
    desk, dialog = QWidget(), QDialog()
    for widget in (desk, dialog):
        qtbot.addWidget(widget)
    desk.setGeometry(0, 0, 300, 300)
    desk.show()
    keeping = OffTheWall(lambda: [WALL], lambda: desk)

    dialog.setGeometry(500, 100, 100, 100)
    dialog.open()
    qtbot.waitUntil(lambda: not WALL.contains(dialog.frameGeometry().center()))

    assert desk.geometry().contains(dialog.frameGeometry().center())
    assert keeping is not None


def test_a_dialog_at_the_desk_stays_where_it_is(qtbot):
    desk, dialog = QWidget(), QDialog()
    for widget in (desk, dialog):
        qtbot.addWidget(widget)
    keeping = OffTheWall(lambda: [WALL], lambda: desk)
    dialog.setGeometry(50, 60, 100, 100)
    dialog.show()

    keeping.keep_off(dialog)

    assert dialog.geometry().topLeft().toTuple() == (50, 60)
