"""What counts as a change: content, names and installed packages do, times and places outside the project do not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bookbuild.project import digest

ONE = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"  # printf 1 | sha256sum
TWO = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"


def write(path: Path, text: str) -> Path:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_known_by_their_path_and_content(tmp_path: Path) -> None:
    b, a = write(tmp_path / "x" / "b", "2"), write(tmp_path / "x" / "a", "1")
    found = digest.of_files(tmp_path, [b, a, a])
    assert list(found.items()) == [("x/a", ONE), ("x/b", TWO)]
    os.utime(a, (1, 1))
    assert digest.of_files(tmp_path, [a]) == {"x/a": ONE}


def test_files_elsewhere_keep_their_name_only_and_each_counts(tmp_path: Path) -> None:
    one, other = write(tmp_path / "p" / "a.csv", "1"), write(tmp_path / "q" / "a.csv", "1")
    root = tmp_path / "root"
    assert digest.of_files(root, [one]) == {"a.csv": ONE}
    both = digest.of_files(root, [one, other])
    assert list(both) == ["a.csv"]
    write(one, "2")
    first_changed = digest.of_files(root, [one, other])
    write(one, "1")
    write(other, "2")
    assert len({both["a.csv"], first_changed["a.csv"], digest.of_files(root, [one, other])["a.csv"], ONE}) == 4


def test_a_path_is_told_from_the_root_or_by_its_name() -> None:
    assert digest.relative(Path("/r"), Path("/r/x/a.csv")) == "x/a.csv"
    assert digest.relative(Path("/r"), Path("/r2/x/a.csv")) == "a.csv"


def test_the_order_of_keys_is_of_no_account_but_that_of_a_list_is() -> None:
    assert digest.of_value({"a": 1, "b": [1, 2]}) == digest.of_value({"b": [1, 2], "a": 1})
    assert digest.of_value([1, 2]) != digest.of_value([2, 1])
    assert digest.of_value(1) != digest.of_value("1")
    assert digest.of_value(1) == ONE
    assert digest.of_value(Path("a")) == digest.of_value("a")


def test_the_environment_is_the_lock_and_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, root = tmp_path / "site", tmp_path / "root"
    (site / "numpy-2.0.dist-info").mkdir(parents=True)
    (site / "numpy").mkdir()
    root.mkdir()
    monkeypatch.setattr("sys.path", [str(site), str(tmp_path / "gone")])

    def now() -> str:
        digest._beside.cache_clear()
        return digest.of_environment(root)

    try:
        seen = [now()]
        assert now() == seen[0]
        write(root / "requirements.txt", "numpy==2\n")
        seen.append(now())
        write(root / "requirements.txt", "numpy==3\n")
        seen.append(now())
        (site / "numpy-2.0.dist-info").rename(site / "numpy-2.1.dist-info")
        seen.append(now())
        monkeypatch.setattr("sys.version", "4")
        seen.append(now())
        assert len(set(seen)) == 5
        (site / "other").mkdir()
        assert now() == seen[-1]
    finally:
        digest._beside.cache_clear()


def test_everything_below_a_folder_counts_through_links_and_no_folder_twice(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    write(folder / "a.csv", "1")
    write(folder / "x" / ".hidden", "1")
    write(tmp_path / "disk" / "deep" / "b.csv", "1")
    (folder / "big").symlink_to(tmp_path / "disk")
    (folder / "again").symlink_to(tmp_path / "disk")
    (folder / "c.csv").symlink_to(tmp_path / "disk" / "deep" / "b.csv")
    (folder / "broken.csv").symlink_to(tmp_path / "nowhere")
    (folder / "x" / "round").symlink_to(folder)
    (folder / "itself").symlink_to(folder / "itself")
    os.mkfifo(folder / "pipe.csv")  # reading it would never end
    names = sorted(path.relative_to(folder).as_posix() for path in digest.below(folder))
    assert names == ["a.csv", "again/deep/b.csv", "c.csv", "x/.hidden"]
    assert list(digest.below(tmp_path / "nowhere")) == []


def test_only_installed_packages_have_a_version() -> None:
    found = digest.versions(["pytest", "geen-pakket"])
    assert list(found) == ["pytest"]
    assert found["pytest"] == pytest.__version__


def test_a_digest_is_shown_by_its_first_twelve_characters() -> None:
    assert digest.short(ONE) == "6b86b273ff34"
