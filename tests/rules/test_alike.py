"""What two sentences of everyday life have in common."""

import pytest
import snowballstemmer

from linkworker.codes import everyday_stems, everyday_topics
from linkworker.rules.alike import NOTHING, Alike, words_alike


def shared(first: str, second: str) -> set[tuple[str, str, str]]:
    alike = Alike()
    return set(alike.likeness(alike.sense(first), alike.sense(second)).why)


@pytest.mark.parametrize(
    ("wish", "gift", "why"),
    [
        ("ring the bike club", "mends bicycles", ("bike", "bicycles", "bicycles")),
        (
            "somebody for the garden",
            "had an allotment for years",
            ("garden", "allotment", "gardening"),
        ),
        ("to sing again", "Sings bass in the choir", ("sing", "Sings", "")),
        ("learn English", "taught english to sailors", ("English", "english", "")),
        (
            "knit with others",
            "crochet, and patient with it",
            ("knit", "crochet", "knitting and sewing"),
        ),
    ],
)
def test_what_they_share_is_said_in_the_words_of_both(wish, gift, why):
    assert why in shared(wish, gift)


@pytest.mark.parametrize(
    ("wish", "gift"),
    [
        ("get out of the house on Saturdays", "very good with people"),
        ("somebody to help", "happy to help anybody"),
        ("", "sings"),
        ("x", "x"),
        ("🎵🎵", "‮gnis"),
    ],
)
def test_what_is_shared_by_chance_is_nothing(wish, gift):
    alike = Alike()
    assert alike.likeness(alike.sense(wish), alike.sense(gift)) == NOTHING


def test_the_same_word_weighs_more_than_a_topic():
    alike = Alike()
    wish = alike.sense("play the guitar")
    guitar, piano = (alike.likeness(wish, alike.sense(words)) for words in ("guitar", "piano"))
    assert guitar.weight > piano.weight > 0


def test_words_to_search_a_directory_with():
    assert {"allotment", "greenhouse"} <= words_alike(Alike(), ["a garden to look after"])


def test_each_topic_is_told_by_words_that_mean_something():
    alike = Alike()
    for topic, words in everyday_topics().items():
        assert all(
            topic in alike.sense(word.replace("-", " ")).topics or "-" in word for word in words
        ), topic


def test_the_stems_that_are_kept_are_those_of_the_words():
    stemmer = snowballstemmer.stemmer("english")
    for topic, words in everyday_topics().items():
        assert tuple(stemmer.stemWords(list(words))) == everyday_stems()[topic], topic
