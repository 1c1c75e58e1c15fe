"""The views that were shown before, and those that were left by going back."""

from paser_map.view import MapView

_MOST = 50


class History:
    """Where `back` and `forward` lead."""

    def __init__(self) -> None:
        self._past: list[MapView] = []
        self._future: list[MapView] = []

    def remember(self, view: MapView) -> None:
        """Keep a view that is about to be left. There is no way forward from there."""
        self._future.clear()
        if not self._past or self._past[-1] != view:
            self._past = [*self._past[1 - _MOST :], view]

    def back(self, view: MapView) -> MapView | None:
        """Return the view before this one; None where there is none."""
        return _turn(view, self._past, self._future)

    def forward(self, view: MapView) -> MapView | None:
        """Return the view that was left by going back; None where there is none."""
        return _turn(view, self._future, self._past)


def _turn(view: MapView, source: list[MapView], target: list[MapView]) -> MapView | None:
    if not source:
        return None
    target.append(view)
    return source.pop().resized(view.width, view.height)
