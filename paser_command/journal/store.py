"""A journal opened: at our schema, for its purpose, with its one write lock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, event, inspect, select, text

from paser_command.errors import JournalError, JournalMixedError
from paser_command.journal.caller import Caller, command_caller
from paser_command.journal.deadlines import ANSWER_S
from paser_command.journal.engine import (
    POSTGRESQL,
    address_of,
    journal_url,
    no_right,
    open_engine,
    told,
)
from paser_command.journal.schema import FORMAT, REVISION, meta
from paser_command.journal.sharing import made_for_the_group
from paser_command.journal.upgrade import Progress, copy_before, migrate
from paser_command.picture.model import Model
from paser_command.picture.model import model as built_in_model

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

REAL = "real"
"""The purpose of a journal that holds the city's own records."""

LONG_S = 3_600.0
"""The deadline of work that is long by its nature: a migration, a look at every record."""

_PAGE_S = 30.0
"""How long a server may hand over a page: over a slow line it does so for a while."""

_LOCK = text(
    "SELECT set_config('statement_timeout', :limit, true), "
    "set_config('idle_in_transaction_session_timeout', :limit, true), "
    f"pg_advisory_xact_lock({0x7061736572})"  # "paser"
)
"""Takes the write lock, and says how long it may be held by one statement, or by none."""

_PATIENCE = text(
    "SELECT set_config('statement_timeout', :limit, false), "
    "set_config('idle_in_transaction_session_timeout', :limit, false)"
)

Fence = Callable[[Connection], None]
"""Asked in each write transaction, under the write lock: raises where it may not write any more."""


class Journal:
    """A journal on SQLite or PostgreSQL. Make writers and readers from it; close it at the end.

    `model` is what the program understands of it. With `own_clock` a writer's own clock stamps on
    a server too. `opening` counts how often the journal was opened anew, because another one stood
    there. `connections` counts those that were ever made. `fence` is asked in each write
    transaction: the collector's lease. `may_write` is what our role might when it was opened.
    """

    def __init__(
        self, engine: Engine, model: Model, caller: Caller, *, own_clock: bool = False
    ) -> None:
        self.engine = engine
        self.model = model
        self.caller = caller
        self.own_clock = own_clock
        self.opening = 0
        self.connections = 0
        self.fence: Fence = no_fence
        self.may_write = True
        self._closed = False
        event.listen(engine, "connect", self._count)
        event.listen(engine, "checkin", self._let_go)

    @property
    def shared(self) -> bool:
        """Tell whether it is on a server, where others ring when they wrote."""
        return self.engine.url.drivername == POSTGRESQL

    @property
    def where(self) -> str:
        """Return its URL as it may be printed, without a secret."""
        return address_of(self.engine.url)

    def connect_reader(self) -> Connection:
        """Return a connection for pages of records, which have time while something comes.

        Raises JournalError.
        """
        with told(self.engine), ExitStack() as undone:
            connection = undone.enter_context(self.engine.connect())
            if self.shared:
                # A server that has handed over a page waits while the line still carries it.
                connection.execute(_PATIENCE, {"limit": str(round(_PAGE_S * 1000))})
                connection.commit()
            undone.pop_all()
            return connection

    def require_write(self) -> None:
        """Raise JournalRightError, which names the right, where our role may only read."""
        if not self.may_write:
            raise no_right(self.engine)

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
    def writing(self, deadline_s: float | None = None) -> Iterator[Connection]:
        """Hold the write lock for one transaction: one writer at a time, on each engine.

        Each statement has the usual deadline, or the one given.
        """
        with told(self.engine), self.engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            if deadline_s is not None:
                connection = connection.execution_options(deadline_s=deadline_s)
            with connection.begin():
                if self.shared:
                    # Released after the commit can be seen, so whoever comes next sees it.
                    connection.execute(
                        _LOCK, {"limit": str(round((deadline_s or ANSWER_S) * 1000))}
                    )
                self.fence(connection)
                yield connection

    def close(self) -> None:
        """Close the connections; those still in use are closed when they are given back."""
        self._closed = True
        self.engine.dispose()

    def _count(self, _connection: object, record: Any) -> None:
        self.connections += 1
        record.info["opening"] = self.opening

    def _let_go(self, connection: Any, record: Any) -> None:
        """Close a connection to what is closed or was replaced meanwhile: nobody else would."""
        if connection is not None and (self._closed or record.info["opening"] != self.opening):
            connection.close()


def open_journal(
    url: str,
    purpose: str | None = None,
    *,
    create: bool = True,
    model: Model | None = None,
    own_clock: bool = False,
    progress: Progress | None = None,
    caller: Caller | None = None,
    deadline_s: float | None = None,
) -> Journal:
    """Open the journal, bringing an older schema up to ours.

    `purpose` is REAL or the name of an exercise; a journal that has another one is refused with
    JournalMixedError. None reads whatever is there. Where there is none yet it is made, unless
    `create` says no. `model` is what the program and its plugins understand; without one it is
    the program's own. `own_clock` is for those who write with stamps of their own: tests, and what
    copies a journal. `progress` is told how far a migration is. `caller` is who opens it, as a
    server shows it: a command, where none is given. `deadline_s` is for one whose questions take
    long. JournalAwayError where it may be there later.
    """
    parsed = journal_url(url)
    if parsed.drivername != POSTGRESQL:
        path = Path(parsed.database or "")
        if not create and not path.exists():
            raise JournalError("there is no journal at {path}", path=path)
        if create:
            _make_folder(path.parent)
            _make_file(path)
    caller = caller or command_caller()
    journal = Journal(
        open_engine(parsed, caller, deadline_s),
        model or built_in_model(),
        caller,
        own_clock=own_clock,
    )
    try:
        _bring_up(journal, create=create, progress=progress)
        if purpose is not None:
            _claim(journal, purpose)
        if journal.shared:
            journal.may_write = _may_write(journal)
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
    with journal.writing(LONG_S) as connection:
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


def _may_write(journal: Journal) -> bool:
    asked = text("SELECT has_table_privilege('journal', 'INSERT')")
    with told(journal.engine), journal.engine.connect() as connection:
        return bool(connection.execute(asked).scalar())


def no_fence(_connection: Connection) -> None:
    """Let everybody write."""


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version) if version else None


def _claim(journal: Journal, purpose: str) -> None:
    held = journal.facts().get("purpose") or journal.note(purpose=purpose)["purpose"]
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
