"""A correction in the story: it stands at the old note's day and says when it was written."""

from __future__ import annotations

from linkworker import schema
from tests.screens.hands import sees
from tests.screens.person_hands import open_person


async def test_a_correction_shows_the_day_it_was_written_beside_the_day_it_is_about(
    app_over, store, terry, clock
):
    with store.write("a note", person=terry) as tx:
        then = tx.now
        first = tx.add(schema.Note(person_id=terry, happened_at=then, words="On Tuesday.")).id
    clock.on(days=3)
    with store.write("put right", person=terry) as tx:
        right = schema.Note(person_id=terry, happened_at=then, words="On Friday.", corrects=first)
        tx.add(right)
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, terry, "3")
        await sees(pilot, "On Friday.")
        await sees(pilot, "Put right, written today")
