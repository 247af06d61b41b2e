"""Pseudonyms: the same id the same, in every table of a run; in order of appearance under any key; nothing of the id left."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.privacy.pseudonyms import Pseudonyms

IDS = pd.Series(["zhang", "li", None, "zhang", "007"], dtype="str")


def test_one_id_one_pseudonym_in_all_tables_of_a_run():
    veil = Pseudonyms(b"k" * 32)
    first, second = veil.of(IDS), veil.of(pd.Series(["007", "zhang", "new"], dtype="str"))
    assert first[0] == first[3] == second[1] and first[4] == second[0] and second[2] not in set(first)
    assert first.isna().tolist() == IDS.isna().tolist() and first.dtype == IDS.dtype


def test_the_same_key_gives_the_same_and_another_key_another():
    one, again, other = (Pseudonyms(key * 32).of(IDS) for key in (b"a", b"a", b"b"))
    assert one.equals(again) and not set(one.dropna()) & set(other.dropna())


@given(st.lists(st.one_of(st.none(), st.text(min_size=1, max_size=6)), max_size=12), st.binary(min_size=32, max_size=32))
def test_they_sort_as_they_appear_under_any_key_and_tell_apart_what_differs(ids, key):
    column = pd.Series(ids, dtype="str")
    veiled = Pseudonyms(key).of(column)
    assert pd.factorize(column)[0].tolist() == pd.factorize(veiled)[0].tolist()
    assert veiled.dropna().drop_duplicates().is_monotonic_increasing


def test_columns_that_are_not_there_are_passed_over():
    frame = Pseudonyms(b"k" * 32).in_columns(pd.DataFrame({"person": IDS, "event": "read"}), ("person", "salesperson"))
    assert list(frame.columns) == ["person", "event"] and not frame["person"].str.contains("zhang").any()
