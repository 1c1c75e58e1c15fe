"""The layer tree is worked by mouse and by keys alone, and asks for each change in words of ids."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from paser_command.maps.definition import FileSource, LayerDefinition, LiveSource
from paser_map.tree.rows import Detail, LayerRows

LAYERS = (
    LayerDefinition(id="incidents", name="Insiden", source=LiveSource("incidents")),
    LayerDefinition(id="units", name="Satuan", source=LiveSource("units"), visible=False),
    LayerDefinition(id="desa", name="Desa", group="Batas", source=FileSource(path="/d")),
    LayerDefinition(
        id="kota", name="Kota", group="Batas", visible=False, source=FileSource(path="/k")
    ),
)
NAMES = {layer.id: layer.name for layer in LAYERS}


@pytest.fixture
def rows(qtbot):
    made = LayerRows()
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show_layers(LAYERS, NAMES, {"incidents": Detail("3", stale=True)})
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def items(rows: LayerRows) -> dict[str, QTreeWidgetItem]:
    """Return all rows by their names."""
    top = [rows.topLevelItem(row) for row in range(rows.topLevelItemCount())]
    found = [[item, *(item.child(row) for row in range(item.childCount()))] for item in top if item]
    return {item.text(0): item for group in found for item in group if item is not None}


def drag(rows: LayerRows, name: str, to: str, share: float) -> None:
    """Drag a row to a height of another, from its top (0) to its foot (1)."""
    rows.setCurrentItem(items(rows)[name])
    mime: QMimeData = rows.mimeData([items(rows)[name]])
    box = rows.visualItemRect(items(rows)[to])
    at = QPoint(box.center().x(), round(box.top() + share * (box.height() - 1)))
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    port = rows.viewport()
    QApplication.sendEvent(port, QDragEnterEvent(at, move, mime, left, none))
    QApplication.sendEvent(port, QDragMoveEvent(at, move, mime, left, none))
    QApplication.sendEvent(port, QDropEvent(QPointF(at), move, mime, left, none))


def test_a_row_shows_name_visibility_and_what_is_known(rows):
    found = items(rows)

    assert list(found) == ["Insiden", "Satuan", "Batas", "Desa", "Kota"]
    states = [item.checkState(0) for item in found.values()]
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert states == [on, off, Qt.CheckState.PartiallyChecked, on, off]
    assert found["Insiden"].data(0, Qt.ItemDataRole.AccessibleTextRole) == "Insiden, 3"


def test_space_asks_to_hide_and_to_show_and_is_not_the_alarms(qtbot, rows):
    rows.pick("incidents")
    override = QKeyEvent(
        QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier
    )
    override.ignore()

    QApplication.sendEvent(rows, override)
    with qtbot.waitSignal(rows.show_wanted) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_Space)

    assert override.isAccepted()
    assert asked.args == [["incidents"], False]


def test_a_groups_mark_is_that_of_all_its_layers(qtbot, rows):
    with qtbot.waitSignal(rows.show_wanted) as asked:
        items(rows)["Batas"].setCheckState(0, Qt.CheckState.Checked)

    assert asked.args == [["desa", "kota"], True]


@pytest.mark.parametrize(
    ("name", "to", "share", "asked"),
    [
        ("Satuan", "Insiden", 0.0, ["units", "incidents", ""]),
        ("Insiden", "Satuan", 1.0, ["incidents", "desa", ""]),
        ("Insiden", "Kota", 0.0, ["incidents", "kota", "Batas"]),
        ("Insiden", "Kota", 1.0, ["incidents", None, "Batas"]),
        ("Insiden", "Batas", 0.5, ["incidents", None, "Batas"]),
        ("Desa", "Insiden", 0.0, ["desa", "incidents", ""]),
    ],
)
def test_a_row_is_dragged_to_its_new_place(qtbot, rows, name, to, share, asked):
    with qtbot.waitSignal(rows.move_wanted) as wanted:
        drag(rows, name, to, share)

    assert wanted.args == asked
    assert list(items(rows)) == ["Insiden", "Satuan", "Batas", "Desa", "Kota"]


def test_a_group_is_dragged_as_a_whole_and_never_into_itself(qtbot, rows):
    with qtbot.waitSignal(rows.group_move_wanted) as wanted:
        drag(rows, "Batas", "Insiden", 0.0)
    with qtbot.assertNotEmitted(rows.group_move_wanted):
        drag(rows, "Batas", "Desa", 0.0)

    assert wanted.args == ["Batas", "incidents"]


def test_alt_and_an_arrow_move_a_layer_or_a_group(qtbot, rows):
    alt = Qt.KeyboardModifier.AltModifier
    rows.pick("units")
    with qtbot.waitSignal(rows.shift_wanted) as layer:
        qtbot.keyClick(rows, Qt.Key.Key_Up, alt)
    rows.setCurrentItem(items(rows)["Batas"])
    with qtbot.waitSignal(rows.group_shift_wanted) as group:
        qtbot.keyClick(rows, Qt.Key.Key_Down, alt)

    assert layer.args == ["units", -1]
    assert group.args == ["Batas", 1]


def test_a_new_name_is_asked_for(qtbot, rows):
    with qtbot.waitSignal(rows.rename_wanted) as layer:
        items(rows)["Desa"].setText(0, "Kelurahan")
    with qtbot.waitSignal(rows.group_rename_wanted) as group:
        items(rows)["Batas"].setText(0, "Wilayah")

    assert layer.args == ["desa", "Kelurahan"]
    assert group.args == ["Batas", "Wilayah"]


def test_delete_asks_to_remove(qtbot, rows):
    rows.pick("desa")
    with qtbot.waitSignal(rows.remove_wanted) as wanted:
        qtbot.keyClick(rows, Qt.Key.Key_Delete)

    assert wanted.args == ["desa"]


def test_the_search_leaves_what_has_the_words(rows):
    rows.search("KOT bat")

    hidden = {name for name, item in items(rows).items() if item.isHidden()}
    assert hidden == {"Insiden", "Satuan", "Desa"}
    rows.search("")
    assert not any(item.isHidden() for item in items(rows).values())


def test_a_new_order_keeps_what_is_picked_and_what_is_closed(rows):
    rows.pick("units")
    items(rows)["Batas"].setExpanded(False)

    rows.show_layers((*LAYERS[2:], *LAYERS[:2]), NAMES, {})

    assert list(items(rows)) == ["Batas", "Desa", "Kota", "Insiden", "Satuan"]
    assert rows.current_id() == "units"
    assert not items(rows)["Batas"].isExpanded()


def test_names_from_outside_are_plain(rows):
    hostile = "<img src=x>\u202e"

    rows.show_layers(LAYERS, NAMES | {"desa": hostile}, {"desa": Detail(hostile)})

    assert "<img src=x>\ufffd" in items(rows)
    assert items(rows)["<img src=x>\ufffd"].toolTip(0) == "<qt>&lt;img src=x&gt;\ufffd</qt>"
    assert not rows.grab().isNull()


def test_a_click_on_the_mark_asks_to_hide(qtbot, rows):
    box = rows.visualItemRect(items(rows)["Insiden"])
    mark = QPoint(box.left() + 12, box.center().y())

    with qtbot.waitSignal(rows.show_wanted) as asked:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=mark)

    assert asked.args == [["incidents"], False]
