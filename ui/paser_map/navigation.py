"""Where the map is and where it is going: moves with the hand at once, other ones smoothly."""

from paser_command.geo import Box
from paser_map.history import History
from paser_map.view import LEAST_ZOOM, MOST_ZOOM, MapView

_SHARE_A_STEP = 0.35
"""How much of the way that is left a step goes."""
_THERE_ZOOM, _THERE_PX = 0.01, 0.75


class Navigation:
    """The view. Smooth moves come nearer to `goal` with each `step`, some sixty times a second."""

    def __init__(self, home: Box) -> None:
        self._home = home
        self._history = History()
        self.view = MapView.of_place(0.0, 0.0, LEAST_ZOOM, 640, 480).fitted(home)
        self.fits = True
        self._left_zoom = 0.0
        self._anchor = (0.0, 0.0)
        self._left_px = (0.0, 0.0)

    @property
    def moving(self) -> bool:
        """Whether `step` has something to do."""
        return self._left_zoom != 0.0 or self._left_px != (0.0, 0.0)

    @property
    def goal(self) -> MapView:
        """The view that a smooth move leads to; the view itself where there is none."""
        return self._moved(1.0) if self.moving else self.view

    def remember(self) -> None:
        """Keep the view as one to go back to, before a move."""
        self._history.remember(self.view)

    def drag(self, dx_px: float, dy_px: float) -> None:
        """Move the map along with the hand."""
        self._show(self.view.panned(dx_px, dy_px))

    def pinch(self, levels: float, px: float, py: float) -> None:
        """Zoom about a pixel along with the hand."""
        self._left_zoom = 0.0
        self._show(self.view.zoomed(self.view.zoom + levels, px, py))

    def zoom(self, levels: float, px: float, py: float) -> None:
        """Zoom about a pixel, smoothly; what is left of the zoom before is added."""
        if not self.moving:
            self.remember()
        wanted = self.view.zoom + self._left_zoom + levels
        self._left_zoom = min(max(wanted, LEAST_ZOOM), MOST_ZOOM) - self.view.zoom
        self._anchor = (px, py)

    def glide(self, dx_px: float, dy_px: float) -> None:
        """Move the map's picture by so many pixels, smoothly."""
        if not self.moving:
            self.remember()
        self._left_px = (self._left_px[0] + dx_px, self._left_px[1] + dy_px)

    def step(self) -> None:
        """Go on with a smooth move."""
        there = abs(self._left_zoom) < _THERE_ZOOM and _longest(self._left_px) < _THERE_PX
        share = 1.0 if there else _SHARE_A_STEP
        moved = self._moved(share)
        self._left_zoom *= 1.0 - share
        self._left_px = (self._left_px[0] * (1.0 - share), self._left_px[1] * (1.0 - share))
        self._show(moved)

    def jump(self, view: MapView) -> None:
        """Show another view at once."""
        self._stop()
        self.remember()
        self._show(view)

    def fit(self, box: Box | None) -> None:
        """Show a whole box, the home box where none is given."""
        self.jump(self.view.fitted(box or self._home))
        self.fits = box is None

    def back(self) -> None:
        """Show the view before this one."""
        self._turn(self._history.back(self.view))

    def forward(self) -> None:
        """Show the view that was left by going back."""
        self._turn(self._history.forward(self.view))

    def resize(self, width: int, height: int) -> None:
        """Take another size; a view that fits the home box goes on fitting it."""
        self.view = self.view.resized(width, height)
        if self.fits:
            self._stop()
            self.view = self.view.fitted(self._home)

    def _turn(self, view: MapView | None) -> None:
        self._stop()
        if view is not None:
            self._show(view)

    def _moved(self, share: float) -> MapView:
        moved = self.view.panned(self._left_px[0] * share, self._left_px[1] * share)
        return moved.zoomed(moved.zoom + self._left_zoom * share, *self._anchor)

    def _stop(self) -> None:
        self._left_zoom, self._left_px = 0.0, (0.0, 0.0)

    def _show(self, view: MapView) -> None:
        self.fits = False
        self.view = view


def _longest(offset: tuple[float, float]) -> float:
    return max(abs(offset[0]), abs(offset[1]))
