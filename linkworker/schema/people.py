"""People: who somebody is, how to reach them, who is around them, and what a good life is to them.

Nothing but an id is needed to help somebody; not even a name (practice: "man, sixties, Blue
Badge, ten minutes" counts).
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import OfPerson, Row, line, plain, scoped, typed, typed_list


class Person(Row, table=True):
    """Somebody we walk alongside (PRSB: Person demographics)."""

    __tablename__ = "person"
    __table_args__ = scoped("person")

    called: str = line("called", searched=True)
    """The name as they like it; shown everywhere. Empty: given and family name are shown."""
    given: str = line("name", searched=True)
    family: str = line("name", searched=True)
    title: str = line("name")
    suffix: str = line("name")
    other_names: str = line("other_names", searched=True)
    description: str = line("description", searched=True)
    """What stands in for a name that nobody asked for: "man, sixties, Blue Badge"."""
    pronouns: str = line("pronouns")
    born: date | None = plain(None, "born")
    born_precision: str = plain("day", "born")
    died: date | None = plain(None, "died")
    nhs_number: str = line("nhs_number")
    gender: str = line("gender")
    sex: str = line("sex")
    """Apart from gender, and seen apart: both together can disclose what the law protects."""
    ethnic_category: str = line("ethnic_category")
    religion: str = line("religion")
    marital_status: str = line("marital_status")
    place: str = line("place")
    """The village or part of town, as it is said."""
    language: str = line("language")
    dialect: str = line("language")
    interpreter: str = line("interpreter")
    """"" = not asked; "no", "yes", or what is needed. Preferred person and gender beside it."""
    interpreter_wishes: str = line("interpreter")
    communication_support: str = line("communication")
    communication_professional: str = line("communication")
    contact_method: str = line("communication")
    information_format: str = line("communication")
    """The four of the Accessible Information Standard (DAPB1605)."""
    adjustments: str = line("adjustments")
    carer: str = line("carer")
    gp_practice: str = line("gp_practice")
    gp_practice_code: str = line("gp_practice")
    employment: str = line("employment")
    """Work or study, as said."""
    quiet_until: date | None = plain(None, "quiet_until")
    """Happy to be left in peace until this day."""


class Reach(OfPerson, table=True):
    """A way to reach a person, and whether it is safe to leave a message there."""

    __tablename__ = "reach"
    __table_args__ = scoped("person")

    kind: str = plain("mobile", "reach")
    value: str = line("reach", searched=True)
    whose: str = line("reach", searched=True)
    safe_to_leave: str = plain("not asked", "safe")
    remark: str = line("remark", searched=True)
    preferred: bool = plain(False, "preferred")


class Address(OfPerson, table=True):
    """Where somebody lives, stays or gets letters, and how one gets in."""

    __tablename__ = "address"
    __table_args__ = scoped("person")

    kind: str = plain("home", "address")
    line1: str = line("address", searched=True)
    line2: str = line("address")
    line3: str = line("address")
    town: str = line("address")
    county: str = line("address")
    postcode: str = line("address")
    getting_in: str = typed("getting_in")
    """Key safe, which door, the dog, rings twice."""
    since: date | None = plain(None, "while")
    until: date | None = plain(None, "while")


class NotWith(OfPerson, table=True):
    """Somebody who is never to be brought together with this person; why is theirs to tell."""

    __tablename__ = "not_with"
    __table_args__ = scoped("person")

    other_person_id: str = plain("", "other")
    name: str = line("other")
    """Where they have no record here: a name, by which nobody is suggested."""
    words: str = typed("words")


class Tie(OfPerson, table=True):
    """Somebody in the person's life: family, friend, neighbour, or a professional."""

    __tablename__ = "tie"
    __table_args__ = scoped("person")

    name: str = line("name", searched=True)
    relationship: str = line("relationship", searched=True)
    other_person_id: str = plain("", "other")
    """The id of the other's own record, if we walk with them too; may dangle across scopes."""
    roles: list[str] = typed_list("roles")
    paid: bool = plain(False, "paid")
    how_often: str = typed("how_often")
    born: date | None = plain(None, "born")
    """For a dependant (PRSB: Household)."""
    phone: str = line("phone")
    may_share: str = typed("may_share")
    """What we may tell them, in the person's words."""
    about: str = typed("about", searched=True)
    until: date | None = plain(None, "until")
    from_note: str = plain("", "from")


class HouseholdMember(OfPerson, table=True):
    """A person's place in a household; one row on each side, with one `household_id`."""

    __tablename__ = "household_member"
    __table_args__ = scoped("person")

    household_id: str = plain("", "household")
    called: str = line("called")
    """What the household is called: "the Pratts", "14 Mill Row"."""
    place: str = line("place")
    """Their place in it: grandmother, lodger, baby."""
    until: date | None = plain(None, "until")


class AboutMe(OfPerson, table=True):
    """One heading of About me, in the person's words where they said it (PRSB: About me)."""

    __tablename__ = "about_me"
    __table_args__ = scoped("person")

    heading: str = plain("", "heading")
    words: str = typed("words", searched=True)
    said_on: date | None = plain(None, "words")
    helped_by: str = typed("words")


class Vision(OfPerson, table=True):
    """A good life, as the person sees it. A later one stands beside the earlier, never over it."""

    __tablename__ = "vision"
    __table_args__ = scoped("person")

    words: str = typed("words", searched=True)
    said_on: date | None = plain(None, "said_on")
    from_note: str = plain("", "from")


class Whereabouts(OfPerson, table=True):
    """Away, moved, lost touch or died: dated, so that reminders rest and nobody rings a widow."""

    __tablename__ = "whereabouts"
    __table_args__ = scoped("person", insert_only=True)

    kind: str = plain("in hospital", "whereabouts")
    since: date | None = plain(None, "whereabouts")
    until: date | None = plain(None, "whereabouts")
    remark: str = typed("whereabouts", searched=True)


class SamePerson(OfPerson, table=True):
    """That another record is of the same person: it counts where the other names this one too.

    One row on each side, so that only who holds both can say so. Each line stays on the record on
    which it was written; taking the rows back parts the two again.
    """

    __tablename__ = "same_person"
    __table_args__ = scoped("person", insert_only=True)

    other_person_id: str = plain("", "same")
    """The id of the other record; may dangle across scopes."""
    shown_person_id: str = plain("", "same")
    """Which of the two stands for both in lists, and takes what is new."""
    reason: str = typed("same")
    decided_on: date | None = plain(None, "same")
