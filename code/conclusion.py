# ---
# jupyter:
#   inputs:
#   - data/published/*.csv
#   - data/context/*.csv
#   jupytext:
#     cell_metadata_filter: tags
#     notebook_metadata_filter: inputs,-jupytext.text_representation.jupytext_version,-jupytext.default_lexer
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Besluit

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import figures
from leerwerk.exhibits import conclusion

page.numbers("conclusion")
page.borrowed(
    "introduction.decree.year",
    "micro.ibal.vsv",
    "micro.ibal.nec",
    "micro.brug.selection",
    "micro.bonus.absence",
    "meso.guidance.learning_results",
    "meso.workplace_learning.wellbeing",
    "macro.contracts.oao",
    "macro.ending.experience",
    "macro.recognition.approved_share",
)

# %% [markdown]
# **In het kort.** De presentatie trekt een besluit per niveau: jongeren hebben vaak een aanloop nodig, begeleiding is de voorwaarde voor goede resultaten, en of het decreet meer leerwerkplekken oplevert, is niet duidelijk. Van de {glue:}`conclusion.claims.all` uitspraken konden wij er {glue:}`conclusion.claims.reproduced` herberekenen en bevestigen. {glue:}`conclusion.claims.inconsistent` uitspraken passen niet bij de steekproef die hun slide noemt, en {glue:}`conclusion.claims.not_recomputable` zijn met wat gepubliceerd is niet te herberekenen.
#
# (conclusions)=
# ## Drie besluiten
#
# ### Micro: een aanloop naar het werk
#
# De jongeren in leren en werken beschikken vaak over arbeidsattitudes en vaardigheden die {glue:}`conclusion.micro.run_up` liggen dan het werk vraagt: ze hebben nog een aanloop nodig. Organisatoren moeten daarom het mandaat krijgen om als brugfiguur op te treden.
#
# *Waar dit op steunt.* Met IBAL ligt vroegtijdig schoolverlaten {glue:}`micro.ibal.vsv` en doorstroom naar het NEC {glue:}`micro.ibal.nec`, maar wie instapt had vooraf vooruitzichten die {glue:}`micro.brug.selection` lagen. Geen van die drie uitspraken is met openbare gegevens na te rekenen. Dat problematische afwezigheid met bonus {glue:}`micro.bonus.absence` ligt, is dat wel.
#
# ### Meso: begeleiding als voorwaarde
#
# Mentoring en coaching, succeservaringen en continuïteit zijn de voorwaarden voor optimale leerprestaties; vroegtijdig schoolverlaten ligt dan {glue:}`conclusion.meso.early_leaving`. Ook een kwaliteitsvolle leerwerkplek kan aan die voorwaarden voldoen.
#
# *Waar dit op steunt.* De leerresultaten liggen volgens de presentatie {glue:}`meso.guidance.learning_results` en het welzijn op de werkplek {glue:}`meso.workplace_learning.wellbeing`. Dat zijn bevindingen uit gesprekken en literatuur. Experimenten elders maken ze aannemelijk, zie [Meso](experiments).
#
# ### Macro: garanties, maar voor hoeveel leerwerkplekken?
#
# De overeenkomsten van het decreet van {glue:}`introduction.decree.year` moeten de garanties op een kwaliteitsvolle leerwerkplek {glue:}`conclusion.macro.guarantees` leggen. Of dat ook meer leerwerkplekken en leerlingen overhaalt om in te stappen, noemt de presentatie zelf onduidelijk.
#
# *Waar dit op steunt.* De OAO is goed voor {glue:}`macro.contracts.oao` van de overeenkomsten en {glue:}`macro.recognition.approved_share` van de aanvragen tot erkenning is goedgekeurd. Daartegenover staat dat {glue:}`macro.ending.experience` van de leerwerkplekken een stopzetting meemaakte.
#
# (scorecard)=
# ## Hoeveel houdt stand?

# %% tags=["hide-input"]
page.figure(conclusion.summary(), figures.summary)

# %% [markdown]
# - **Gereproduceerd** ({glue:}`conclusion.claims.reproduced`): herberekend uit gepubliceerde cijfers of openbare reeksen, met dezelfde uitkomst.
# - **Consistent** ({glue:}`conclusion.claims.consistent`): niet te herberekenen, maar een toets die had kunnen falen, faalde niet.
# - **Niet consistent** ({glue:}`conclusion.claims.inconsistent`): die toets faalde. [Macro](sample-fit) legt uit wat dat betekent.
# - **Gegeven** ({glue:}`conclusion.claims.given`): kenmerken van een programma of van het onderzoek zelf, geen schattingen.
# - **Niet te herberekenen** ({glue:}`conclusion.claims.not_recomputable`): de gegevens zijn niet openbaar, of er is niets gemeten. De reden staat bij elke uitspraak in de [Verantwoording](claims.md).
#
# Dat veel niet te herberekenen is, maakt het niet onwaar. Het betekent dat een lezer het op gezag moet aannemen. Met de leerlingengegevens, de noemers achter de percentages en de groepsgroottes zou het grootste deel wel na te rekenen zijn.
#
# (contact)=
# ## Meer weten
#
# De presentatie eindigt met het adres van haar auteur, Sofie Cabus van HIVA-KU Leuven. De volledige rapporten zijn die over de procesevaluatie {cite}`wouters-2020` en over de programma's {cite}`onderwijs-902`. Vragen over dit boek en zijn berekeningen horen bij de makers van het boek, niet bij HIVA.
