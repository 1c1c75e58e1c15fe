"""A journal opened: at our schema, for its purpose, with its one write lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, select, text

from paser_command.errors import JournalError, JournalMixedError
from paser_command.journal.engine import POSTGRESQL, address_of, journal_url, open_engine, told
from paser_command.journal.schema import FORMAT, REVISION, meta
from paser_command.journal.sharing import made_for_the_group
from paser_command.journal.upgrade import Progress, copy_before, migrate
from paser_command.picture.model import Model
from paser_command.picture.model import model as built_in_model

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

REAL = "real"
"""The purpose of a journal that holds the city's own records."""

_WRITE_LOCK = 0x7061736572  # "paser"


class Journal:
    """A journal on SQLite or PostgreSQL. Make writers and readers from it; close it at the end.

    `model` is what the program understands of it. With `own_clock` a writer's own clock stamps on
    a server too. `opening` counts how often the journal was opened anew, because another one stood
    there.
    """

    def __init__(self, engine: Engine, model: Model, *, own_clock: bool = False) -> None:
        self.engine = engine
        self.model = model
        self.own_clock = own_clock
        self.opening = 0

    @property
    def shared(self) -> bool:
        """Tell whether it is on a server, where others ring when they wrote."""
        return self.engine.url.drivername == POSTGRESQL

    @property
    def where(self) -> str:
        """Return its URL as it may be printed, without a secret."""
        return address_of(self.engine.url)

    def purpose(self) -> str:
        """Return "real", or the name of the exercise whose records it holds."""
        return self.facts().get("purpose", REAL)

    def facts(self) -> dict[str, str]:
        """Return all facts about the journal itself by name."""
        with told(self.engine), self.engine.connect() as connection:
            return {row.name: row.value for row in connection.execute(select(meta))}

    def note(self, **facts: str) -> dict[str, str]:
        """Put facts down where there are none of these names yet; return all that stand."""
        with self.writing() as connection:
            for name, value in facts.items():
                insert = upsert(self.engine)(meta).values(name=name, value=value)
                connection.execute(insert.on_conflict_do_nothing())
        return self.facts()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the write lock for one transaction: one writer at a time, on each engine."""
        with told(self.engine), self.engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                if self.shared:
                    # Released after the commit can be seen, so whoever comes next sees it.
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})"))
                yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_journal(
    url: str,
    purpose: str | None = None,
    *,
    create: bool = True,
    model: Model | None = None,
    own_clock: bool = False,
    progress: Progress | None = None,
) -> Journal:
    """Open the journal, bringing an older schema up to ours.

    `purpose` is REAL or the name of an exercise; a journal that has another one is refused with
    JournalMixedError. None reads whatever is there. Where there is none yet it is made, unless
    `create` says no. `model` is what the program and its plugins understand; without one it is
    the program's own. `own_clock` is for those who write with stamps of their own: tests, and what
    copies a journal. `progress` is told how far a migration is.
    """
    parsed = journal_url(url)
    if parsed.drivername != POSTGRESQL:
        path = Path(parsed.database or "")
        if not create and not path.exists():
            raise JournalError("there is no journal at {path}", path=path)
        if create:
            _make_folder(path.parent)
            _make_file(path)
    journal = Journal(open_engine(parsed), model or built_in_model(), own_clock=own_clock)
    try:
        _bring_up(journal, create=create, progress=progress)
        if purpose is not None:
            _claim(journal, purpose)
    except BaseException:
        journal.close()
        raise
    return journal


def upsert(engine: Engine) -> "type[sqlite.Insert] | type[postgresql.Insert]":
    """Return the engine's INSERT that knows ON CONFLICT."""
    if engine.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.Insert
    from sqlalchemy.dialects import sqlite

    return sqlite.Insert


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise JournalError(
            "the journal's folder {folder} cannot be made: {cause}",
            folder=folder,
            cause=cause.strerror,
        ) from cause


def _make_file(path: Path) -> None:
    try:
        made_for_the_group(path)
        if not path.exists():
            path.touch()
    except OSError as cause:
        raise JournalError(
            "the journal {path} cannot be made: {cause}", path=path, cause=cause.strerror
        ) from cause


def _bring_up(journal: Journal, *, create: bool, progress: Progress | None) -> None:
    with told(journal.engine), journal.engine.connect() as connection:
        revision = _revision(connection)
    if revision == REVISION:
        return
    if revision is None and not create:
        raise JournalError("there is no journal at {where}", where=journal.where)
    if revision is not None and revision > REVISION:
        _refuse_older_readers(journal)
        return
    with journal.writing() as connection:
        # Whoever waited for the lock may find that another program has done it meanwhile.
        revision = _revision(connection)
        if revision == REVISION:
            return
        if revision is not None and not journal.shared:
            copy_before(Path(journal.engine.url.database or ""), REVISION, progress)
        migrate(connection, progress)


def _refuse_older_readers(journal: Journal) -> None:
    """Let a newer schema be read where it says that this program may read it."""
    with told(journal.engine), journal.engine.connect() as connection:
        asked = select(meta.c.value).where(meta.c.name == "oldest_reader")
        oldest = connection.execute(asked).scalar() or ""
    if not (oldest.isascii() and oldest.isdigit() and int(oldest) <= FORMAT):
        raise JournalError(
            "the journal {where} was made by a newer version of this program: install that one",
            where=journal.where,
        )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version) if version else None


def _claim(journal: Journal, purpose: str) -> None:
    held = journal.note(purpose=purpose)["purpose"]
    if held == purpose:
        return
    if held == REAL:
        raise JournalMixedError(
            "{where} holds the city's real records: an exercise is never mixed into it",
            where=journal.where,
        )
    raise JournalMixedError(
        "{where} holds the exercise {held}: it is never mixed with {purpose} records",
        where=journal.where,
        held=held,
        purpose=purpose,
    )
