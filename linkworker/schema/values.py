"""Value lists: the words that a field may hold, in the order in which they are shown.

Plain tuples, so that a screen can read them without importing a table.
"""

from __future__ import annotations

LEVELS = {
    1: "Level 1 – information and connection",
    2: "Level 2 – walking alongside",
}
"""Level of a support period: the default list, which a team may change (practice: step 10)."""

SUPPORT_EVENTS = ("began", "level", "paused", "returned", "stepped back", "reopened", "ended")
"""What happens to a support period. The last one that stands says how it is now."""

WHEREABOUTS = ("in hospital", "in prison", "moved away", "lost touch", "died", "back")
"""Where somebody is, when they are not at home. "died" stops every reminder everywhere."""

PRECISIONS = ("day", "month", "year", "about")
"""How exactly a remembered date is known."""

ABOUT_ME = (
    "What is most important to me",
    "People who are important to me",
    "How I communicate and how to communicate with me",
    "My wellness",
    "Please do and please don't",
    "How and when to support me",
    "Also worth knowing about me",
)
"""The seven headings of About me (PRSB Social Prescribing v1.1, About me)."""

REACH_KINDS = ("home phone", "mobile", "work phone", "e-mail", "letter", "through somebody")
"""Ways to reach a person."""

SAFE_TO_LEAVE = ("not asked", "yes", "no")
"""May a message be left there?"""

ADDRESS_KINDS = ("home", "staying at", "letters")
"""What an address is for (PRSB: usual, temporary and correspondence address)."""

TIE_ROLES = ("carer", "cared for", "next of kin", "emergency contact", "dependant", "professional")
"""What somebody is to the person, beside the relationship itself."""

CLOSENESS = ("close", "steady", "thin", "strained")
"""How near a tie or connection is, as the ecomap draws it."""

WHO_DOES = ("person", "family or friend", "community", "service", "worker")
"""Who helps, in the order in which the plan asks."""

STEP_STATES = ("open", "done", "not done", "let go")
"""What became of a step."""

GOAL_STATES = ("open", "reached", "changed", "let go")
"""What became of a hope or goal."""

STAGES = (
    "suggested",
    "in touch",
    "went once",
    "still going",
    "helper",
    "stopped",
    "declined",
    "full",
    "closed",
)
"""Stages of a connection; the last four end it, each in its own way."""

STAGES_ENDED = ("stopped", "declined", "full", "closed")
"""Stages at which the person is not going there."""

CONNECTION_KINDS = ("group", "place", "service", "activity", "person")
"""What a connection leads to; a person is a tie, but for one whom we brought together with them."""

CONNECTION_WAYS = ("signpost", "introduction", "went along", "referral")
"""How somebody was connected. A signpost shares nothing about them; an introduction and a referral
share something, and rest on what was agreed."""

INTRODUCED = (
    "phone",
    "letter or e-mail",
    "in person",
    "front door",
    "from a service's system",
    "by themself",
)
"""How an introduction came."""

INTRODUCTION_OUTCOMES = (
    "accepted",
    "declined",
    "could not reach",
    "not right here",
    "already known",
)
"""What became of an introduction; of one that waits nothing is said."""

KNOWS = ("not said", "yes", "no")
"""Whether somebody knows that they were introduced."""

URGENCIES = ("", "this week", "today")
"""How soon, as the introducer said."""

STEP_FREE = ("", "yes", "partly", "no")
"""Whether one gets in without a step; "" where nobody looked."""

OUR_PARTS = ("supported", "started")
"""What we did for a group."""

RUNNING = ("yes", "no", "not known")
"""Whether a group still runs."""

COMMUNITY_WORK = ("conversation", "group", "event", "meeting", "something else")
"""What a line of the diary is."""

GAP_KINDS = (
    "getting there",
    "people and places",
    "activity",
    "arts",
    "learning",
    "contribution",
    "health and lifestyle",
    "money and advice",
    "home",
    "work and training",
    "language",
    "something else",
)
"""What is missing, by the destinations of Liverpool's integrated front door."""

CONTACT_WAYS = (
    "home visit",
    "met out",
    "at a session",
    "phone",
    "video",
    "text or message",
    "e-mail or letter",
    "walked in",
)
"""How we were in contact."""

OUTCOMES = (
    "met",
    "no answer",
    "left a voicemail",
    "sent a text",
    "card through the door",
    "didn't meet: theirs",
    "didn't meet: ours",
    "didn't meet: interpreter",
    "in, but not today",
)
"""What came of it. "didn't meet" says whose; the interpreter's is counted as unmet need. Who
was in and would rather not that day is none of these: they were there, and said so."""

REACHED_NOBODY = ("no answer", "left a voicemail", "sent a text", "card through the door")
"""What came of an attempt to reach somebody who was introduced: four of `OUTCOMES`."""

APPOINTMENT_KINDS = ("visit", "call", "session", "something else")
"""What stands in the diary."""

APPOINTMENT_STATES = ("to come", "happened", "did not happen", "moved", "called off")
"""What became of an appointment."""

LOOKED_FOR = ("gap", "question", "not decided")
"""A `?` of a note: something that is not here, or a question to find out about."""

SAFETY_KINDS = ("risk", "no known risks", "what helps")
"""Statements about staying safe; "no known risks" is itself a dated statement (PRSB: Risks)."""

MARK_KINDS = (
    "strength",
    "hope",
    "step",
    "with",
    "gave",
    "became",
    "in the way",
    "looked for",
    "staying safe",
    "kept apart",
    "hand-over",
)
"""What a marked line of a note is; "hand-over" says of a whole note that it is such a sheet."""

AUDITED = (
    "opened",
    "read kept apart",
    "exported",
    "imported",
    "rescued",
    "opened with the recovery key",
    "passphrase changed",
    "new recovery key",
    "wrong passphrase",
    "wrong recovery key",
    "wrong organisation key",
    "wrong tries unreadable",
)
"""What the audit keeps beside the operations themselves."""
