"""The colours that only the map has: grey land on a darker sea, so that what matters stands out."""

from PySide6.QtGui import QColor

SEA = QColor("#11161a")
LAND = QColor("#171d21")
HOME = QColor("#1f272e")
"""The regency's own land."""
COAST = QColor("#38444d")
BORDER = QColor("#313b43")
RIVER = QColor("#34566f")
"""Water keeps to a blue too dark to be the selection's or the lowest alarm's."""
