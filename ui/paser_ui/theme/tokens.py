"""The colours and sizes that everything on the screen is drawn with."""

import msgspec
from PySide6.QtGui import QColor

from paser_command.records import Severity


class Colours(msgspec.Struct, kw_only=True):
    """Colours by what they are for. Saturated ones are kept for what wants a person."""

    ground: QColor
    panel: QColor
    raised: QColor
    field: QColor
    line: QColor
    edge: QColor
    text: QColor
    text_2: QColor
    text_3: QColor
    data_line: QColor
    data_bar: QColor
    data_point: QColor
    critical: QColor
    high: QColor
    medium: QColor
    low: QColor
    selection: QColor
    selected_row: QColor
    replay: QColor
    live: QColor
    hatch: QColor

    def severity(self, severity: Severity) -> QColor:
        """Return the alarm colour of the severity; that of normal data for none."""
        scale = (self.data_point, self.low, self.medium, self.high, self.critical)
        return scale[severity]


DARK = Colours(
    ground=QColor("#0f1316"),
    panel=QColor("#181d21"),
    raised=QColor("#20262b"),
    field=QColor("#0f1316"),
    line=QColor("#262d34"),
    edge=QColor("#3a444d"),
    text=QColor("#e3e8ec"),
    text_2=QColor("#aab4bd"),
    text_3=QColor("#828d97"),
    data_line=QColor("#a9bccd"),
    data_bar=QColor("#5f7689"),
    data_point=QColor("#8fa3b5"),
    critical=QColor("#ff5a5f"),
    high=QColor("#ff9f43"),
    medium=QColor("#f2d45c"),
    low=QColor("#66c7f4"),
    selection=QColor("#4c9be8"),
    selected_row=QColor("#232f3f"),
    replay=QColor("#9d7cf2"),
    live=QColor("#7fae93"),
    hatch=QColor("#39424a"),
)
"""For a room with little light; the map is drawn with it always."""

LIGHT = Colours(
    ground=QColor("#e8ecef"),
    panel=QColor("#f6f8f9"),
    raised=QColor("#ffffff"),
    field=QColor("#ffffff"),
    line=QColor("#d5dbe0"),
    edge=QColor("#a7b1b9"),
    text=QColor("#161b1f"),
    text_2=QColor("#38434c"),
    text_3=QColor("#525d66"),
    data_line=QColor("#35506a"),
    data_bar=QColor("#7d92a5"),
    data_point=QColor("#4f667b"),
    critical=QColor("#b31c3f"),
    high=QColor("#914e0a"),
    medium=QColor("#614400"),
    low=QColor("#0a5882"),
    selection=QColor("#1463b0"),
    selected_row=QColor("#d3e3f3"),
    replay=QColor("#6435cf"),
    live=QColor("#3f7a58"),
    hatch=QColor("#b4bdc4"),
)
"""For bright rooms."""

THEMES = {"dark": DARK, "light": LIGHT}

COLOURS = Colours(**msgspec.structs.asdict(DARK))
"""The theme of this run. Ask it whenever you draw: `choose` fills it before the first widget."""


def choose(theme: Colours) -> None:
    """Have everything drawn in the theme; once, before any widget is made."""
    for name, colour in msgspec.structs.asdict(theme).items():
        setattr(COLOURS, name, colour)


CLOCK_PX = 24
STRIP_PX = 16
TEXT_PX = 14
HELP_PX = 13
LABEL_PX = 12

GAP_PX = 4
"""Between panels."""

FRAME_PX = 4
"""The frame round the windows of a replay."""
