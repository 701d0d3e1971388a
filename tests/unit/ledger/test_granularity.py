"""Which counts and group sizes can have produced a printed percentage: cases small enough to do by hand."""

import pytest

from ledger import granularity
from ledger.granularity import Split


@pytest.mark.parametrize(
    ("text", "steps", "whole"),
    [("65,47", 6547, 10_000), ("65.47%", 6547, 10_000), (" 5 ", 5, 100), ("5,0", 50, 1000), ("100", 100, 100)],
)
def test_reading_keeps_the_digits(text, steps, whole):
    assert granularity.printed(text) == (steps, whole)


@pytest.mark.parametrize("text", ["", "%", "5,", ",5", "-5", "1 000", "bijna 5%", "vijf"])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(ValueError, match="not a printed percentage"):
        granularity.printed(text)


@pytest.mark.parametrize("text", ["101", "100,1"])
def test_more_than_everyone_is_refused(text):
    with pytest.raises(ValueError, match="more than 100%"):
        granularity.printed(text)


@pytest.mark.parametrize(
    ("percentage", "n", "counts"),
    [
        ("33", 3, [1]),  # 1/3 = 33.3
        ("67", 3, [2]),  # 2/3 = 66.7
        ("50", 3, []),
        ("12", 8, [1]),  # 1/8 = 12.5: half to even gives 12
        ("13", 8, [1]),  # and half up gives 13
        ("37", 8, []),  # 3/8 = 37.5: both rules give 38
        ("38", 8, [3]),
        ("0", 200, [0, 1]),  # 1/200 = 0.5: half to even gives 0
        ("1", 200, [1, 2]),  # half up gives 1; 3/200 = 1.5 is 2 by both
        ("99", 200, [197, 198]),  # 98.5 half up; 99.5 is 100 by both
        ("100", 200, [199, 200]),
        ("0", 1, [0]),
        ("100", 1, [1]),
        ("65,47", 938, []),  # 614/938 = 65.458, 615/938 = 65.565
        ("65,46", 938, [614]),
        ("71,88", 1280, [920]),  # 71.875, a tie that both rules round to 71.88
    ],
)
def test_counts_behind_a_percentage(percentage, n, counts):
    assert list(granularity.possible_counts(percentage, n)) == counts


def test_a_trailing_zero_narrows_the_range():
    # Of 1000: 654 +- 0.5 percent points of ten, against 654 exactly.
    assert list(granularity.possible_counts("65,4", 10_000)) == list(range(6535, 6546))
    assert list(granularity.possible_counts("65,40", 10_000)) == [6540]


def test_an_empty_group_is_refused():
    with pytest.raises(ValueError, match="at least one member"):
        granularity.possible_counts("50", 0)


@pytest.mark.parametrize(("up_to", "sizes"), [(11, [3, 6, 9]), (9, [3, 6, 9]), (8, [3, 6])])
def test_denominators(up_to, sizes):
    # 1/3; 2/6; 3/9 are 33.3, and 4/12 too, which is out of reach.
    assert granularity.possible_denominators("33", up_to) == sizes


@pytest.mark.parametrize(("percentage", "n"), [("50", 2), ("33", 3), ("37,5", 8), ("0", 1), ("1,37", 73), ("9,38", 32)])
def test_smallest_denominator(percentage, n):
    assert granularity.smallest_denominator(percentage) == n


def test_smallest_split():
    # Half of both groups, half within each: two and two.
    assert granularity.smallest_split("50", "50", "50") == Split(2, 2, range(1, 2), range(1, 2))
    assert granularity.smallest_split("50", "50", "50").total == 4


def test_both_groups_of_a_split_yield_their_own_percentage():
    # Two equal groups: with two or four members the first can be half and the second cannot be a third, with three not.
    assert granularity.smallest_split("50", "50", "33") == Split(6, 6, range(3, 4), range(2, 3))
    assert granularity.smallest_split("50", "33", "50") == Split(6, 6, range(2, 3), range(3, 4))


def test_splits_come_smallest_first_and_end_at_the_limit():
    # 33% and 67% first, so totals are multiples of three here; the first group is even, the second a multiple of four.
    splits = [(split.n_first, split.n_second) for split in granularity.possible_splits("33", "50", "25", up_to=24)]
    assert splits == [(2, 4), (4, 8), (6, 12), (8, 16)]


@pytest.mark.parametrize("of_total", ["0", "100"])
def test_both_groups_of_a_split_have_members(of_total):
    assert list(granularity.possible_splits(of_total, "50", "50", up_to=40)) == []


@pytest.mark.parametrize(
    ("parts", "possible"),
    [
        (["50", "50"], True),
        (["33", "33", "33"], True),  # three times 33.3
        (["33", "66"], False),  # needs 33.5 and 66.5, and 33.5 is never printed as 33
        (["32", "67"], False),
        (["24", "24", "24", "26"], True),  # 24.5 three times and 26.5, half to even
        (["24", "24", "25", "25"], False),
        (["50", "51"], True),  # 49.5 and 50.5, half up
        (["51", "51"], False),
        (["0", "0", "50", "51"], True),
        (["0", "0", "0", "0", "50", "52"], False),  # an empty part has nothing to give
        (["0", "100"], True),
        (["92,26", "3,24", "2,26", "2,25"], True),
        (["92,28", "3,24", "2,26", "2,25"], False),  # 0.03 too much, four halves of 0.01 are 0.02
    ],
)
def test_parts_of_one_whole(parts, possible):
    assert granularity.shares_can_add_up(parts) is possible


def test_parts_are_printed_alike():
    with pytest.raises(ValueError, match="different numbers of decimals"):
        granularity.shares_can_add_up(["50", "50,0"])
