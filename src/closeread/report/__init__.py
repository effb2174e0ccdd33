"""One self-contained page per reading, an index over several, a fragment for notebooks. Only this package escapes."""

from closeread.report.index import IndexEntry, to_index
from closeread.report.notebook import to_notebook
from closeread.report.page import to_page

__all__ = ["IndexEntry", "to_index", "to_notebook", "to_page"]
