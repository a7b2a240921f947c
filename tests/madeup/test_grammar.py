"""The grammar that puts the made-up sentences together, and the files it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from linkworker.madeup.episodes import read_episodes
from linkworker.madeup.grammar import Grammar, Scene, UnreadableSentence
from linkworker.madeup.patch import texts
from linkworker.madeup.voice import Voice


def voice(text: str, seed: int = 1) -> Voice:
    return Voice(Grammar([text]), Random(seed))


def scene(*facts: str, **words: str) -> Scene:
    return Scene(dict(words), frozenset(facts))


def test_a_slot_is_filled_and_begins_large_where_it_is_written_large() -> None:
    said = voice("== a.b\n{They} saw {name}.").say("a.b", scene(they="she", name="Pat"))
    assert said == "She saw Pat."


def test_a_symbol_within_a_sentence_is_said_in_the_same_scene() -> None:
    text = "== a.b\nWith {a.c}.\n== a.c\n<dog> {pet}\n<-dog> nobody"
    assert voice(text).say("a.b", scene("dog", pet="Bess")) == "With Bess."
    assert voice(text).say("a.b", scene()) == "With nobody."


def test_no_way_that_fits_says_nothing() -> None:
    assert voice("== a.b\n<dog> Woof.").say("a.b", scene()) == ""


def test_every_way_has_its_turn_before_one_comes_round_again() -> None:
    told = voice("== a.b\none\ntwo\nthree\nfour\nfive\nsix")
    first = [told.say("a.b", scene()) for _ in range(4)]
    assert len(set(first)) == 4


def test_a_choice_on_the_spot_takes_each_of_its_branches() -> None:
    told = voice("== a.b\nIt {rained|snowed{ a lot|}|}.")
    said = {told.say("a.b", scene()) for _ in range(60)}
    assert said == {"It rained.", "It snowed a lot.", "It snowed.", "It ."}


def test_the_gap_of_a_choice_of_nothing_is_closed() -> None:
    assert Voice.tidied("The Shed , as usual . ") == "The Shed, as usual."


def test_what_went_wrong_is_known_from_what_was_said() -> None:
    told = voice("== a.b\n<=wrong> No answer.")
    told.say("a.b", scene())
    assert told.effects == {"wrong"}


def test_the_same_seed_says_the_same() -> None:
    text = "== a.b\n{one|two|three} {four|five|six}"
    again = [voice(text, seed=7).say("a.b", scene()) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize("line", ["A {brace", "A {two words here {a|b}}", "<dog no end"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(UnreadableSentence):
        Grammar([f"== a.b\n{line}"])


# -- the files ------------------------------------------------------------------------------------

ALWAYS = frozenset(
    re.findall(
        r"\w+",
        """they them their theirs themself was is has does s goes misses crosses name me cover boss
    town city hospital home shop park library hall cafe church drink pot seat place project thing
    food kid holiday topic said past did vision by why own language interp ithem day longday month
    gleader inseat""",
    )
)
"""Slots that every scene has."""

ABOUT_A_TIE = ("they", "them", "their", "has", "s")
GROUP = ("short", "day", "place", "doing", "thing", "lthey", "lthem", "ltheir")
ONLY_WITH = {
    "kin": {"kin", *(f"k{word}" for word in ABOUT_A_TIE)},
    "kinnear": {"kin", *(f"k{word}" for word in ABOUT_A_TIE)},
    "neighbour": {"neighbour", *(f"n{word}" for word in ABOUT_A_TIE)},
    "friend": {"friend", *(f"fr{word}" for word in ABOUT_A_TIE)},
    "partner": {"partner", *(f"p{word}" for word in ABOUT_A_TIE)},
    "estranged": {"estranged"},
    "dog": {"pet"},
    "cat": {"pet"},
    "bird": {"pet"},
    "group": {"group", *(f"g{word}" for word in GROUP)},
}
"""Slots that a scene has only where a fact is true of it."""

ONLY_IN = {
    "both.": ONLY_WITH["partner"],
    "died.": {"turnday", "funeral"},
    "hospital.": {"turnday"},
    "prison.": {"turnday"},
    "back.": {"sincemonth"},
    "lost.": {"lastmonth", "triessaid"},
    "group.": ONLY_WITH["group"],
    "gave.lines": ONLY_WITH["group"],
    "step.": {"step", "done", "who", "whothem", "whose", "whohas", "whohasnt"},
    "step.kin": ONLY_WITH["kin"],
    "step.neighbour": ONLY_WITH["neighbour"],
    "hope.": {"hope"},
}
"""Slots that belong to what a symbol is said about."""


def lines_of_the_files() -> Iterator[tuple[str, str, str, set[str], set[str]]]:
    """Give each line with its file, its symbol, what must be true of it, and what was kept."""
    for name, text in texts("sentences").items():
        symbol, when, kept = "", set[str](), set[str]()
        for line in text.splitlines():
            if line.startswith("== "):
                symbol, when, kept = line[3:], set(), set()
            elif line.startswith("when:"):
                when = {word for word in line[5:].split() if word[0] != "-"}
            elif line.strip() and not line.startswith("#"):
                if line.startswith("keep "):
                    kept.add(line[5:].split(":")[0])
                head = re.match(r"\s*(?:\d )?<([^>]*)>", line)
                tags = {tag for tag in head[1].split() if tag[0] not in "-="} if head else set()
                yield name, symbol, line, tags | when, kept


def test_no_sentence_asks_for_a_word_that_its_scene_may_not_have() -> None:
    wrong = []
    for name, symbol, line, facts, kept in lines_of_the_files():
        there = set(ALWAYS) | kept | ({"by"} if name.startswith("episodes") else set())
        there = there.union(*(ONLY_WITH.get(fact, set()) for fact in facts))
        there = there.union(
            *(words for start, words in ONLY_IN.items() if symbol.startswith(start))
        )
        slots = {slot[0].lower() + slot[1:] for slot in re.findall(r"\{([A-Za-z]\w*)\}", line)}
        if symbol == "choirrow":
            there |= ONLY_WITH["group"]
        wrong += [(name, symbol, slot) for slot in slots - there]
    assert wrong == []


def test_every_symbol_that_is_named_is_there() -> None:
    files = texts("sentences")
    grammar = Grammar(text for name, text in files.items() if not name.startswith("episodes"))
    named = {
        found[0].lower() + found[1:]
        for text in files.values()
        for found in re.findall(r"\{([A-Za-z]+(?:\.\w+)+)\}", text)
    }
    assert named - grammar.symbols.keys() == set()


def test_there_is_enough_to_say() -> None:
    files = texts("sentences")
    grammar = Grammar(text for name, text in files.items() if not name.startswith("episodes"))
    assert sum(len(set(ways)) for ways in grammar.symbols.values()) > 1200
    tales = read_episodes(text for name, text in files.items() if name.startswith("episodes"))
    assert len(tales) >= 35
    assert all(len(tale.turns) > 1 for tale in tales)


def test_the_turns_of_every_tale_follow_one_another() -> None:
    files = texts("sentences")
    tales = read_episodes(text for name, text in files.items() if name.startswith("episodes"))
    assert [
        tale.key for tale in tales if sorted(tale.turns) != list(range(1, len(tale.turns) + 1))
    ] == []
