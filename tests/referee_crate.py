"""Another's judgement of an RO-Crate: roc-validator, without a network."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rocrate.vocabs import RO_CRATE
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

# The package rocrate carries a later context than 1.1's; every term that a crate of ours uses means the same in both.
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILES = ("ro-crate-1.1", "process-run-crate-0.5")


def _answer(requester: HttpRequester, address: str, **_: Any) -> SimpleNamespace:
    assert address == CONTEXT, f"{address} is asked of the network"
    return SimpleNamespace(status_code=200, headers={"Content-Type": "application/ld+json"}, json=lambda: RO_CRATE)


def problems(crate: Path, folder: Path, level: str = "REQUIRED") -> set[str]:
    """The names of the checks that a crate does not pass; `folder` is for what the validator keeps."""
    found = set()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the referee's own packages
        patch.setattr(HttpRequester, "get", _answer, raising=False)
        for profile in PROFILES:
            settings = ValidationSettings(
                rocrate_uri=str(crate),
                profile_identifier=profile,
                requirement_severity=Severity[level],
                offline=True,
                cache_path=folder / "cache",
            )
            found |= {issue.check.name for issue in services.validate(settings).get_issues()}
    return found
