"""A person's plan on paper: what stands on the page, what never does, and the file it goes into."""

from __future__ import annotations

import os
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from linkworker import folders
from linkworker.caseload import about, audit, connections, hopes, people, safety, steps
from linkworker.exchange.given_file import NoSuchFolder
from linkworker.exchange.plan_file import NothingToShow, Wanted, save_plan
from linkworker.exchange.plan_page import MADE_UP
from tests.screens.test_hostile_words import WORDS

SAFE = Wanted(safe_at_home=True, about_me=True)


class Page(HTMLParser):
    """What a page is made of: its tags, their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] not in ("style", "title"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self.words)


def saved(store, person_id, folder, wanted=SAFE) -> str:
    place = folder / "plan.html"
    place.unlink(missing_ok=True)
    save_plan(store, person_id, place, wanted)
    return place.read_text(encoding="utf-8")


def said(store, person_id, folder, wanted=SAFE) -> str:
    return Page(saved(store, person_id, folder, wanted)).text


@pytest.fixture
def planned(store, terry):
    """Terry, with a plan of which a part is agreed."""
    with store.write("a plan") as tx:
        about.add_vision(tx, terry, "Saturdays out, and being some use.")
        about.add_about_me(tx, terry, "What is most important to me", "My shed.")
        about.add_about_me(tx, terry, "My wellness", "My knees.")
        about.add_about_me(tx, terry, "People who are important to me", "My girl.")
        bikes = hopes.add_strength(tx, terry, "mends bicycles")
        hopes.agree_strength(tx, bikes, "Terry")
        hopes.add_strength(tx, terry, "patient")
        out = hopes.add_goal(tx, terry, "Get out on Saturdays")
        hopes.agree_goal(tx, out, "Terry")
        pat = connections.add_tie(
            tx, terry, "Pat", relationship="daughter", phone="01632 960555", how="close"
        )
        connections.add_tie(tx, terry, "Keith", relationship="son", how="strained")
        connections.add_connection(tx, terry, "bike club", stage="went once")

        def step(words, **more):
            made = steps.add_step(tx, terry, words, goal_id=out, **more)
            steps.agree_step(tx, made, "Terry")
            return made

        step("ring the club", who="Terry", who_does="person", by_day=date(2026, 12, 4))
        step("a lift home", who="Pat", who_tie_id=pat, who_does="family or friend")
        step("see what Keith says")
        step("write to Ray at 3 Mill Row, LE9 8EB")
        steps.settle_step(tx, step("pump up the tyres"), "done")
        hopes.add_in_the_way(tx, terry, "the bus stops at six")
        safety.add_statement(tx, terry, "risk", words="goes out early")
        safety.keep_apart(tx, terry, "took hold of an arm")
    return terry


def test_the_page_has_what_was_agreed_in_their_words_strengths_before_hopes(
    store, planned, tmp_path
):
    page = said(store, planned, tmp_path)
    order = [
        "My plan",
        "Terry Beasley",
        "As it stood on 27 November 2026",
        "Saturdays out, and being some use.",
        "My shed.",
        "mends bicycles",
        "Get out on Saturdays",
        "ring the club",
        "– me, by 4 December 2026",
        "a lift home",
        "– Pat",
        "pump up the tyres",
        "Who and what is around me",
        "– daughter",
        "bike club",
        "My knees.",
        "It was agreed with me, last on 27 November 2026. Ann wrote it down with me.",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_a_good_life_that_two_wrote_on_one_day_is_whole_on_paper_and_names_no_worker(
    store, planned, tmp_path
):
    with store.write("written apart", person=planned) as tx:
        about.add_vision(
            tx,
            planned,
            "27 Nov 2026, Ann Lee: a dog again\n27 Nov 2026, Ben: the garden, with the dog",
        )
    for wanted in (SAFE, Wanted()):
        page = said(store, planned, tmp_path, wanted)
        for words in ("Saturdays out, and being some use.", "a dog again", "the garden, with the"):
            assert words in page
        assert "Ann Lee:" not in page
        assert "Ben" not in page


@pytest.mark.parametrize("wanted", [Wanted(), SAFE])
def test_what_is_only_noted_strained_kept_apart_or_about_safety_never_prints(
    store, planned, tmp_path, wanted
):
    page = said(store, planned, tmp_path, wanted)
    for words in ("patient", "Keith", "bus stops", "goes out early", "hold of", "960555"):
        assert words not in page


def test_unless_it_is_safe_at_home_nobody_else_can_be_found_from_it(store, planned, tmp_path):
    page = said(store, planned, tmp_path, Wanted(about_me=True))
    for words in ("Pat", "Ray", "Mill Row", "LE9", "daughter", "bike club", "Ann", "My girl"):
        assert words not in page
    assert "– somebody else" in page
    assert "ring the club" in page


def test_who_saved_it_is_told_how_many_lines_were_left_out(store, planned, tmp_path):
    plan = save_plan(store, planned, tmp_path / "plan.html", Wanted())
    assert (plan.noted, plan.unsafe) == (1, 2)


def test_the_page_fetches_nothing_runs_nothing_and_names_nobody_in_its_title(
    store, planned, tmp_path
):
    text = saved(store, planned, tmp_path)
    page = Page(text)
    assert {tag for tag, _ in page.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer"),
        *("h1", "h2", "h3", "p", "ul", "li", "span", "strong"),
    }
    names = {name for _, held in page.tags for name in held}
    assert not names & {"src", "href", "style"}
    assert not any(name.startswith("on") for name in names)
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|https?:", text)
    assert "<title>My plan</title>" in text
    assert 'lang="en-GB"' in text


@pytest.mark.parametrize("words", [one for one in WORDS if one.strip()])
def test_whatever_was_said_is_words_on_the_page_and_nothing_else(store, terry, tmp_path, words):
    hostile = f"</li><script>x</script><img src=x onerror=y>&amp;{words}"
    with store.write("hostile") as tx:
        people.change_person(tx, terry, called=hostile)
        about.add_vision(tx, terry, hostile)
        made = hopes.add_strength(tx, terry, hostile)
        hopes.agree_strength(tx, made, hostile)
        step = steps.add_step(tx, terry, hostile, who=hostile)
        steps.agree_step(tx, step, hostile)
        connections.add_tie(tx, terry, hostile, relationship=hostile)
    text = saved(store, terry, tmp_path)
    assert not {"script", "img"} & {tag for tag, _ in Page(text).tags}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>x</script>" in Page(text).text


def test_large_print_has_letters_of_eighteen_points(store, planned, tmp_path):
    assert "font-size: 18pt" in saved(store, planned, tmp_path, Wanted(large_print=True))
    assert "font-size: 14pt" in saved(store, planned, tmp_path)


def test_a_made_up_plan_says_so_and_a_real_one_does_not(make_store, store, planned, tmp_path):
    assert MADE_UP not in said(store, planned, tmp_path)
    other = make_store("made up", made_up=True)
    with other.write("somebody") as tx:
        who = people.add_person(tx, called="Nobody Real")
        about.add_vision(tx, who, "To be real.")
    assert MADE_UP in said(other, who, tmp_path)


def test_only_its_owner_reads_the_file_and_the_audit_has_it(store, planned, tmp_path):
    saved(store, planned, tmp_path)
    if os.name == "posix":
        assert (tmp_path / "plan.html").stat().st_mode & 0o777 == 0o600
    with store.read() as tx:
        given = [one for one in audit.events(tx, planned) if one.what == "exported"]
    assert [one.reason for one in given] == ["A copy of the plan, for the person."]


def test_a_file_of_that_name_is_never_written_over(store, planned, tmp_path):
    there = tmp_path / "plan.html"
    there.write_text("somebody's letter")
    with pytest.raises(folders.AlreadyThere):
        save_plan(store, planned, there, SAFE)
    assert there.read_text() == "somebody's letter"
    with store.read() as tx:
        assert not audit.events(tx, planned)


def test_on_a_full_disk_no_half_of_a_page_stays_and_no_audit_says_it_was_given(
    store, planned, tiny_disk
):
    disk = tiny_disk(16)
    (disk / "filler").write_bytes(b"x" * 16 * 1024)
    with pytest.raises(folders.DiskFull):
        save_plan(store, planned, disk / "plan.html", SAFE)
    assert [one.name for one in disk.iterdir()] == ["filler"]
    with store.read() as tx:
        assert not audit.events(tx, planned)


def test_a_plan_with_nothing_agreed_is_refused_and_so_is_a_folder_that_is_not_there(
    store, terry, tmp_path
):
    with store.write("noted") as tx:
        hopes.add_strength(tx, terry, "patient")
    with pytest.raises(NothingToShow):
        save_plan(store, terry, tmp_path / "plan.html", SAFE)
    with pytest.raises(NoSuchFolder):
        save_plan(store, terry, tmp_path / "nowhere" / "plan.html", SAFE)
    assert not list(tmp_path.glob("*.html"))
