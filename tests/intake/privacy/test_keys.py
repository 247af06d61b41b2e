"""The key: random, one per user, readable by nobody else, made once even by runs that begin together."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

from helpers.intake.privacy.keys import LENGTH, key_file, own_key


def test_made_once_and_private(tmp_path):
    file = tmp_path / "new" / "pseudonyms.key"
    key = own_key(file)
    assert len(key) == LENGTH and own_key(file) == key
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600 and [each.name for each in file.parent.iterdir()] == [file.name]


def test_runs_that_begin_together_agree(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: own_key(tmp_path / "pseudonyms.key"), range(40)))
    assert len(keys) == 1


def test_where_no_file_can_be_kept_a_key_is_made_for_the_run(tmp_path):
    (tmp_path / "taken").write_text("a file, no folder")
    assert len(own_key(tmp_path / "taken" / "pseudonyms.key")) == LENGTH


def test_its_place_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBOOK_KEY_FILE", str(tmp_path / "k"))
    assert key_file() == tmp_path / "k"
    monkeypatch.delenv("CASEBOOK_KEY_FILE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert key_file() == tmp_path / "casebook" / "pseudonyms.key"
