"""All SQL of the store, and nothing else. A connection is that of the driver; `opening` and `making` open them.

The rows of the cases stand in the order of their last change: a change moves a row to the end. The times that they hold
are for people, and a clock can be set back.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

APPLICATION_ID = 0x42575A52  # "BWZR"
SCHEMA_VERSION = 1
JOURNAL_HEAD_BYTES = 32
PAGE_BYTES = 4096
FRAME_BYTES = 24 + PAGE_BYTES
"""A frame of the journal: its head and a page."""

Connection = sqlite3.Connection  # SQLCipher's driver is that of SQLite, with a key; itself it has no types

_SCHEMA = (
    """CREATE TABLE cases (
        number TEXT PRIMARY KEY, content TEXT NOT NULL, raws TEXT NOT NULL, schema_version INTEGER NOT NULL,
        created TEXT NOT NULL, changed TEXT NOT NULL, revision INTEGER NOT NULL) STRICT""",
    # The last number of each year: that of a deleted case is not given out again.
    "CREATE TABLE numbers (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT",
    "CREATE TABLE leases (number TEXT PRIMARY KEY, holder TEXT NOT NULL, heartbeat REAL NOT NULL) STRICT",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)


class CaseRow(NamedTuple):
    """A case as it is stored."""

    number: str
    content: str
    raws: str
    schema_version: int
    created: str
    changed: str
    revision: int


class LeaseRow(NamedTuple):
    """Who edits a case, and when that was last heard of (seconds since 1970)."""

    holder: str
    heartbeat: float


# --- the file -------------------------------------------------------------------------------------------------------


def unlock(connection: Connection, key: bytes, salt: bytes | None = None) -> None:
    """Give the raw key; a new file also gets its salt, which then stands unencrypted at its beginning."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key writes to the standard error stream
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex() if salt else ''}'\"")


def count_tables(connection: Connection) -> int:
    """Read the first page: fails when the key does not fit."""
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def make_durable(connection: Connection) -> None:
    """An answer that was committed survives a power cut; readers and one writer do not wait for each other."""
    for pragma in ("synchronous = FULL", "fullfsync = ON", "temp_store = MEMORY", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()


def create_schema(connection: Connection) -> None:
    """Make all tables, or none."""
    connection.execute("BEGIN EXCLUSIVE")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute("COMMIT")


def versions(connection: Connection) -> tuple[int, int]:
    """Whose file this is, and the version of its schema."""
    read = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    application, version = read
    return int(application), int(version)


def is_whole(connection: Connection) -> bool:
    """Read every page: each carries a code that shows a change, and the tables must agree with one another."""
    return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])


def begin(connection: Connection) -> None:
    """Begin to write; waits for another writer."""
    connection.execute("BEGIN IMMEDIATE")


def commit(connection: Connection) -> None:
    """Put on the disk what was written since `begin`."""
    connection.execute("COMMIT")


def roll_back(connection: Connection) -> None:
    """Forget what was written since `begin`, if anything is open."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def move_journal(connection: Connection) -> None:
    """Move the committed pages to the file, as far as readers let it; waits for nobody."""
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def restart_journal(connection: Connection) -> None:
    """Move all committed pages to the file, and start the journal from its beginning; it keeps its room on the disk."""
    connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()


def empty_journal(connection: Connection) -> None:
    """Move all committed pages to the file, and leave nothing in the journal; waits for nobody who is reading it."""
    (wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute(f"PRAGMA busy_timeout = {int(wait)}").fetchall()


# --- cases ----------------------------------------------------------------------------------------------------------


def next_number(connection: Connection, year: int) -> int:
    """Give out the next number of a year."""
    connection.execute("INSERT INTO numbers VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1", (year,))
    return int(connection.execute("SELECT last FROM numbers WHERE year = ?", (year,)).fetchone()[0])


def insert_case(connection: Connection, row: CaseRow) -> bool:
    """Add a case; False when its number is there already."""
    done = connection.execute("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
    return bool(done.rowcount == 1)


def update_case(connection: Connection, row: CaseRow) -> bool:
    """Replace a case that stands at the revision before this one; False when it does not."""
    done = connection.execute(
        "UPDATE cases SET rowid = (SELECT max(rowid) FROM cases) + 1,"
        " content = ?, raws = ?, schema_version = ?, changed = ?, revision = ? WHERE number = ? AND revision = ?",
        (row.content, row.raws, row.schema_version, row.changed, row.revision, row.number, row.revision - 1),
    )
    return bool(done.rowcount == 1)


def case_row(connection: Connection, number: str) -> CaseRow | None:
    """A case by its number."""
    found = connection.execute("SELECT * FROM cases WHERE number = ?", (number,)).fetchone()
    return None if found is None else CaseRow(*found)


def delete_case(connection: Connection, number: str) -> bool:
    """Remove a case and its lease; False when it is not there."""
    delete_lease(connection, number)
    return bool(connection.execute("DELETE FROM cases WHERE number = ?", (number,)).rowcount == 1)


def recent(connection: Connection, limit: int) -> Iterator[tuple[str, str]]:
    """Number and time of the last change, last changed first."""
    order = "SELECT number, changed FROM cases ORDER BY rowid DESC LIMIT ?"
    yield from connection.execute(order, (limit,)).fetchall()


def all_numbers(connection: Connection) -> Iterator[str]:
    """The numbers of all cases, in their order."""
    for (number,) in connection.execute("SELECT number FROM cases").fetchall():
        yield number


# --- leases ---------------------------------------------------------------------------------------------------------


def lease_row(connection: Connection, number: str) -> LeaseRow | None:
    """The lease of a case."""
    found = connection.execute("SELECT holder, heartbeat FROM leases WHERE number = ?", (number,)).fetchone()
    return None if found is None else LeaseRow(*found)


def put_lease(connection: Connection, number: str, lease: LeaseRow) -> None:
    """Give the case to a holder, or note that it is still there."""
    connection.execute("INSERT OR REPLACE INTO leases VALUES (?, ?, ?)", (number, *lease))


def delete_lease(connection: Connection, number: str) -> None:
    """Give the case free."""
    connection.execute("DELETE FROM leases WHERE number = ?", (number,))


def delete_silent_leases(connection: Connection, before: float) -> None:
    """Clear away the leases of windows that were killed."""
    connection.execute("DELETE FROM leases WHERE heartbeat < ?", (before,))


# --- to another file ------------------------------------------------------------------------------------------------


def copy_cases(connection: Connection, to: Connection, broken: tuple[type[Exception], ...]) -> int:
    """Copy the cases that can still be read into a new store, with their order, leases and last numbers; how many."""
    copied = 0
    for number in _numbers_to_copy(connection, broken):
        with contextlib.suppress(*broken):
            row, lease = case_row(connection, number), lease_row(connection, number)
            copied += row is not None and insert_case(to, row)
            if lease is not None:
                put_lease(to, number, lease)
    with contextlib.suppress(*broken):
        for last in connection.execute("SELECT * FROM numbers").fetchall():
            to.execute("INSERT INTO numbers VALUES (?, ?)", last)
    return copied


def _numbers_to_copy(connection: Connection, broken: tuple[type[Exception], ...]) -> list[str]:
    """The numbers in the order of the last change; of a table that is broken, by its index."""
    for order in ("rowid", "number"):
        with contextlib.suppress(*broken):
            return [number for (number,) in connection.execute(f"SELECT number FROM cases ORDER BY {order}").fetchall()]
    return []
