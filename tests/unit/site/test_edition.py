"""The date at the foot of a page: Dutch, readable by machines, and absent where git knows nothing."""

from __future__ import annotations

from datetime import date

from bookbuild.site import edition
from bookbuild.site.edition import Edition


def test_the_date_is_dutch_and_machine_readable() -> None:
    assert Edition(date(2026, 11, 23)).html == '<time datetime="2026-11-23">23 november 2026</time>'


def test_a_page_that_changed_since_its_commit_says_so() -> None:
    assert Edition(date(2020, 3, 5), changed=True).html == (
        '<time datetime="2020-03-05">5 maart 2020</time>, met nog niet vastgelegde wijzigingen'
    )


def test_no_date_rather_than_a_false_one() -> None:
    assert (Edition().html, Edition().iso) == ("", "")
    assert edition.of({}) == edition.of({"commit": "", "day": ""}) == Edition()


def test_the_edition_follows_the_commit() -> None:
    assert edition.of({"commit": "abc", "day": "2020-03-05"}) == Edition(date(2020, 3, 5))
    assert edition.of({"commit": "abc+", "day": "2020-03-05"}) == Edition(date(2020, 3, 5), changed=True)
