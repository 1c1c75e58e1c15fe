"""The line over the map: chips that count and hide, buttons, and a menu for what has no room."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from paser_ui.api import GAP_PX, Chip, icon, put_action, put_name, put_tooltip

_EDGE_PX = 2 * GAP_PX
_BUTTON_PX = 28


class Header(QWidget):
    """Buttons keep their place at the end as long as there is room for them, chips before."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("map.header")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chips: dict[Chip, bool] = {}
        self._buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE_PX, GAP_PX, _EDGE_PX, GAP_PX)
        self._row.setSpacing(_EDGE_PX)
        self._row.addStretch(1)
        self.more = self._made("more")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        self._row.addWidget(self.more)

    def add_chip(self, chip: Chip) -> None:
        """Put a chip after the last one."""
        self._row.insertWidget(len(self._chips), chip)
        self._chips[chip] = False

    def add_button(
        self, name: str, act: Callable[[], object], *, checkable: bool = False
    ) -> QToolButton:
        """Put a button after the last one: `name` is its sign's (`icon`). Words come by `say`."""
        button = self._made(name)
        button.setCheckable(checkable)
        button.clicked.connect(lambda _checked=False: act())
        self._row.insertWidget(self._row.count() - 1, button)
        self._buttons.append(button)
        self._fit()
        return button

    def say(self, button: QToolButton, text: str, key: str = "") -> None:
        """Put the words on a button, and the key that does the same."""
        put_name(button, text)
        put_tooltip(button, f"{text} ({key})" if key else text)

    def want(self, chip: Chip, wanted: bool) -> None:
        """Say whether a chip has anything to tell; those that have none are away."""
        if self._chips[chip] is not wanted:
            self._chips[chip] = wanted
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(0, _BUTTON_PX + 2 * GAP_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def controls(self) -> list[QAbstractButton]:
        """Return all that can be pressed, as it is read."""
        return [*self._chips, *self._buttons, self.more]

    def _made(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"map.{name}")
        button.setIcon(icon(name))
        button.setAutoRaise(True)
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _fit(self) -> None:
        """Show as much as there is room for."""
        room = self.width() - 2 * _EDGE_PX
        wanted = list(self._wanted())
        least = sum(_width(one) for one in wanted)
        if least > room:
            room -= _BUTTON_PX + _EDGE_PX
        away = False
        for control in sorted(wanted, key=lambda one: isinstance(one, Chip)):
            room -= _width(control)
            fits = room + _EDGE_PX >= 0 and not (away and isinstance(control, Chip))
            away = away or not fits
            control.setVisible(fits)
        for chip, is_wanted in self._chips.items():
            if not is_wanted:
                chip.hide()
        self.more.setVisible(away)

    def _wanted(self) -> Iterator[QAbstractButton]:
        yield from (chip for chip, wanted in self._chips.items() if wanted)
        yield from self._buttons

    def _fill_menu(self) -> None:
        self._menu.clear()
        for control in self._wanted():
            if not control.isHidden():
                continue
            action = self._menu.addAction("")
            put_action(action, control.accessibleName())
            action.setCheckable(control.isCheckable())
            action.setChecked(control.isChecked())
            action.triggered.connect(control.click)


def _width(control: QAbstractButton) -> int:
    return (
        _BUTTON_PX + _EDGE_PX
        if isinstance(control, QToolButton)
        else (control.sizeHint().width() + _EDGE_PX)
    )
