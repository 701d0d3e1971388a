"""What can be wrong with data that go into an estimator, each with its own name and a remedy."""

from __future__ import annotations

from leerwerk.effects.messages import worded


class Worded:
    """What is said by the name of a message and its facts, in the language of who reads it (see `messages`)."""

    def __init__(self, message: str, /, **facts: object) -> None:
        super().__init__(message)  # type: ignore[call-arg]  # that of the exception which it stands before
        self.message, self.facts = message, facts

    def __str__(self) -> str:
        return worded(self.message, self.facts)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, self.facts)


def _again(kind: type[Worded], message: str, facts: dict[str, object]) -> Worded:
    return kind(message, **facts)


class EffectsError(Worded, ValueError):
    """An effect cannot be estimated from these data; the message says why and what to do."""


class OptionError(EffectsError):
    """An option has a value that this function does not know."""


class FormulaError(EffectsError):
    """A formula cannot be read."""


class MissingColumnError(EffectsError):
    """A column that a formula names is not in the frame."""


class ColumnError(EffectsError):
    """A column is of a kind that no formula can use, or two columns have one name."""


class CategoryError(EffectsError):
    """A categorical covariate has a category without rows."""


class FrameError(EffectsError):
    """What was given as a table is none, or what was given as a column's name is none."""


class MissingValuesError(EffectsError):
    """A column has missing or infinite values; rows are never dropped silently."""


class OutcomeError(EffectsError):
    """The outcome does not fit the model: not numeric, or not 0/1 with a logit."""


class WeightsError(EffectsError):
    """Sampling weights are not all positive numbers."""


class ArmsError(EffectsError):
    """The treatment has one arm, or a category without rows."""


class ProbitArmsError(EffectsError):
    """A probit treatment model has exactly two arms."""


class ConstantCovariateError(EffectsError):
    """A covariate has one value, overall or within an arm whose outcomes it should explain."""


class CollinearCovariatesError(EffectsError):
    """A covariate is a linear combination of earlier ones."""


class SeparationError(EffectsError):
    """Covariates predict a 0/1 outcome perfectly: the coefficients have no finite estimate."""


class NoOverlapError(EffectsError):
    """Covariates predict the arm perfectly: some rows have no counterpart in another arm."""


class ConvergenceError(EffectsError):
    """The likelihood has no maximum that Newton's method can find."""


class ClusterError(EffectsError):
    """The clusters cannot carry a standard error."""


class EffectsWarning(Worded, UserWarning):
    """An estimate exists, but the reader must know something about it."""


class WeakOverlapWarning(EffectsWarning):
    """Some rows have hardly any counterpart in another arm."""


class ConstantOutcomeWarning(EffectsWarning):
    """Every row of an arm has the same outcome: its sampling error is unknown, not zero."""


class ClusterPerRowWarning(EffectsWarning):
    """Every row is its own cluster."""


class FewRowsWarning(EffectsWarning):
    """Too few rows in an arm for the large-sample argument behind the interval."""


class FewClustersWarning(EffectsWarning):
    """Too few clusters for the large-sample argument behind the interval."""


class FailedReplicatesWarning(EffectsWarning):
    """Some bootstrap replicates have no estimate."""
