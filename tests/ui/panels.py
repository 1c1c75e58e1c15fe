"""Panels that behave, and panels that do not."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from paser_ui.api import Panel, plain_label, put_text


class Good(Panel):
    """Writes down its frames."""

    def __init__(self, context):
        super().__init__(context)
        self.frames = []
        self.state = {}
        self.label = plain_label()
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.label)

    def render_frame(self, frame):
        self.frames.append(frame)
        put_text(self.label, f"{len(frame.picture.incidents)} insiden")

    def save_state(self):
        return {"frames": len(self.frames), **self.state}

    def restore_state(self, state):
        self.state = dict(state)


class Typing(Good):
    """A panel with a text field."""

    def __init__(self, context):
        super().__init__(context)
        self.field = QLineEdit()
        self.field.setObjectName("field")
        self.rows.addWidget(self.field)


class Placed(Good):
    """A panel that has places."""

    def __init__(self, context):
        super().__init__(context)
        self.places = []

    def show_place(self, lon, lat, zoom):
        self.places.append((lon, lat, zoom))


class Unbuildable(Panel):
    """Raises while it is being built."""

    def __init__(self, context):
        raise ValueError("no map data <b>here</b>")


class Raising(Good):
    """Raises in each frame while `broken`."""

    broken = True

    def render_frame(self, frame):
        if type(self).broken:
            raise RuntimeError("cannot draw")
        super().render_frame(frame)


class RaisingInPaint(Good):
    """Raises whenever it is painted."""

    def paintEvent(self, _event):
        raise RuntimeError("cannot paint")


class RaisingInTimer(Good):
    """Raises in a timer of its own."""

    def __init__(self, context):
        super().__init__(context)
        self.timer = QTimer(self, interval=5)
        self.timer.timeout.connect(self.fail)
        self.timer.start()

    def fail(self):
        raise KeyError("tick")


class Slow(Good):
    """Takes longer for a frame than a panel may."""

    frame_s = 0.08

    def render_frame(self, frame):
        time.sleep(self.frame_s)
        super().render_frame(frame)


def raise_in_module():
    """Raise where no panel is in sight."""
    raise ValueError("in a function")
