"""The reveal: every guess against its outcome, on one picture and in words, kept for the record."""

from helpers.evidence.estimate import Estimate
from helpers.lesson.learner.guess_of_one import GuessOfOne
from helpers.lesson.learner.prediction import Prediction
from helpers.lesson.learner.record import in_words, record
from helpers.lesson.learner.reveal import CANT_TELL, Reveal
from helpers.lesson.learner.sheet import Sheet
from helpers.lesson.learner.yes_or_no import YesOrNo

OUTCOMES = {"many": Estimate(0.3, 0.28, 0.32, "share"), "pays": False, "step": "review"}


def said():
    guesses = {"many": Prediction("How many?", "share", 20, 40, "Many"), "pays": YesOrNo("Does it pay?", True, 70, "Pays"), "step": GuessOfOne("Which?", ["review", "file"], "file", "Step")}
    return Sheet("case/first", guesses)


def test_each_guess_has_its_sentence_and_the_picture_says_the_same():
    shown = Reveal(said(), OUTCOMES)
    assert [each.hit for each in shown.held] == [True, False, False]
    html = shown.html()
    assert html.count("<img") == 1 and 'alt="Many: A hit' in html and "1 of 2 predictions holds" in html and "Brier score is 0.49" in html


def test_what_a_log_cannot_tell_is_said():
    shown = Reveal(said(), OUTCOMES | {"many": None})
    assert shown.held[0].sentence == CANT_TELL and shown.held[0].hit is None


def test_a_part_of_a_sheet_may_be_revealed_before_the_rest():
    shown = Reveal(said(), {"pays": False})
    assert [each.short for each in shown.held] == ["Pays"] and "How many" not in shown.html()


def test_outcomes_are_kept_only_of_what_was_committed(kept):
    Reveal(said(), OUTCOMES)
    assert kept.pairs() == {}
    asked = said()
    asked.commit()
    Reveal(asked, OUTCOMES)
    assert kept.pairs()["case/first/many"] == ({"low": 20, "high": 40}, {"value": 30.0})
    found = kept.record()
    assert (found.hits, found.ranges, found.answers) == (1, 1, 1) and abs(found.brier - 0.49) < 1e-9


def test_the_record_is_told_in_plain_words(kept):
    assert "no predictions yet" in record().text
    asked = said()
    asked.commit()
    Reveal(asked, OUTCOMES)
    table = record()
    assert list(table.frame["Held"]) == ["✓ hit", "✗ wrong, Brier 0.49", "✗ miss"]
    assert table.caption == in_words(kept.record()) and "worse than a coin toss" in table.caption


def test_in_a_notebook_the_record_says_where_it_is_kept():
    assert "casebook app" in record().text
