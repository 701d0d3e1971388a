"""The front matter of a chapter, always written in the same way: a notebook that is saved leaves the rest of the page as it was."""

from __future__ import annotations

from typing import Any

import yaml

from ledger import plain_yaml

ORDER = ("jupytext", "kernelspec", "description", "language", "inputs")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def tidy(text: str) -> str:
    """A chapter with its front matter in order: JupyterLab sorts it, wraps it, and names its own kernel.

    A page without front matter, or without a kernel, stays as it is.
    """
    head, rule, body = text.removeprefix("---\n").partition("\n---\n")
    metadata = plain_yaml.load(head) if rule and text.startswith("---\n") else None
    if not isinstance(metadata, dict) or "kernelspec" not in metadata or "file_format" in metadata:
        return text
    metadata["kernelspec"] = KERNEL
    names = sorted(metadata, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    return "\n".join(["---", *(_written(name, metadata[name]) for name in names), "---", body])


def _written(name: str, value: Any) -> str:
    if name == "inputs":
        return "\n".join(["inputs:", *(f"  - {pattern}" for pattern in value)])
    plain = yaml.safe_dump({name: value}, width=10**6, allow_unicode=True, sort_keys=False).strip()
    if isinstance(value, str) and plain.endswith("'"):
        return f"{name}: {yaml.safe_dump(value, default_style=chr(34), width=10**6, allow_unicode=True).strip()}"
    return plain
