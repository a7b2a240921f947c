"""People: who somebody is, how to reach them, who is around them, and what a good life is to them.

Nothing but an id is needed to help somebody; not even a name (practice: "man, sixties, Blue
Badge, ten minutes" counts).
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import OfPerson, Row, plain, scoped, typed, typed_list


class Person(Row, table=True):
    """Somebody we walk alongside (PRSB: Person demographics)."""

    __tablename__ = "person"
    __table_args__ = scoped("person")

    called: str = typed("called", searched=True)
    """The name as they like it; shown everywhere. Empty: given and family name are shown."""
    given: str = typed("name", searched=True)
    family: str = typed("name", searched=True)
    title: str = typed("name")
    suffix: str = typed("name")
    other_names: str = typed("other_names", searched=True)
    description: str = typed("description", searched=True)
    """What stands in for a name that nobody asked for: "man, sixties, Blue Badge"."""
    pronouns: str = typed("pronouns")
    born: date | None = plain(None, "born")
    born_precision: str = plain("day", "born")
    died: date | None = plain(None, "died")
    nhs_number: str = typed("nhs_number")
    gender: str = typed("gender")
    sex: str = typed("sex")
    """Apart from gender, and seen apart: both together can disclose what the law protects."""
    ethnic_category: str = typed("ethnic_category")
    religion: str = typed("religion")
    marital_status: str = typed("marital_status")
    place: str = typed("place")
    """The village or part of town, as it is said."""
    language: str = typed("language")
    dialect: str = typed("language")
    interpreter: str = typed("interpreter")
    """"" = not asked; "no", "yes", or what is needed. Preferred person and gender beside it."""
    interpreter_wishes: str = typed("interpreter")
    communication_support: str = typed("communication")
    communication_professional: str = typed("communication")
    contact_method: str = typed("communication")
    information_format: str = typed("communication")
    """The four of the Accessible Information Standard (DAPB1605)."""
    adjustments: str = typed("adjustments")
    carer: str = typed("carer")
    gp_practice: str = typed("gp_practice")
    gp_practice_code: str = typed("gp_practice")
    employment: str = typed("employment")
    """Work or study, as said."""
    quiet_until: date | None = plain(None, "quiet_until")
    """Happy to be left in peace until this day."""


class Reach(OfPerson, table=True):
    """A way to reach a person, and whether it is safe to leave a message there."""

    __tablename__ = "reach"
    __table_args__ = scoped("person")

    kind: str = plain("mobile", "reach")
    value: str = typed("reach", searched=True)
    whose: str = typed("reach", searched=True)
    safe_to_leave: str = plain("not asked", "safe")
    remark: str = typed("remark", searched=True)
    preferred: bool = plain(False, "preferred")


class Address(OfPerson, table=True):
    """Where somebody lives, stays or gets letters, and how one gets in."""

    __tablename__ = "address"
    __table_args__ = scoped("person")

    kind: str = plain("home", "address")
    line1: str = typed("address", searched=True)
    line2: str = typed("address")
    line3: str = typed("address")
    town: str = typed("address")
    county: str = typed("address")
    postcode: str = typed("address")
    getting_in: str = typed("getting_in")
    """Key safe, which door, the dog, rings twice."""
    since: date | None = plain(None, "while")
    until: date | None = plain(None, "while")


class Tie(OfPerson, table=True):
    """Somebody in the person's life: family, friend, neighbour, or a professional."""

    __tablename__ = "tie"
    __table_args__ = scoped("person")

    name: str = typed("name", searched=True)
    relationship: str = typed("relationship", searched=True)
    other_person_id: str = plain("", "other")
    """The id of the other's own record, if we walk with them too; may dangle across scopes."""
    roles: list[str] = typed_list("roles")
    paid: bool = plain(False, "paid")
    how_often: str = typed("how_often")
    born: date | None = plain(None, "born")
    """For a dependant (PRSB: Household)."""
    phone: str = typed("phone")
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
    called: str = typed("called")
    """What the household is called: "the Pratts", "14 Mill Row"."""
    place: str = typed("place")
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
