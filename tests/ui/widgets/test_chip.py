"""A chip is a button that says whether it is on, by its look, its state and its name."""

from PySide6.QtCore import Qt

from paser_ui.api import Chip


def test_a_chip_says_its_words_to_eye_and_ear(qtbot):
    chip = Chip("a.chip")
    qtbot.addWidget(chip)

    chip.say("Air & api 3")

    assert (chip.objectName(), chip.accessibleName()) == ("a.chip", "Air & api 3")
    assert chip.sizeHint().width() > chip.fontMetrics().horizontalAdvance("Air & api 3")


def test_space_turns_it_on_and_it_looks_other(qtbot):
    chip = Chip("a.chip")
    qtbot.addWidget(chip)
    chip.say("24 jam")
    chip.resize(chip.sizeHint())
    before = chip.grab().toImage()

    qtbot.keyClick(chip, Qt.Key.Key_Space)

    assert chip.isChecked()
    assert chip.grab().toImage() != before
