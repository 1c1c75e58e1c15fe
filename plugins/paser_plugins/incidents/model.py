"""The rows of the incident list, moved one by one, so that a view keeps its place."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from paser_command.api import Incident
from paser_plugins.incidents.order import Filter, Rank, rank

BULK = 200
"""More changes than this at once are taken as a reset: one layout costs less than all moves."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class IncidentModel(QAbstractListModel):
    """Incidents by rank. `title` gives what a row is called, `tell` what a screen reader says."""

    def __init__(
        self, title: Callable[[Incident], str], tell: Callable[[Incident], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._tell = tell
        self._filter = Filter()
        self._known: dict[str, Incident] = {}
        self._rows: list[Incident] = []
        self._ranks: list[Rank] = []

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(self._rows[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tell(self._rows[index.row()])
        return None

    def incident(self, row: int) -> Incident:
        """Return the incident of the row."""
        return self._rows[row]

    def row_of(self, key: str) -> int:
        """Return the row of the incident, -1 where it does not stand in the list."""
        incident = self._known.get(key)
        return self._find(incident) if incident else -1

    def show(
        self,
        incidents: Mapping[str, Incident],
        shown: Filter,
        *,
        keys: Collection[str] | None = None,
        anew: bool = False,
    ) -> None:
        """Take over the picture's incidents; `anew` forgets what stood before.

        `keys` are those of all that may have changed or gone; without them all are compared.
        """
        known = self._known
        asked = dict.fromkeys((*known, *incidents)) if keys is None else keys
        gone = [known[key] for key in asked if key in known and key not in incidents]
        changed = [i for key in asked if (i := incidents.get(key)) and known.get(key) is not i]
        if anew or shown != self._filter or len(gone) + len(changed) > BULK:
            self._reset(incidents, shown)
            return
        for incident in gone:
            self._take_out(incident)
            del known[incident.key]
        for incident in changed:
            self._put(known.get(incident.key), incident)
            known[incident.key] = incident

    def _reset(self, incidents: Mapping[str, Incident], shown: Filter) -> None:
        self.beginResetModel()
        self._filter = shown
        self._known = dict(incidents)
        self._rows = sorted(filter(shown.takes, incidents.values()), key=rank)
        self._ranks = [rank(incident) for incident in self._rows]
        self.endResetModel()

    def _put(self, before: Incident | None, after: Incident) -> None:
        row = self._find(before) if before else -1
        if not self._filter.takes(after):
            if before:
                self._take_out(before)
            return
        place = bisect_left(self._ranks, rank(after))
        if row < 0:
            self.beginInsertRows(_NOWHERE, place, place)
            self._insert(place, after)
            self.endInsertRows()
        elif place in (row, row + 1):
            self._rows[row], self._ranks[row] = after, rank(after)
            index = self.index(row)
            self.dataChanged.emit(index, index)
        else:
            self._move(row, place, after)

    def _move(self, row: int, place: int, after: Incident) -> None:
        self.beginMoveRows(_NOWHERE, row, row, _NOWHERE, place)
        del self._rows[row], self._ranks[row]
        self._insert(place - (place > row), after)
        self.endMoveRows()

    def _insert(self, place: int, incident: Incident) -> None:
        self._rows.insert(place, incident)
        self._ranks.insert(place, rank(incident))

    def _take_out(self, incident: Incident) -> None:
        row = self._find(incident)
        if row < 0:
            return
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._rows[row], self._ranks[row]
        self.endRemoveRows()

    def _find(self, incident: Incident) -> int:
        row = bisect_left(self._ranks, rank(incident))
        found = row < len(self._rows) and self._rows[row].key == incident.key
        return row if found else -1
