"""The chapters of the book, in order, each with its label: their one list, from which all that goes by chapter follows."""

CHAPTERS = {
    "introduction": "Inleiding",
    "micro": "Micro",
    "meso": "Meso",
    "macro": "Macro",
    "conclusion": "Besluit",
}
