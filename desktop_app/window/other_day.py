"""Asks about a case that names another day than today: planned for today, or for the day that it names.

Age and advice of that day would be taken for those of now. The safe answer is today.
"""

import datetime

from desktop_app.case.answers import differing_paths
from desktop_app.library.phrases import Phrases
from desktop_app.window.messages import Choice, Messages, Question
from desktop_app.window.services import Services
from guideline_core.case import Case, Patient

TODAY, THAT_DAY = "today", "that_day"


class OtherDayQuestion:
    """Settles for which day a case from elsewhere is planned."""

    def __init__(self, messages: Messages, services: Services) -> None:
        self._messages = messages
        self._services = services

    def settled(self, case: Case) -> tuple[Case, tuple[str, ...]]:
        """The case as it is to be planned, and what is to be told of it. A case of today needs no day of its own."""
        day, today = case.reference_date, self._services.today()
        if day is None:
            return case, ()
        if day == today:
            return _without_day(case), ()
        born = case.patient.birth_date
        if born is not None and born > today:  # a patient of the future: only its own day can be planned
            return case, (self._word("only_that_day", day=self._date(day)),)
        if self._ask(day, today) == THAT_DAY:
            return case, ()
        return self._for_today(case, day)

    @staticmethod
    def answers(case: Case, planned: Case) -> dict[str, object]:
        """The answers that make the one case the other."""
        return {path: planned.answer_at(path) for path in differing_paths(case, planned)}

    def _ask(self, day: datetime.date, today: datetime.date) -> str:
        days = {"day": self._date(day), "today": self._date(today)}
        choices = tuple(Choice(key, self._word(key, **days)) for key in (TODAY, THAT_DAY))
        question = Question(
            self._word("question", **days), self._word("explanation", **days), choices, safe=TODAY, grave=True
        )
        return self._messages.ask(question)

    def _for_today(self, case: Case, day: datetime.date) -> tuple[Case, tuple[str, ...]]:
        """Without its day, and without an age that was of that day."""
        years, today = case.patient.age_years, _without_day(case)
        if years is None or case.patient.birth_date is not None:
            return today, ()
        return _without_age(today), (self._word("age_left_out", years=years, day=self._date(day)),)

    def _date(self, day: datetime.date) -> str:
        return self._phrases.date(day)

    @property
    def _phrases(self) -> Phrases:
        return self._services.phrases

    def _word(self, key: str, **details: object) -> str:
        return self._services.window_words("other_day", key, **details)


def _without_day(case: Case) -> Case:
    left = {name: getattr(case, name) for name in case.model_fields_set - {"reference_date"}}
    return Case(**left)


def _without_age(case: Case) -> Case:
    left = {name: getattr(case.patient, name) for name in case.patient.model_fields_set - {"age_years"}}
    return case.model_copy(update={"patient": Patient(**left)})
