"""What a chapter's cells call. Knows ledger and IPython; knows no Sphinx and no study."""

from bookbuild.page.show import figure, listing, marks, notice, numbers, paragraph, table

__all__ = ["figure", "listing", "marks", "notice", "numbers", "paragraph", "table"]
