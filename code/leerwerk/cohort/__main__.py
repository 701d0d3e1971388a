"""`python -m leerwerk.cohort`: writes the synthetic pupil records."""

from leerwerk.cohort import records

records.write()
