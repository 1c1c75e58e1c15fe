"""The one text family, bundled, so that every screen looks alike."""

import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from paser_ui.theme.tokens import TEXT_PX

_LOG = logging.getLogger(__name__)
_FAMILY = "Source Sans Pro"
_SEMIBOLD = "Source Sans Pro Semibold"
_PACKAGE = "font_source_sans_pro"
_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf")


def font_files() -> list[Path]:
    """Return the bundled font files that are there, found without importing their package."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    wanted = [Path(folder) / "files" / name for folder in folders or () for name in _FILES]
    return [path for path in wanted if path.is_file()]


def load_fonts() -> bool:
    """Give the bundled family to Qt; False, logged, where it is missing. Once per program."""
    loaded = [QFontDatabase.addApplicationFont(str(path)) for path in font_files()]
    if len(loaded) == len(_FILES) and -1 not in loaded:
        return True
    _LOG.warning("bundled font is missing or broken, the system's is used: %s", _FAMILY)
    return False


@cache
def font(
    size_px: int = TEXT_PX,
    weight: QFont.Weight = QFont.Weight.Normal,
    *,
    tabular: bool = False,
) -> QFont:
    """Return the family at a pixel size; `tabular` gives all figures the same width."""
    # The package's semibold names a family of its own.
    made = QFont(_SEMIBOLD if weight == QFont.Weight.DemiBold else _FAMILY)
    made.setPixelSize(size_px)
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
