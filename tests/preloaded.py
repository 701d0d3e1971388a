"""What a build imports before it knows its book: imported once, and shared by the builds that `warm` forks."""

import bookbuild.checks.check
import bookbuild.preview.warm  # noqa: F401
