"""What a chapter's cells call. Knows ledger and IPython; knows no Sphinx and no study."""

from bookbuild.page.show import figure, listing, marks, notice, notices, numbers, paragraph, table, tables

__all__ = ["figure", "listing", "marks", "notice", "notices", "numbers", "paragraph", "table", "tables"]
