"""The page in a real browser: by keyboard alone, without JavaScript, on a phone, and by axe-core.

Chromium is the system's own; where there is none these are skipped, saying so.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.frontdoor.doors import WELL, FrontDoor, open_door

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed on this machine"),
]

PHONE = {"width": 320, "height": 640}
"""The narrowest that WCAG 1.4.10 asks for."""
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with open_door(tmp_path_factory.mktemp("door") / "door") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """Lend a narrow page that runs no JavaScript."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_neighbour_writes_by_keyboard_alone_and_without_javascript(
    door: FrontDoor, phone: Any
) -> None:
    before = len(door.came())
    phone.goto(door.url)
    press(phone, "Tab", "Enter")  # skip to the questions
    press(phone, "Tab", "ArrowDown")  # somebody else
    press(phone, "Tab")
    phone.keyboard.type("Terry")
    press(phone, "Tab")
    phone.keyboard.type("01455 496 0123")
    press(phone, "Tab", "Tab", "Space")  # past where they live; safe to ring
    press(phone, "Tab", "Space", "ArrowDown", "Tab", "Tab")  # not to text; past writing
    press(phone, "Tab")
    phone.keyboard.type("Has not been out since the spring")
    press(phone, "Tab", "Tab", "Space")  # past their own words; they know
    press(phone, *("Tab",) * 5, "Enter")  # past who we are: send
    phone.wait_for_url("**/thanks")
    assert "We have your message" in phone.content()
    said = door.came()[-1] if len(door.came()) == before + 1 else None
    assert said is not None
    assert (said.who, said.called, said.reach) == ("somebody else", "Terry", "01455 496 0123")
    assert said.safe_to_reach == "Ring: yes, text: no."
    assert (said.reason, said.knows) == ("Has not been out since the spring", "yes")


def test_the_first_key_leaves_the_page_or_skips_to_the_questions(
    door: FrontDoor, phone: Any
) -> None:
    phone.goto(door.url)
    press(phone, "Tab")
    assert phone.locator(":focus").get_attribute("class") == "skip"
    press(phone, "Tab")
    assert phone.locator(":focus").get_attribute("class") == "exit"
    assert phone.locator(":focus").inner_text() == "Exit this page"


def test_what_is_missing_is_said_and_what_was_typed_stays(door: FrontDoor, phone: Any) -> None:
    phone.goto(door.url)
    phone.fill("#called", '<b>Terry</b> "Tel"')
    phone.click("button")
    assert phone.locator(".summary a").count() == 3  # who, how to reach them, and why
    assert phone.input_value("#called") == '<b>Terry</b> "Tel"'
    phone.click('.summary a[href="#reach"]')
    assert phone.locator(":focus").get_attribute("id") == "reach"


@pytest.mark.parametrize("path", ["/", "/cy", "/thanks", "/cy/diolch", "/nothing"])
def test_axe_finds_nothing_and_a_phone_scrolls_one_way_only(
    door: FrontDoor, page: Any, path: str
) -> None:
    page.goto(door.url + path)
    found = axe.Axe().run(page, options=STANDARD)
    assert [one["id"] for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", ["/", "/cy"])
def test_axe_finds_nothing_where_something_is_missing(
    door: FrontDoor, page: Any, path: str
) -> None:
    page.goto(door.url + path)
    page.click("button")
    assert page.locator(".summary").is_visible()
    found = axe.Axe().run(page, options=STANDARD)
    assert [one["id"] for one in found.response["violations"]] == []


def test_axe_speaks_where_something_is_wrong(door: FrontDoor, page: Any) -> None:
    page.goto(door.url)
    page.evaluate("document.querySelector('label[for=reason]').remove()")
    found = axe.Axe().run(page, options=STANDARD)
    assert [one["id"] for one in found.response["violations"]] == ["label"]


def test_each_thing_to_press_is_large_enough_for_a_thumb(door: FrontDoor, page: Any) -> None:
    page.goto(door.url)
    for one in page.locator("a:not(.skip), button, input:not(#website), textarea").all():
        box = one.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 24, one.get_attribute("id")  # WCAG 2.5.8


def test_the_page_asks_nobody_else_and_keeps_nothing(door: FrontDoor, page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    complained: list[str] = []
    page.on("console", lambda message: complained.append(message.text))
    page.goto(door.url)
    for name in ("called", "reach", "reason"):
        page.fill(f"#{name}", WELL[name])
    page.check("#who-1")
    page.check("#knows")
    page.click("button")
    page.wait_for_url("**/thanks")
    assert {url.removeprefix(door.url) for url in asked} == {"/", "/style.css", "/thanks"}
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert complained == []
    page.go_back()
    assert page.input_value("#reason") == ""  # nobody finds it behind the back key
