"""A map with its finding beside it, as the map panel has them, on a picture of a bad day."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from paser_command.api import (
    HOUR,
    MINUTE,
    Feature,
    Geometry,
    Picture,
    Position,
    Selection,
    Severity,
)
from paser_map.canvas import MapCanvas
from paser_map.finding.finding import Finding
from paser_map.points import Marker, PointLayer
from paser_map.projection import to_map
from tests.plugins.panel_kit import (
    HOSTILE,
    NOW,
    FakeContext,
    frame,
    level,
    picture_of,
    report,
)

GROGOT = (116.1913, -1.9051)
KUARO = (116.0797, -1.8198)


def bad_day() -> Picture:
    """Return two floods, a level, two units, a camera and a hotspot."""
    camera = Geometry("point", (((116.2, -1.9),),))
    return picture_of(
        report("1", title="Banjir Jl. RM Noto Sunardi", lon=GROGOT[0], lat=GROGOT[1]),
        report("2", title="Kebakaran Pasar Kuaro", lon=KUARO[0], lat=KUARO[1], place="Kuaro"),
        report("3", title=f"Banjir {HOSTILE}", lon=116.0, lat=-1.6, place="Long Ikis"),
        level("kandilo", 3.42, lon=116.19, lat=-1.91),
        Position(
            feed="u",
            key="u/1",
            at=NOW - MINUTE,
            lon=116.2,
            lat=-1.905,
            name="Damkar 1",
            status="jaga",
        ),
        Position(feed="u", key="u/2", at=NOW - MINUTE, lon=116.1, lat=-1.8, name="Ambulans 2"),
        Feature(
            feed="k", key="k/1", at=NOW, layer="kamera", name="Simpang Siring", geometry=camera
        ),
        Feature(
            feed="f",
            key="f/1",
            at=NOW - 3 * HOUR,
            layer="hotspot",
            name="NOAA-20",
            geometry=Geometry("point", (((116.25, -1.62),),)),
            district_name="Long Ikis",
        ),
    )


class Desk(QWidget):
    """A canvas, its finding, and a stack of sheets that opens the wanted one."""

    def __init__(self, code: str = "id") -> None:
        super().__init__()
        self.context = FakeContext("map", code)
        self.canvas = MapCanvas()
        self.canvas.describe = lambda of: (f"{of.kind} {of.key}", "lebih lanjut")
        self.finding = Finding(self.canvas, self.context)
        self.sheets = QStackedWidget()
        self.sheets.setFixedWidth(312)
        for sheet in self.finding.sheets.values():
            self.sheets.addWidget(sheet)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.canvas, 1)
        row.addWidget(self.sheets)
        self.finding.sheet_wanted.connect(self.open)
        self.canvas.retranslate(self.context.tr)
        self.picture = bad_day()
        self.show_picture()

    def open(self, name: str) -> None:
        """Show the sheet and give it the keyboard."""
        self.sheets.setVisible(bool(name))
        if not name:
            return
        self.sheets.setCurrentWidget(self.finding.sheets[name])
        self.finding.sheets[name].setFocus()

    def show_picture(self, **changes: object) -> None:
        """Give a frame, with the area that was wanted last."""
        area = self.context.areas[-1] if self.context.areas else None
        markers = [
            Marker(one.key, one.title, one.lon, one.lat, one.severity, True)
            for one in self.picture.incidents.values()
            if one.lon is not None and one.lat is not None
        ]
        self.canvas.set_layer("incidents", PointLayer("incident", markers))
        self.finding.show_frame(frame(self.picture, area=area, **changes))  # type: ignore[arg-type]

    def pixel(self, lon: float, lat: float) -> QPoint:
        """Return where a place is on the canvas."""
        px, py = self.canvas.view.to_screen(*to_map([lon], [lat]))
        return QPoint(round(float(px[0])), round(float(py[0])))


__all__ = ["GROGOT", "KUARO", "Desk", "Selection", "Severity"]
