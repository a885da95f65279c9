"""The age of a patient on a day."""

import datetime


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Age in completed years. In other years a birthday on 29 February falls on 1 March.

    >>> age_on(datetime.date(2008, 11, 23), datetime.date(2026, 11, 22))
    17
    >>> age_on(datetime.date(2008, 2, 29), datetime.date(2026, 2, 28))
    17
    """
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
