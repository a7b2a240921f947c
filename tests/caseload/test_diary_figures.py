"""Whether a group ran 6 and 12 months after we stepped back, from what was asked when."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload.diary_figures import ran_after

BACK = date(2025, 1, 10)


@pytest.mark.parametrize(
    ("asked", "half", "whole"),
    [
        ([], "not known", "not known"),
        ([(date(2025, 7, 10), "yes")], "yes", "not known"),
        ([(date(2025, 7, 9), "yes")], "not known", "not known"),
        ([(date(2025, 7, 9), "no")], "no", "no"),
        ([(date(2025, 8, 1), "no")], "no", "no"),
        ([(date(2025, 8, 1), "not known")], "not known", "not known"),
        ([(date(2026, 1, 10), "yes")], "yes", "yes"),
        ([(date(2026, 1, 10), "no")], "not known", "no"),
        ([(date(2025, 7, 20), "yes"), (date(2026, 1, 20), "no")], "yes", "no"),
        ([(date(2027, 3, 1), "yes")], "yes", "yes"),
    ],
)
def test_what_was_said_nearest_after_the_day_counts(
    asked: list[tuple[date, str]], half: str, whole: str
) -> None:
    assert (ran_after(asked, BACK, 6), ran_after(asked, BACK, 12)) == (half, whole)
