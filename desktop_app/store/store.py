"""The saved cases of one user, as one window uses them."""

import contextlib
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_path
from pydantic import TypeAdapter, ValidationError

from desktop_app import PROGRAM
from desktop_app.files import has_plain_file
from desktop_app.store import sql
from desktop_app.store.database import CANNOT_WRITE, FILE_NAME, Database, is_there, open_database
from desktop_app.store.keys import KeySource
from desktop_app.store.leases import LEASE_SECONDS, is_free, new_holder
from desktop_app.store.problems import (
    CaseChangedElsewhere,
    CaseNotReadable,
    CaseOpenElsewhere,
    CaseTakenOver,
    NoSuchCase,
    StorageFull,
    StoreProblem,
)
from guideline_core.case import Case

PATIENCE_SECONDS = 1.0
"""How long a window that opens waits for the disk."""
EARLIEST = datetime.datetime.fromtimestamp(0, datetime.UTC)
_RAWS = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case as it was saved, with the texts of fields that were not valid yet."""

    number: str
    case: Case
    raws: Mapping[str, str]
    created: datetime.datetime
    changed: datetime.datetime


class RecentCase(NamedTuple):
    """What a list of cases may show: no identity."""

    number: str
    changed: datetime.datetime


def default_folder() -> Path:
    """Where this user's cases are: a folder of the user, not of the workstation."""
    return user_data_path(PROGRAM, appauthor=False)


def open_store(folder: Path, keys: KeySource) -> "Store":
    """Open the store in a folder, and make it when there is none; raises a StoreProblem."""
    return Store(open_database(folder, keys))


def has_store(folder: Path) -> bool:
    """Whether there is a store in a folder, or something else in its place.

    A disk that does not answer at once may have one: to open it says what is wrong.
    """
    try:
        has_plain_file(folder / FILE_NAME, PATIENCE_SECONDS)
    except OSError:
        return True
    return is_there(folder)


class Store:
    """The store as one window sees it: what it has open, nobody else edits.

    It may be used from any thread, but the answers to one case must be saved one after the other.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = str(new_holder())
        self._revisions: dict[str, int] = {}

    def for_another_window(self) -> "Store":
        """The same store for a second window of this process; the key is not asked again."""
        return Store(self._database)

    # --- the whole ---

    @property
    def only_reads(self) -> StoreProblem | None:
        """Why nothing can be saved at present; None when it can."""
        return self._database.only_reads

    def take_notices(self) -> tuple[StoreProblem, ...]:
        """What was found and done that the user must know; each is told once."""
        return self._database.take_notices()

    def settle(self) -> None:
        """To be called when nothing else is to be done: leaves as little as possible in the journal."""
        self._database.settle()

    # --- reading ---

    def recent(self, limit: int = 10) -> tuple[RecentCase, ...]:
        """The cases that were changed last, last changed first. A time that cannot be read counts as the earliest: the
        case is in the list, and opening it says what is wrong."""
        with self._database.reading() as connection:
            rows = list(sql.recent(connection, limit))
        return tuple(RecentCase(number, _moment_of(changed) or EARLIEST) for number, changed in rows)

    def all_numbers(self) -> tuple[str, ...]:
        """The numbers of all cases, oldest first."""
        with self._database.reading() as connection:
            return tuple(sorted(sql.all_numbers(connection), key=_year_and_place))

    def load(self, number: str) -> KeptCase:
        """Look at a case, also at one that is open elsewhere; it cannot be saved from here."""
        with self._database.reading() as connection:
            return _kept(_row(connection, number))

    # --- editing ---

    def new_case(self, now: datetime.datetime) -> str:
        """The number of a new case, which this window has open; it is stored with its first answer."""
        with self._database.writing() as connection:
            sql.delete_silent_leases(connection, now.timestamp() - LEASE_SECONDS)
            number = f"{now.year}-{sql.next_number(connection, now.year):04d}"
            sql.put_lease(connection, number, self._lease(now))
        self._revisions[number] = 0
        return number

    def open_case(self, number: str, now: datetime.datetime, *, take_over: bool = False) -> KeptCase:
        """Open a case to edit it; raises CaseOpenElsewhere, unless it is taken over. Where nothing can be written it is
        open all the same: it can be read, and saving says what is wrong."""
        with self._database.reading() as connection:
            row = _row(connection, number)
            kept = _kept(row)
        with contextlib.suppress(*CANNOT_WRITE), self._database.writing() as connection:
            row = _row(connection, number)
            kept = _kept(row)
            if not take_over and self._is_held_by_other(connection, number, now):
                raise CaseOpenElsewhere(number=number)
            sql.put_lease(connection, number, self._lease(now))
        self._revisions[number] = row.revision
        return kept

    def save(self, number: str, case: Case, raws: Mapping[str, str], now: datetime.datetime) -> None:
        """Store the case with the texts that are not valid yet; when this returns they are on the disk."""
        row = self._row_to_write(number, case, raws, now)
        try:
            self._write(row, now)
        except StorageFull:
            self._database.use_journal_again()
            self._write(row, now)
        self._revisions[number] = row.revision

    def _write(self, row: sql.CaseRow, now: datetime.datetime) -> None:
        number = row.number
        with self._database.writing() as connection:
            self._keep_lease(connection, number, now)
            done = sql.insert_case(connection, row) if row.revision == 1 else sql.update_case(connection, row)
            if not done:
                self._write_over(connection, row)

    def _write_over(self, connection: sql.Connection, row: sql.CaseRow) -> None:
        """What is done when the case does not stand at the revision before this one."""
        found = sql.case_row(connection, row.number)
        if found is None:
            # From a file that was cut the case may not have come along; but what others deleted stays deleted.
            if not (self._database.was_made_again and sql.insert_case(connection, row)):
                raise NoSuchCase(number=row.number)
        elif found._replace(created=row.created) != row:  # else it was written, and not confirmed
            raise CaseChangedElsewhere(number=row.number)

    def renew(self, number: str, now: datetime.datetime) -> None:
        """Say that this window still has the case open; raises CaseTakenOver when another window has."""
        with self._database.writing() as connection:
            self._keep_lease(connection, number, now)

    def release(self, number: str) -> None:
        """This window is done with the case."""
        self._revisions.pop(number, None)
        with self._database.writing() as connection:
            lease = sql.lease_row(connection, number)
            if lease is not None and lease.holder == self._holder:
                sql.delete_lease(connection, number)

    def delete(self, number: str, now: datetime.datetime) -> None:
        """Remove a case for good; its number is not given out again."""
        with self._database.writing() as connection:
            if self._is_held_by_other(connection, number, now):
                raise CaseOpenElsewhere(number=number)
            if not sql.delete_case(connection, number):
                raise NoSuchCase(number=number)
        self._revisions.pop(number, None)

    def leave(self) -> None:
        """This window goes: everything that it had open is free. A disk that refuses this does not hold it up."""
        for number in tuple(self._revisions):
            with contextlib.suppress(StoreProblem):
                self.release(number)

    def close(self) -> None:
        """The last window of the process goes."""
        self.leave()
        self._database.close()

    def _lease(self, now: datetime.datetime) -> sql.LeaseRow:
        return sql.LeaseRow(self._holder, _checked(now).timestamp())

    def _is_held_by_other(self, connection: sql.Connection, number: str, now: datetime.datetime) -> bool:
        lease = sql.lease_row(connection, number)
        return lease is not None and lease.holder != self._holder and not is_free(lease, now)

    def _keep_lease(self, connection: sql.Connection, number: str, now: datetime.datetime) -> None:
        """The case stays this window's; after a long silence also when somebody else had it in between and is gone."""
        if self._is_held_by_other(connection, number, now):
            raise CaseTakenOver(number=number)
        sql.put_lease(connection, number, self._lease(now))

    def _row_to_write(self, number: str, case: Case, raws: Mapping[str, str], now: datetime.datetime) -> sql.CaseRow:
        if number not in self._revisions:
            raise ValueError("a case is saved that this window has not opened")
        time = _text_of(now)
        content = case.model_dump_json(exclude_none=True)
        return sql.CaseRow(
            number, content, json.dumps(dict(raws)), case.schema_version, time, time, self._revisions[number] + 1
        )


def _row(connection: sql.Connection, number: str) -> sql.CaseRow:
    row = sql.case_row(connection, number)
    if row is None:
        raise NoSuchCase(number=number)
    return row


def _kept(row: sql.CaseRow) -> KeptCase:
    """What a row says. Only the form of a case is checked: what two answers say together can change with the date."""
    if row.schema_version > Case.SCHEMA_VERSION:
        raise CaseNotReadable(number=row.number, version=row.schema_version, known=Case.SCHEMA_VERSION)
    try:
        case = Case.model_validate_json(row.content)
        raws = _RAWS.validate_json(row.raws)
    except ValidationError:  # its text could quote an answer
        raise CaseNotReadable(number=row.number, version=row.schema_version, known=Case.SCHEMA_VERSION) from None
    created, changed = _moment_of(row.created), _moment_of(row.changed)
    if created is None or changed is None:
        raise CaseNotReadable(number=row.number, version=row.schema_version, known=Case.SCHEMA_VERSION)
    return KeptCase(row.number, case, raws, created, changed)


def _moment_of(text: str) -> datetime.datetime | None:
    """The moment that a row names; None when it names none."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _text_of(now: datetime.datetime) -> str:
    """A moment as text that sorts in the order of time."""
    return _checked(now).astimezone(datetime.UTC).isoformat(timespec="microseconds")


def _checked(now: datetime.datetime) -> datetime.datetime:
    if now.tzinfo is None:  # two computers, or summer and winter, would disagree about it
        raise ValueError("a moment without a time zone")
    return now


def _year_and_place(number: str) -> tuple[int, int]:
    year, _, place = number.partition("-")
    return (int(year), int(place)) if year.isdecimal() and place.isdecimal() else (0, 0)
