"""QGIS draws points of five severities: run by the system's Python, which has the qgis package.

Called with a file of float64 (n, 3): longitude, latitude, severity; then width, height and the
view's box in degrees. Prints the milliseconds of each frame as JSON.
"""

import json
import sys
import time
from array import array

from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsRectangle,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, QVariant

FRAMES = 5
COLOURS = ("#8fa3b5", "#66c7f4", "#f2d45c", "#ff9f43", "#ff5a5f")


def main() -> None:
    """Draw a frame to warm up, then the measured ones."""
    path, width, height, *box = sys.argv[1:]
    QgsApplication.setPrefixPath("/usr", True)
    program = QgsApplication([], False)
    program.initQgis()
    layer = _layer(path)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setOutputSize(QSize(int(width), int(height)))
    settings.setExtent(QgsRectangle(*(float(edge) for edge in box)))
    print(json.dumps([_frame_ms(settings) for _ in range(FRAMES + 1)][1:]))
    program.exitQgis()


def _layer(path: str) -> QgsVectorLayer:
    places = array("d")
    with open(path, "rb") as file:
        places.frombytes(file.read())
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "points", "memory")
    provider = layer.dataProvider()
    provider.addAttributes([QgsField("severity", QVariant.Int)])
    layer.updateFields()
    features = []
    for start in range(0, len(places), 3):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(places[start], places[start + 1])))
        feature.setAttribute(0, int(places[start + 2]))
        features.append(feature)
    provider.addFeatures(features)
    categories = [
        QgsRendererCategory(
            severity, QgsMarkerSymbol.createSimple({"color": colour, "size": "0.6"}), str(severity)
        )
        for severity, colour in enumerate(COLOURS)
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("severity", categories))
    return layer


def _frame_ms(settings: QgsMapSettings) -> float:
    began_s = time.perf_counter()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage()
    return (time.perf_counter() - began_s) * 1000


if __name__ == "__main__":
    main()
