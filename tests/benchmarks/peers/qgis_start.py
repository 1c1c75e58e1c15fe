"""QGIS as it is started with one layer, in the colour that tells when data is on the screen."""

import json
import shutil
from pathlib import Path

from paser_ui.theme.tokens import DARK

_STYLE = """\
<!DOCTYPE qgis>
<qgis version="3.22.0"><renderer-v2 type="singleSymbol" symbollevels="0"><symbols>
<symbol type="fill" name="0" alpha="1"><layer class="SimpleFill" enabled="1" pass="0">
<prop k="color" v="{red},{green},{blue},255"/><prop k="style" v="solid"/>
<prop k="outline_style" v="no"/></layer></symbol>
</symbols></renderer-v2></qgis>
"""
_SQUARE = [[[116.0, -2.0], [117.0, -2.0], [117.0, -1.0], [116.0, -1.0], [116.0, -2.0]]]


def command(folder: Path) -> list[str]:
    """Return the command that starts QGIS on a square of that colour; [] where it is missing."""
    qgis = shutil.which("qgis")
    if qgis is None:
        return []
    square = {"type": "Polygon", "coordinates": _SQUARE}
    feature = {"type": "Feature", "properties": {}, "geometry": square}
    layer = folder / "square.geojson"
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    colour = DARK.high
    style = _STYLE.format(red=colour.red(), green=colour.green(), blue=colour.blue())
    layer.with_suffix(".qml").write_text(style)
    profiles = ["--profiles-path", str(folder / "profiles")]
    return [qgis, "--nologo", "--noversioncheck", *profiles, str(layer)]
