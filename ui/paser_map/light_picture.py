"""Pictures that are kept by the hundred, without what they were painted by."""

from PySide6.QtGui import QPixmap


def light(painted: QPixmap) -> QPixmap:
    """Return a picture to be kept of one that was painted and is let go.

    WORKAROUND(Qt 6.11): a picture that was painted on keeps its paint engine, of 125 KiB, where
    the pixels of a word are 8.
    """
    return painted.copy()
