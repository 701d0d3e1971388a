"""Sphinx over all pages, as `jupyter-book build` does it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VERBOSE = "BOOK_VERBOSE"  # set by -v: what Sphinx and MyST say of their own steps


def make(root: Path, out: Path, options: Mapping[str, Any]) -> bool:
    """Whether the pages were made without a warning: as with -n -W --keep-going, without a traceback around every message.

    Parameters
    ----------
    options
        Sphinx's settings, over those of the project.
    """
    from jupyter_book.sphinx import build_sphinx

    result = build_sphinx(
        root,
        out,
        noconfig=True,
        path_config=root / "_config.yml",
        confoverrides={
            "external_toc_path": (root / "_toc.yml").as_posix(),
            "latex_individualpages": False,
            "nitpicky": True,
            **options,
        },
        warningiserror=True,
        keep_going=True,
        quiet=not os.environ.get(VERBOSE),
    )
    return result == 0
