"""Asks for a person's own city: its name, place and zone, its districts, the feeds for it."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from paser_command.config import AreaSettings
from paser_command.coordinates import Notation, format_place, parse_place
from paser_command.errors import PaserError
from paser_command.geo import LonLat
from paser_command.language import Language
from paser_command.maps.districts import Districts, district_fields, districts_of
from paser_command.session.my_city import INDONESIA, City, make_city, province_of
from paser_command.stand.gazetteer import Gazetteer, Town
from paser_command.stand.stand import stand_of, unknown_stand
from paser_map.api import MapCanvas, basemap_of
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text, put_title

_MARGIN = 6 * GAP_PX
_SIZE = (1_180, 640)
_FORM_PX = 520
_FOUND_PX = 150
_WAIT_MS = 200
"""The gazetteer is searched when nobody has typed for so long."""

_CODES, _NAMES = ("kode", "code", "kd", "id"), ("nama", "name", "wad", "nm")
_SUFFIXES = "(*.geojson *.json *.gpkg *.shp *.zip);;(*)"


class CityDialog(QDialog):
    """Shows the map of what is answered at once. `made` gives the path of the site file.

    `check` raises an InputError with what is wrong with a site file.
    """

    made = Signal(str)

    def __init__(
        self,
        folder: Path,
        language: Language,
        check: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("city")
        self._folder, self._language, self._check = folder, language, check
        self._place: LonLat | None = None
        self._towns: tuple[Town, ...] = ()
        self.canvas = MapCanvas(basemap_of(unknown_stand()))
        self._make_parts()
        self._lay_out()
        self._put_words()
        self._search = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._search.timeout.connect(self.find_towns)
        self._connect()
        self._weigh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in a line finds the place: it begins nothing.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.found.hasFocus():
                self.name.setFocus()
            return
        super().keyPressEvent(event)

    def find_towns(self) -> None:
        """List the towns that the words fit; coordinates are taken as they are."""
        words = self.place.text()
        self.found.clear()
        self._towns = ()
        place = parse_place(words)
        if place is not None:
            self._stand_at(place)
            return
        self._towns = Gazetteer.shipped().find(words)
        for town in self._towns:
            item = QListWidgetItem(cleaned(self._line(town)))
            self.found.addItem(item)
        tr = self._language.tr
        none = bool(words.strip()) and not self._towns
        put_text(self.told, tr("No town is called so; coordinates can be typed.") if none else "")

    def choose(self, row: int) -> None:
        """Take the town of a row, and its zone."""
        if not 0 <= row < len(self._towns):
            return
        town = self._towns[row]
        if not self.name.isModified() or not self.name.text().strip():
            self.name.setText(cleaned(town.name))
        self._stand_at((town.lon, town.lat))

    def choose_districts(self, path: str) -> None:
        """Take a file of districts, and guess which of its fields are codes and names."""
        try:
            fields = district_fields(path)
        except PaserError as error:
            self._say(error)
            return
        self.file.setText(path)
        for combo, wanted in ((self.code, _CODES), (self.names, _NAMES)):
            combo.clear()
            combo.addItems([cleaned(field) for field in fields])
            combo.setCurrentIndex(_guess(fields, wanted))
        self._show_fields(shown=True)
        self._show_map()

    def begin(self) -> None:
        """Write the site file, where all of it is good."""
        path = None
        try:
            path = make_city(self._folder, self._city())
            self._check(path)
        except PaserError as error:
            if path is not None:
                path.unlink()
            self._say(error)
            return
        self.accept()
        self.made.emit(str(path))

    def _city(self) -> City:
        assert self._place is not None
        lon, lat = self._place
        return City(
            name=self.name.text().strip(),
            lon=round(lon, 5),
            lat=round(lat, 5),
            zone=self.zone.currentText().strip(),
            areas=self._areas(),
            feeds=self.feeds.isEnabled() and self.feeds.isChecked(),
            province=self.province.text().strip(),
        )

    def _areas(self) -> AreaSettings | None:
        if not self.file.text():
            return None
        code, name = self.code.currentText(), self.names.currentText()
        return AreaSettings(districts=self.file.text(), code_field=code, name_field=name)

    def _stand_at(self, place: LonLat) -> None:
        self._place = place
        town = Gazetteer.shipped().nearest(*place)
        if town is not None:
            self.zone.setCurrentText(town.zone)
        is_ours = town is not None and town.country == INDONESIA
        self.feeds.setEnabled(is_ours)
        self.feeds.setChecked(is_ours)
        self.province.setText(province_of(town))
        self._rows.setRowVisible(self.province, is_ours)
        put_text(self.told, "")
        self._put_feed_words()
        self._show_map()
        self._weigh()

    def _show_map(self) -> None:
        """Show where the city would be: the districts of the file, else a box about the place."""
        if self._place is None:
            return
        try:
            areas = self._areas()
            districts = districts_of(areas) if areas else Districts((), schematic=False)
        except PaserError as error:
            self._say(error)
            return
        stand = stand_of(*self._place, districts.areas, schematic=False)
        canvas = MapCanvas(basemap_of(stand))
        self._put_canvas(canvas)
        put_text(
            self.where,
            format_place(*self._place, Notation.DECIMAL, self._language.tr),
        )

    def _put_canvas(self, canvas: MapCanvas) -> None:
        canvas.retranslate(self._language.tr)
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._map.replaceWidget(self.canvas, canvas)
        self.canvas.hide()
        self.canvas.deleteLater()
        self.canvas = canvas

    def _say(self, error: PaserError) -> None:
        put_text(self.told, self._language.error(error))

    def _weigh(self) -> None:
        """Let it begin once there are a name, a place and a zone."""
        ready = bool(self.name.text().strip() and self._place and self.zone.currentText().strip())
        self._begin.setEnabled(ready)

    def _line(self, town: Town) -> str:
        told = [town.name, province_of(town), town.country]
        people = self._language.number(town.people) if town.people else ""
        return " · ".join(filter(None, (*told, people)))

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self._language.tr("A file of districts"), "", _SUFFIXES
        )
        if path:
            self.choose_districts(path)

    def _show_fields(self, *, shown: bool) -> None:
        for combo in (self.code, self.names):
            self._rows.setRowVisible(combo, shown)

    def _make_parts(self) -> None:
        self.name, self.place, self.file = QLineEdit(), QLineEdit(), QLineEdit()
        self.province = QLineEdit()
        self.found = QListWidget()
        self.zone, self.code, self.names = Choice(), Choice(), Choice()
        self.zone.setEditable(True)
        self.zone.addItems(["", *sorted(available_timezones())])
        self.browse = QPushButton()
        self.browse.setAutoDefault(False)
        self.feeds = QCheckBox()
        self.feeds.setEnabled(False)
        self.feeds_note, self.told, self.where = (
            plain_label(font=font(HELP_PX), role="3"),
            plain_label(),
            plain_label(font=font(HELP_PX), role="2"),
        )
        for label in (self.feeds_note, self.told):
            label.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._begin = self.buttons.button(QDialogButtonBox.StandardButton.Ok)

    def _lay_out(self) -> None:
        self.resize(*_SIZE)
        self.found.setFixedHeight(_FOUND_PX)
        self.file.setReadOnly(True)
        self._labels = {
            name: plain_label()
            for name in ("name", "place", "zone", "file", "code", "names", "province")
        }
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        chosen = QHBoxLayout()
        chosen.addWidget(self.file, 1)
        chosen.addWidget(self.browse)
        self._rows.addRow(self._labels["place"], self.place)
        self._rows.addRow(self.found)
        self._rows.addRow(self._labels["name"], self.name)
        self._rows.addRow(self._labels["zone"], self.zone)
        self._rows.addRow(self._labels["file"], chosen)
        self._rows.addRow(self._labels["code"], self.code)
        self._rows.addRow(self._labels["names"], self.names)
        self._rows.addRow(self.feeds)
        self._rows.addRow(self._labels["province"], self.province)
        self._rows.addRow(self.feeds_note)
        self._show_fields(shown=False)
        self._rows.setRowVisible(self.province, False)
        left = QWidget()
        left.setFixedWidth(_FORM_PX)
        form = QVBoxLayout(left)
        form.setContentsMargins(0, 0, 0, 0)
        form.addLayout(self._rows)
        form.addStretch(1)
        form.addWidget(self.told)
        self._map = QVBoxLayout()
        self._map.addWidget(self.canvas, 1)
        self._map.addWidget(self.where)
        both = QHBoxLayout()
        both.setSpacing(_MARGIN // 2)
        both.addWidget(left)
        both.addLayout(self._map, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN // 2)
        column.addLayout(both, 1)
        column.addWidget(self.buttons)

    def _put_words(self) -> None:
        tr = self._language.tr
        put_title(self, tr("My city"))
        self.canvas.retranslate(tr)
        named: dict[str, tuple[QWidget, str]] = {
            "place": (self.place, tr("Place")),
            "name": (self.name, tr("Name")),
            "zone": (self.zone, tr("Time zone")),
            "file": (self.file, tr("Districts")),
            "code": (self.code, tr("Their codes")),
            "names": (self.names, tr("Their names")),
            "province": (self.province, tr("Province")),
        }
        for name, (widget, words) in named.items():
            widget.setObjectName(f"city.{name}")
            put_text(self._labels[name], words)
            self._labels[name].setBuddy(widget)
            put_name(widget, words)
        self.found.setObjectName("city.found")
        put_name(self.found, tr("Towns that fit"))
        self.place.setPlaceholderText(tr("A town, or coordinates such as -7.25, 112.75"))
        self.file.setPlaceholderText(tr("Optional: GeoJSON, GeoPackage or Shapefile"))
        put_text(self.browse, tr("Choose …"))
        put_text(self._begin, tr("Begin with this city"))
        put_text(self.buttons.button(QDialogButtonBox.StandardButton.Cancel), tr("Cancel"))
        self._put_feed_words()

    def _put_feed_words(self) -> None:
        tr = self._language.tr
        put_text(self.feeds, tr("Earthquakes and weather warnings of BMKG"))
        put_text(
            self.feeds_note,
            tr("Warnings of this province alone; empty for all of Indonesia.")
            if self.feeds.isEnabled()
            else tr("BMKG's feeds are for places in Indonesia. Feeds go into the site file later."),
        )

    def _connect(self) -> None:
        self.place.textEdited.connect(lambda _text: self._search.start())
        self.place.returnPressed.connect(self._find_and_go)
        self.found.currentRowChanged.connect(self.choose)
        self.name.textChanged.connect(self._weigh)
        self.zone.currentTextChanged.connect(self._weigh)
        self.browse.clicked.connect(self._ask_file)
        for combo in (self.code, self.names):
            combo.activated.connect(self._show_map)
        self.buttons.accepted.connect(self.begin)
        self.buttons.rejected.connect(self.reject)
        self.place.setFocus()

    def _find_and_go(self) -> None:
        """Enter finds, and goes on to what was found; it never begins from here."""
        self._search.stop()
        self.find_towns()
        if self._towns:
            self.found.setCurrentRow(0)
            self.found.setFocus()
        else:
            self.name.setFocus()


def _guess(fields: tuple[str, ...], wanted: tuple[str, ...]) -> int:
    """Return the first field whose name holds one of the words, the first words before."""
    folded = [field.casefold() for field in fields]
    fitting = (at for word in wanted for at, field in enumerate(folded) if word in field)
    return next(fitting, 0)
