"""What points are called: a key and a name for each row."""

from typing import Protocol


class Names(Protocol):
    """Keys and names by row; rows are counted from 0."""

    def __len__(self) -> int: ...

    def key(self, row: int) -> str:
        """Return the key of the row."""
        ...

    def name(self, row: int) -> str:
        """Return what people call the point."""
        ...

    def row(self, key: str) -> int | None:
        """Return the row of the key; None where there never was such a point."""
        ...


class Given:
    """Keys and names as they were given, a row for each new key."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._names: list[str] = []
        self._rows: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def put(self, key: str, name: str) -> int:
        """Name the point of the key, and return its row."""
        row = self._rows.setdefault(key, len(self._keys))
        if row == len(self._keys):
            self._keys.append(key)
            self._names.append(name)
        self._names[row] = name
        return row

    def key(self, row: int) -> str:
        return self._keys[row]

    def name(self, row: int) -> str:
        return self._names[row]

    def row(self, key: str) -> int | None:
        return self._rows.get(key)


class Numbered:
    """So many points that are called by the number of their row."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def key(self, row: int) -> str:
        return str(row)

    def name(self, row: int) -> str:
        return str(row)

    def row(self, key: str) -> int | None:
        return int(key) if key.isdecimal() and int(key) < self._count else None
