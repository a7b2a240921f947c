"""Joining a team: what goes wrong leaves a laptop in the team that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import settling
from linkworker.hub.leading import A_LEAD
from linkworker.refusal import Refused
from linkworker.storage.membership import Membership
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.syncing import sync
from tests.conftest import CHEAP, PASSPHRASE
from tests.hub import places


def somebody(store: Store, called: str) -> None:
    with store.write("added somebody") as tx:
        tx.add(schema.Person(called=called))


def belongs_to(store: Store) -> Membership:
    found = store.belonging.now()
    assert found is not None
    return found


def test_a_code_that_is_not_good_leaves_a_laptop_in_its_team(store: Store, tmp_path: Path) -> None:
    other, _ = Store.create(tmp_path / "other", PASSPHRASE, worker_name="Ben", cost=CHEAP)
    with places.far(tmp_path / "hub") as place:
        own, bens = (place.hub.invite(name, "coordinator", A_LEAD) for name in ("Ann", "Ben"))
        join(store, own, place.url, "ANN-T480 " + 40 * "x")
        join(other, bens, place.url)
        before = belongs_to(store)
        with pytest.raises(Refused):
            join(store, bens, place.url)  # Ben's, and used
        assert belongs_to(store) == before
        somebody(store, "Terry")
        assert sync(store).sent
        sync(other)  # the team's own rows come, written on Ann's laptop
        with other.read() as tx:
            said = settling.laptop_said(tx, store.replica().device())
        assert said == f"on ANN-T480 {20 * 'x'}…"
        another = place.hub.invite("Ann", "coordinator", A_LEAD)
        with pytest.raises(Refused):
            join(store, another, "https://127.0.0.1:1")  # nobody is there
        somebody(store, "Joan")
        assert sync(store).sent
        join(store, own, place.url)  # typed once more: the hub answers the same
        assert store.unsent() == 0
        assert belongs_to(store).token == before.token
        join(store, another, place.url)
        somebody(store, "Hodan")
        assert sync(store).sent
    other.lock()


def test_joining_that_was_cut_off_can_be_done_again_and_is_no_team_until_then(store: Store) -> None:
    authority = "of another hub"
    token = store.belonging.begin("https://hub.example.org", authority, "hash of a secret")
    assert belongs_to(store).joined_at is None
    assert store.belonging.begin("https://hub.example.org", authority, "hash of a secret") == token
    store.belonging.joined("North team", "coordinator")
    assert belongs_to(store).joined_at
    other = store.belonging.begin("https://hub.example.org", authority, "hash of another")
    assert other != token
    assert belongs_to(store).token == token
    store.belonging.joined("South team", "coordinator")
    assert belongs_to(store).token == other
