"""One sync: everything unsent is pushed, everything new is pulled, what is lost is let go.

It may be cut at any point and begun again; nothing is marked as done before the hub said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from linkworker.oplog import handing_back
from linkworker.oplog.applying import Applied
from linkworker.oplog.handing_back import Claim, Offer
from linkworker.oplog.operations import Forked, Operation
from linkworker.oplog.replica import Cursor, Disagrees, NotSentYet, Part, Replica, Taken
from linkworker.refusal import Refused
from linkworker.scopes import person_of
from linkworker.sync.ahead import Ahead, Place
from linkworker.sync.erasing import Erasing

MOST_LATE_ANSWERS = 20
"""Answers to earlier questions in one sync, after which it is given up until the next."""


@dataclass(frozen=True)
class Pages:
    """How many bytes of operations go at once: halved when a call fails, doubled when it does not.

    The first are small enough for a connection that is cut again and again (packed, a tenth), and
    a whole day of one worker goes at once: two halves do not pack as well.
    """

    first: int = 160 * 1024
    smallest: int = 8 * 1024
    largest: int = 2 * 1024 * 1024


MOST_IDLE_ANSWERS = 5
"""Answers one after another that say that there is more, and bring nothing."""


class OnlyLateAnswers(Refused):
    """Something between here and the hub gives old answers again and again."""

    def __init__(self) -> None:
        super().__init__(
            "What is new could not be fetched.",
            "Something on this network gives old answers in the hub's name.",
            "Nothing is lost. It is tried again by itself; another network may help.",
        )


class Greeting(Protocol):
    """What a hub says first (`wire.Greeting`)."""

    @property
    def epoch(self) -> str:
        """Which life of the hub this is: another one after a backup was put back."""

    @property
    def last_n(self) -> int:
        """The last number that the hub holds of this device."""

    @property
    def same(self) -> bool:
        """Whether this laptop and the hub hold the same."""

    @property
    def role(self) -> str:
        """The worker's place in the team, "" where the hub does not say."""

    @property
    def told(self) -> int:
        """How often the worker was told of something."""

    @property
    def door(self) -> str:
        """What the front door has for this laptop, "" for nothing."""


class Answer(Protocol):
    """What a pull brings (`wire.Pulled`)."""

    @property
    def ask(self) -> int:
        """The question that this answers."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is new, a part for each scope."""

    @property
    def lost(self) -> frozenset[str]:
        """Scopes that are here and no longer held."""

    @property
    def erased(self) -> frozenset[str]:
        """Scopes that are gone for good."""

    @property
    def more(self) -> bool:
        """Whether to ask again."""

    @property
    def unknown(self) -> frozenset[str]:
        """Scopes that were asked about from a place that the hub does not know."""

    @property
    def held_up(self) -> frozenset[str]:
        """Scopes of which the hub cannot read what comes next."""


class Hub(Protocol):
    """The team's hub, however it is reached. Each call may raise, having been heard or not."""

    def greet(self, dev: str, digest: str) -> Greeting:
        """Say who this is and what stands here."""

    def push(self, operations: Sequence[Operation]) -> Taken:
        """Send operations of this device."""

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Answer:
        """Ask for what is new."""

    def forgotten(self, claims: Sequence[tuple[str, Cursor]]) -> Sequence[int]:
        """Ask up to where the hub knows these scopes no more, by their places in the question."""

    def hand_back(self, offer: Offer) -> handing_back.Answer:
        """Hand back what it gave out and forgot."""

    def new_device(self) -> str:
        """Ask for a device id of its own: these records are a copy of others that are in use."""


@dataclass
class Synced:
    """What a sync did."""

    sent: int = 0
    received: Applied = field(default_factory=Applied)
    let_go: int = 0
    """How many people, or other things that were held, are held no more."""
    erased: int = 0
    """The people who stood here and were erased for good."""
    with_lead: int = 0
    """Of what was sent, what waits for a team lead: about somebody who is not held any more."""
    role: str = ""
    """The worker's place in the team, "" where the hub did not say."""
    role_changed: bool = False
    """Whether that is another one than the last time."""
    told: int = 0
    """How often the worker was told of something, where the hub said a role."""
    door: str = ""
    """What the front door has for this laptop, "" for nothing."""
    introduced: int = 0
    """Introductions that came by the front door and stand in records here now."""

    @property
    def moved(self) -> bool:
        """Whether anything went or came."""
        came = self.received
        return bool(self.sent or came.new or came.parked or self.let_go or self.erased)


class HeldUp(Refused):
    """The hub cannot read something that it keeps, and gives nothing of what stands behind it."""

    def __init__(self, scopes: set[str]) -> None:
        """`scopes` is of what."""
        people = len({person for one in scopes if (person := person_of(one))})
        whom = f"{people} {'person' if people == 1 else 'people'}" if people else "the team itself"
        super().__init__(
            "Not everything that is new could be fetched.",
            f"The hub cannot read something that it keeps of {whom}: what colleagues wrote of "
            "them afterwards does not come. All else was sent and fetched.",
            "Tell whoever looks after the hub: 'linkworker hub status' says which it is and what "
            "to do.",
        )


class _HubForgot(Exception):
    """The hub does not know a place up to which it gave a scope to this laptop."""


class Session:
    """Syncs one laptop with one hub. The size of pages is remembered from sync to sync."""

    def __init__(
        self,
        replica: Replica,
        hub: Hub,
        pages: Pages = Pages(),
        *,
        erases_many: bool = False,
        reads_ahead: bool = False,
    ) -> None:
        """`erases_many`: somebody here agreed that all are erased whom the hub names.

        `reads_ahead`: the hub may be asked on another thread, never on two at once.
        """
        self._replica = replica
        self._reads_ahead = reads_ahead
        self._erases_many = erases_many
        self._erasing = Erasing(replica, erases_many)
        self._hub = hub
        self._pages = pages
        self._page = pages.first
        self._asked = 0
        self._held_up: set[str] = set()
        self._let_go: set[str] = set()
        """Whom this laptop let go of, each once: a person has several scopes."""
        self.synced = Synced()
        """What the last sync did, also where it was cut short."""

    def sync(self) -> Synced:
        """Send, fetch and let go. Raises what the hub's connection raises; what was done stays."""
        self.synced = synced = Synced()
        self._erasing = Erasing(self._replica, self._erases_many)
        self._held_up, self._let_go = set(), set()
        try:
            hello = self._hub.greet(self._replica.device(), self._replica.digest())
            synced.role, synced.told, synced.door = hello.role, hello.told, hello.door
            self._replica.greeted(hello.epoch, hello.last_n)
            claims = self._replica.claims()
            if hello.same and not claims and not self._replica.unsent(1):
                self._replica.went_through()
                return synced
            try:
                self._exchange(claims, synced)
            except _HubForgot:
                hello = self._hub.greet(self._replica.device(), self._replica.digest())
                self._replica.begin_anew(hello.epoch, hello.last_n)
                try:
                    self._exchange(self._replica.claims(), synced)
                except _HubForgot as forgot:  # put back once more in this very moment
                    raise Disagrees(str(forgot)) from None
        except Exception:
            self._page = max(self._pages.smallest, self._page // 2)
            raise
        self._erasing.said()
        if self._held_up:
            raise HeldUp(self._held_up)
        return synced

    def _exchange(self, claims: list[Claim], synced: Synced) -> None:
        """Hand back, send and fetch. Raises `_HubForgot`."""
        self._hand_back(claims)
        try:
            self._push_and_pull(synced)
        except Forked as fork:
            self._go_on_as_another(fork.n, synced)
            self._push_and_pull(synced)
        self._replica.went_through()

    def _go_on_as_another(self, first_n: int, synced: Synced) -> None:
        """Take a device id of its own, from the first number on that the hub knows differently.

        Where the hub holds all that was written here, only what is typed from now on is renumbered:
        also what is typed while the id is asked for, whatever its number.
        """
        try:
            if self._push(synced):
                first_n = 1
        except Forked as fork:
            first_n = min(first_n, fork.n)
        self._replica.go_on_as(self._hub.new_device(), first_n)

    def _hand_back(self, claims: list[Claim]) -> None:
        """Hand back what a hub that was put back from a backup gave out once and forgot.

        First of all: afterwards it may say that somebody is not held here any more.
        """
        claims = [one for one in self._still_met(claims) if one.seq]
        if not claims:
            return
        asked = [(claim.scope, Cursor(claim.seq, claim.checksum)) for claim in claims]
        forgotten = set(self._hub.forgotten(asked))
        for number, claim in enumerate(claims):
            operations = self._replica.given(claim) if number in forgotten else []
            while operations and claim.seq:
                offer = self._replica.offer(claim, operations, self._page)
                if offer is None:
                    break
                claim = self._replica.looked_at(claim, offer, self._hub.hand_back(offer))
                self._page = min(self._pages.largest, self._page * 2)
            if claim.seq:
                self._replica.looked_at(claim)

    def _still_met(self, claims: list[Claim]) -> list[Claim]:
        """Return the claims, whole where the hub has forgotten what was handed back of them."""
        met = [one for one in claims if one.met[0]]
        if not met:
            return claims
        gone = set(self._hub.forgotten([(one.scope, Cursor(*one.met)) for one in met]))
        again = {
            (one.epoch, one.scope): self._replica.look_anew(one)
            for number, one in enumerate(met)
            if number in gone
        }
        return [again.get((one.epoch, one.scope), one) for one in claims]

    def _push_and_pull(self, synced: Synced) -> None:
        self._push(synced)
        self._pull(synced)

    def _push(self, synced: Synced) -> bool:
        """Send until nothing is left; False where the hub takes no more of it."""
        while page := self._replica.unsent(self._page):
            taken = self._hub.push(page)
            self._replica.acknowledged(taken)
            synced.sent += len(taken.numbered)
            void = {op.n for op in page if op.kind == "void"}
            synced.with_lead += sum(not seq and n not in void for n, seq, _ in taken.numbered)
            if not taken.numbered:
                return False
            self._page = min(self._pages.largest, self._page * 2)
        return True

    def _pull(self, synced: Synced) -> None:
        ahead = Ahead(self._ask)
        try:
            self._take_all(synced, ahead)
        finally:
            ahead.rest()  # the line is nobody else's now

    def _ask(self, place: Place) -> Answer:
        self._asked += 1
        cursors, known = place
        answer = self._hub.pull(self._asked, cursors, known, self._page)
        self._replica.look_at(answer.parts)
        return answer

    def _take_all(self, synced: Synced, ahead: Ahead[Answer]) -> None:
        again, late, idle = True, 0, 0
        doubted: set[str] = set()
        while again:
            stood, known = self._replica.cursors(), self._replica.known_scopes()
            answer = ahead.answer((stood, known)) or self._ask((stood, known))
            if answer.ask != self._asked:
                late += 1
                if late == MOST_LATE_ANSWERS:
                    raise OnlyLateAnswers
                continue
            again = answer.more
            self._held_up |= answer.held_up
            self._erasing.erase(answer.erased)
            synced.erased = len(self._erasing.gone)
            if answer.unknown:
                raise _HubForgot(min(answer.unknown))  # before anything is let go of
            self._page = min(self._pages.largest, self._page * 2)
            if self._reads_ahead and again and not (answer.lost or answer.erased):
                ahead.ask((stood, known), answer.parts)
            try:
                applied, differing = self._replica.take(answer.parts)
            except NotSentYet as met:  # somebody wrote there while it was fetched
                applied, differing = met.applied, []
                ahead.rest()
                if not self._push(synced):
                    raise Disagrees(met.scope) from None
                again = True
            synced.received.add(applied)
            for scope in differing:
                if scope in doubted:
                    raise Disagrees(scope)
                doubted.add(scope)
                again = True
            for scope in sorted(answer.lost):
                if self._replica.let_go(scope):
                    self._let_go.add(person_of(scope) or scope)
                    synced.let_go = len(self._let_go)
                elif self._push(synced):
                    again = True
            nothing_moved = (stood, known) == (
                self._replica.cursors(),
                self._replica.known_scopes(),
            )
            idle = idle + 1 if nothing_moved else 0
            if again and idle == MOST_IDLE_ANSWERS:
                raise Disagrees("")
