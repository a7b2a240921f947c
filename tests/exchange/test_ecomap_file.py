"""The ecomap as a picture to print: what stands on it, what never does unasked, and its file."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as Tree

import pytest

from linkworker import folders
from linkworker.caseload import connections, support
from linkworker.caseload.ecomap import Node
from linkworker.caseload.people import add_person
from linkworker.exchange.ecomap_file import NothingAround, Wanted, save_ecomap
from linkworker.exchange.ecomap_picture import SVG, Map, ecomap_picture
from linkworker.exchange.given_file import NoSuchFolder
from tests.shared_data import shared_data


def texts(page: str) -> list[str]:
    return [one.text or "" for one in Tree.fromstring(page).iter(f"{{{SVG}}}text")]


def count(page: str, tag: str) -> int:
    return sum(1 for _ in Tree.fromstring(page).iter(f"{{{SVG}}}{tag}"))


@pytest.fixture
def around(store, terry):
    """Pat and a son long ago, a bike club now."""
    with store.write("around Terry", person=terry) as tx:
        support.begin(tx, terry, on=date(2026, 3, 2))
        pat = connections.add_tie(tx, terry, "Pat Beasley", relationship="daughter", how="close")
        connections.say_how_near(tx, terry, "close", tie_id=pat, on=date(2026, 3, 3))
        son = connections.add_tie(tx, terry, "Gary Beasley", relationship="son")
        connections.say_how_near(tx, terry, "strained", tie_id=son, on=date(2026, 3, 3))
        connections.add_connection(
            tx, terry, "Barwell bike club", stage="went once", words="Ray took him"
        )
    return terry


def saved(store, person, folder, **wanted):
    place = folder / "map.svg"
    left_out = save_ecomap(store, person, place, Wanted(**wanted))
    return place.read_text(encoding="utf-8"), left_out


def test_the_person_is_in_the_middle_then_and_now_side_by_side(store, around, tmp_path):
    page, left_out = saved(store, around, tmp_path, safe_at_home=True, strained=True)
    said = texts(page)
    assert [one for one in said if one.startswith(("Then", "Now"))] == [
        "Then, Mon 30 Mar",
        "Now, Fri 27 Nov",
    ]
    assert said.count("Terry") == 2
    assert said.count("Pat Beasley") == said.count("Gary Beasley") == 2
    assert said.count("Barwell bike club") == 1
    assert [one for one in said if one.startswith("new")] == ["new, group, went once,"]
    assert {"close", "strained", "thin", "group", "family, friend or neighbour"} <= set(said)
    assert left_out == 0


def test_strained_ties_never_print_unasked(store, around, tmp_path):
    page, left_out = saved(store, around, tmp_path, safe_at_home=True)
    assert "Gary" not in page
    assert "strained" not in page
    assert left_out == 1


def test_where_it_is_not_known_to_be_safe_at_home_nobody_is_named(store, around, tmp_path):
    page, _ = saved(store, around, tmp_path, strained=True)
    assert not any(name in page for name in ("Pat", "Gary", "Ray"))
    assert {"daughter", "son", "a group"} <= set(texts(page))
    assert "bike" not in page


def test_a_home_that_may_not_be_safe_reads_of_no_refuge_no_number_and_no_address(
    store, around, tmp_path
):
    with store.write("what was typed where it does not belong") as tx:
        connections.add_tie(tx, around, "Colin", relationship="Ray's brother Colin 07700 900123")
        connections.add_connection(tx, around, "A refuge, 14 Mill Lane", kind="service",
                                   stage="in touch")  # fmt: skip
    page, _ = saved(store, around, tmp_path, strained=True)
    assert not any(words in page for words in ("refuge", "Mill", "07700", "Colin", "Ray"))
    assert {"a service", "somebody"} <= set(texts(page))


def test_the_audit_keeps_that_it_was_given_out_and_nothing_is_written_over(store, around, tmp_path):
    saved(store, around, tmp_path)
    with store.read() as tx:
        given = tx.rows("SELECT person_id FROM audit_event WHERE what = 'exported'", ())
    assert given == [(around,)]
    with pytest.raises(folders.AlreadyThere):
        saved(store, around, tmp_path)
    with pytest.raises(NoSuchFolder):
        saved(store, around, tmp_path / "nowhere")
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM audit_event WHERE what = 'exported'", ()) == 1


def test_of_somebody_with_nobody_around_no_picture_is_made(store, tmp_path):
    with store.write("Dean") as tx:
        dean = add_person(tx, called="Dean")
        connections.add_tie(tx, dean, "an ex", how="strained")
    with pytest.raises(NothingAround):
        saved(store, dean, tmp_path)
    assert list(tmp_path.glob("*.svg")) == []


def node(name: str, said: str = "", *, tie: bool = True, how: str = "steady", kind: str = ""):
    return Node("", tie, name, said, how, False, False, False, kind)


def test_what_people_write_is_text_and_never_markup():
    hostile = [
        "</text><script>alert(1)</script>",
        '" onload="alert(1)',
        "&lt;&#x3c;",
        "\x00\x1b[2J\ufffe",
        "‮txet",
        "\ud800",
    ]
    naughty = [
        *hostile,
        *map(
            str,
            json.loads(
                (shared_data("people") / "naughty_strings.json").read_text(encoding="utf-8")
            ),
        ),
    ]
    page = ecomap_picture("<b>", [Map("Now", [node(one, one) for one in naughty])])
    tags = {one.tag.removeprefix(f"{{{SVG}}}") for one in Tree.fromstring(page).iter()}
    assert tags <= {"svg", "title", "desc", "rect", "circle", "line", "path", "polygon", "text"}
    names = {name for one in Tree.fromstring(page).iter() for name in one.attrib}
    assert not any(name.startswith("on") for name in names)


def test_sixty_around_one_person_do_not_stand_on_each_other():
    many = [node(f"Cousin {number}", "cousin, at weddings") for number in range(60)]
    page = Tree.fromstring(ecomap_picture("Terry", [Map("Now", many)]))
    downs = sorted(
        float(one.attrib["y"])
        for one in page.iter(f"{{{SVG}}}text")
        if "Cousin" in (one.text or "")
    )
    assert len(downs) == 60
    assert min(b - a for a, b in pairwise(downs)) > 40
    _, _, _, height = map(float, page.attrib["viewBox"].split())
    assert downs[-1] < height


def test_each_kind_has_a_shape_of_its_own():
    def shapes(one: Node) -> tuple[tuple[str, str], ...]:
        page = Tree.fromstring(ecomap_picture("T", [Map("Now", [one])]))
        drawn = [each for each in page.iter() if each.attrib.get("stroke-width") == "2"]
        return tuple((each.tag, each.attrib.get("points", "")) for each in drawn)

    kinds = ("group", "place", "service", "activity")
    found = [shapes(node("a", tie=False, kind=kind)) for kind in kinds]
    assert len({*found, shapes(node("a"))}) == 5
