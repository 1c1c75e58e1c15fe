"""A page as the bytes of a PNG or a PDF; nothing is written to a disk here."""

from enum import StrEnum

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSize, QSizeF
from PySide6.QtGui import (
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)

from paser_map.canvas import MapCanvas
from paser_map.export.page import Caption, paint_page
from paser_map.view import MapView

_PX_AN_INCH = 96
_SHARPNESS = 4
"""How many of a PDF's units a logical pixel has; so sharp are symbols, which are small pictures."""

_DOTS_A_METRE = 3780
"""96 to an inch, in the unit of PNG's pHYs."""


class Paper(StrEnum):
    """The sizes that offices print on."""

    A4 = "A4"
    A3 = "A3"


_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.A3: QPageSize.PageSizeId.A3}


def png(canvas: MapCanvas, seen: MapView, caption: Caption, *, size: QSize, scale: float) -> bytes:
    """Return a PNG of the page; `size` is in logical pixels, of which each is `scale` wide."""
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.setDotsPerMeterX(round(_DOTS_A_METRE * scale))
    image.setDotsPerMeterY(round(_DOTS_A_METRE * scale))
    image.setText("Title", caption.title)
    painter = QPainter(image)
    paint_page(painter, QSizeF(size), canvas, seen, caption)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def pdf(
    canvas: MapCanvas, seen: MapView, caption: Caption, *, paper: Paper, upright: bool
) -> bytes:
    """Return a PDF of one page: lines, areas and text as such, fonts within it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _SharpPdf(buffer)
    way = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    writer.setPageLayout(QPageLayout(QPageSize(_SIZES[paper]), way, QMarginsF()))
    writer.setResolution(_PX_AN_INCH * _SHARPNESS)
    writer.setTitle(caption.title)
    writer.setCreator("Paser Command")
    painter = QPainter(writer)
    whole = writer.pageLayout().fullRectPixels(_PX_AN_INCH)
    paint_page(painter, QSizeF(whole.size()), canvas, seen, caption)
    painter.end()
    return bytes(buffer.data().data())


class _SharpPdf(QPdfWriter):
    """A PDF that asks for symbols as sharp as a dense screen's."""

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kinds = QPaintDevice.PaintDeviceMetric
        if metric == kinds.PdmDevicePixelRatio:
            return _SHARPNESS
        if metric == kinds.PdmDevicePixelRatioScaled:
            return _SHARPNESS * round(QPaintDevice.devicePixelRatioFScale())
        if metric in (kinds.PdmDevicePixelRatioF_EncodedA, kinds.PdmDevicePixelRatioF_EncodedB):
            return QPaintDevice.encodeMetricF(metric, _SHARPNESS)
        return super().metric(metric)
