"""Saves the case of a window: stores each answer as it is given, and holds the case against other windows."""

import datetime
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.case.document import CaseDocument
from desktop_app.store.problems import CaseTakenOver, StoreNotices, StoreProblem

if TYPE_CHECKING:  # the store is loaded when it is opened
    from desktop_app.store.store import KeptCase, RecentCase, Store
    from guideline_core.case import Case

logger = logging.getLogger(__name__)

RENEW_MS = 20_000
"""How often a window says that it still has its case open."""
RETRY_MS = 5_000
"""How soon storing is tried again after it failed."""
SETTLE_MS = 2_000
"""How soon after the last answer the store is told that nothing more is to be done."""


class Autosave(QObject):
    """Stores one document, and opens saved cases in it."""

    kept = Signal(object)  # when all answers were stored: the time
    failed = Signal(object)  # the StoreProblem; answers of this document are not stored
    number_changed = Signal(str)  # the case in the document has another number
    store_wanted = Signal()  # there is something to store, and no store
    noticed = Signal(object)  # Told: what the store found or did, which hindered nothing and must be known

    def __init__(
        self, document: CaseDocument, now: Callable[[], datetime.datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._now = now
        self.number = ""
        """The number under which the case is saved; empty while there is nothing to save, or no store."""
        self._store: Store | None = None
        self._stored: tuple[Case, Mapping[str, str]] | None = None
        self._lost: CaseTakenOver | None = None
        """Why nothing more can be stored in this case."""
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.keep_now)
        self._renewal = QTimer(self, interval=RENEW_MS)
        self._renewal.timeout.connect(self._renew)
        self._rest = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._rest.timeout.connect(self._settle)
        document.answered.connect(self._keep)
        document.raw_text_changed.connect(self._keep)

    # --- what there is

    @property
    def is_open(self) -> bool:
        """Whether there is a store to save cases in."""
        return self._store is not None

    @property
    def is_kept(self) -> bool:
        """Whether all answers of the document are stored, or there are none to store."""
        return self._stored == self._document.snapshot() or self._has_nothing_to_keep()

    def recent(self) -> "tuple[RecentCase, ...]":
        """The cases that were changed last, by number and date; raises a StoreProblem."""
        return () if self._store is None else self._store.recent(limit=200)

    # --- changing what is open

    def use_store(self, store: "Store") -> None:
        """Use this store from now on, and save what was answered before."""
        self._store = store
        self._tell_notices()
        self.keep_now()
        self._renewal.start()

    def start_case(self, case: "Case", raws: Mapping[str, str] | None = None) -> None:
        """Put a new case in the document: an empty one, a copy, or one from a file. The old case stays saved."""
        self._leave_case()
        self._stored, self._lost = None, None
        self._document.load(case, raws)
        self.keep_now()

    def open_case(self, number: str, take_over: bool = False) -> "KeptCase":
        """Put a saved case in the document; raises a StoreProblem (CaseOpenElsewhere, unless it is taken over)."""
        if self._store is None:
            raise ValueError("there is no store")
        kept = self._store.open_case(number, self._now(), take_over=take_over)
        self._leave_case()
        self._lost = None
        self._stored = (kept.case, dict(kept.raws))
        self._document.load(kept.case, kept.raws)
        self._take_number(number)
        return kept

    def leave(self) -> None:
        """Save what is not saved yet, and release the case; the document is no longer used."""
        self.keep_now()
        for timer in (self._renewal, self._retry, self._rest):
            timer.stop()
        if self._store is not None:
            self._store.leave()

    # --- storing

    def keep_now(self) -> bool:
        """Store what is not stored yet; True when all is stored."""
        if self.is_kept:
            return True
        if self._store is None:
            self.store_wanted.emit()
            return self.is_kept  # it may have been opened at once
        if self._lost is not None:  # with each answer that is not stored
            self.failed.emit(self._lost)
            return False
        snapshot, now = self._document.snapshot(), self._now()
        try:
            if not self.number:  # with the first answer: a window that was only looked at leaves no gap
                self._take_number(self._store.new_case(now))
            self._store.save(self.number, *snapshot, now)
        except StoreProblem as problem:
            self._not_stored(problem)
            return False
        self._stored = snapshot
        self._rest.start()
        self._tell_notices()
        self.kept.emit(now)
        return True

    def _tell_notices(self) -> None:
        notices = () if self._store is None else self._store.take_notices()
        if notices:
            self.noticed.emit(notices[0] if len(notices) == 1 else StoreNotices(notices))

    def _settle(self) -> None:
        if self._store is not None:
            self._store.settle()

    def _has_nothing_to_keep(self) -> bool:
        return self._stored is None and self._document.is_empty()

    def _keep(self, *_: object) -> None:
        self.keep_now()

    def _not_stored(self, problem: StoreProblem) -> None:
        logger.warning("not stored: %s", problem.key)
        if isinstance(problem, CaseTakenOver):
            self._lost = problem
        else:
            self._retry.start()
        self.failed.emit(problem)

    # --- small things

    def _take_number(self, number: str) -> None:
        self.number = number
        self.number_changed.emit(number)

    def _leave_case(self) -> None:
        self.keep_now()
        if self._store is not None and self.number:
            try:
                self._store.release(self.number)
            except StoreProblem as problem:
                logger.warning("not released: %s", problem.key)
        self._take_number("")

    def _renew(self) -> None:
        if self._store is None or not self.number or self._lost is not None:
            return
        try:
            self._store.renew(self.number, self._now())
        except CaseTakenOver as problem:
            self._not_stored(problem)
        except StoreProblem as problem:  # every answer is stored; whether the next one can be, it says itself
            logger.warning("not renewed: %s", problem.key)
        self._tell_notices()
        self._settle()
