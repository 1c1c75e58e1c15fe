"""What one panel looks at: its window's moment, selection and area, or its own where pinned."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from paser_command.region import Region
from paser_command.session.frames import Selection
from paser_command.session.session import Session
from paser_ui.desk import Desk


class Pin(StrEnum):
    """What a panel may be pinned out of."""

    SELECTION = "selection"
    TIME = "time"
    AREA = "area"


class View(QObject):
    """`changed` tells that another selection, area or session is looked at.

    What is pinned stays as it was at that moment: the panel's own from then on. A panel pinned in
    time stays live where the window was live, and in its own replay where that was in one.
    """

    changed = Signal()
    session_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._selection: Selection | None = None
        self._area: tuple[Region | None] | None = None
        self._session: Session | None = None
        self._listen(desk)

    @property
    def desk(self) -> Desk:
        """The desk of the panel's window."""
        return self._desk

    @property
    def session(self) -> Session:
        """Whose clock, and whose picture."""
        return self._session or self._desk.session

    @property
    def selection(self) -> Selection:
        """What is picked."""
        return self._desk.selection if self._selection is None else self._selection

    @property
    def area(self) -> Region | None:
        """What lists are limited to."""
        return self._desk.area if self._area is None else self._area[0]

    @property
    def pins(self) -> tuple[Pin, ...]:
        """What the panel is pinned out of."""
        own = {
            Pin.SELECTION: self._selection is not None,
            Pin.TIME: self._session is not None,
            Pin.AREA: self._area is not None,
        }
        return tuple(pin for pin, pinned in own.items() if pinned)

    def move(self, desk: Desk) -> None:
        """Be in another window from now on."""
        if desk is not self._desk:
            self._desk.disconnect(self)
            self._desk = desk
            self._listen(desk)
            self.session_changed.emit()
            self.changed.emit()

    def pin(self, pin: Pin, pinned: bool) -> None:
        """Follow the window no longer in this, or again."""
        if pinned == (pin in self.pins):
            return
        match pin:
            case Pin.SELECTION:
                self._selection = self._desk.selection if pinned else None
            case Pin.AREA:
                self._area = (self._desk.area,) if pinned else None
            case Pin.TIME:
                self._pin_time(pinned)
        self.changed.emit()

    def select(self, selection: Selection) -> None:
        """Pick a thing, for all panels or for this one."""
        if self._selection is None:
            self._desk.select(selection)
        elif selection != self._selection:
            self._selection = selection
            self.changed.emit()

    def look_at(self, area: Region | None) -> None:
        """Limit all panels' lists to an area, or this one's; None for everywhere."""
        if self._area is None:
            self._desk.look_at(area)
        elif area != self._area[0]:
            self._area = (area,)
            self.changed.emit()

    def close(self) -> None:
        """Let go of a session of its own."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _pin_time(self, pinned: bool) -> None:
        before, self._session = self._session, self._desk.session.beside() if pinned else None
        self.session_changed.emit()
        if before is not None:
            before.stop()

    def _listen(self, desk: Desk) -> None:
        desk.selection_changed.connect(self._follow_selection)
        desk.area_changed.connect(self._follow_area)
        desk.session_changed.connect(self._follow_session)

    def _follow_selection(self) -> None:
        if self._selection is None:
            self.changed.emit()

    def _follow_area(self) -> None:
        if self._area is None:
            self.changed.emit()

    def _follow_session(self) -> None:
        if self._session is None:
            self.session_changed.emit()
            self.changed.emit()
