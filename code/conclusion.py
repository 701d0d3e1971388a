# ---
# jupyter:
#   description: De drie besluiten van de presentatie over alternerend leren, en hoeveel
#     van haar uitspraken standhouden als ze opnieuw berekend worden.
#   inputs:
#   - data/published/claims.csv
#   - data/published/groups.csv
#   - data/published/slides.csv
#   - data/published/statements.csv
#   - data/context/*.csv
#   - data/synthetic/abo_learners.csv
#   - data/synthetic/learners.csv
#   jupytext:
#     cell_metadata_filter: tags
#     notebook_metadata_filter: inputs,description,-jupytext.text_representation.jupytext_version,-jupytext.default_lexer
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
from leerwerk import study
from leerwerk.conclusion import exhibits, figures

page.numbers(
    study.numbers(
        "conclusion",
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
)

# %% [markdown]
# **In het kort.** De presentatie trekt een besluit per niveau: jongeren hebben vaak een aanloop nodig, begeleiding is de voorwaarde voor goede resultaten, en of het decreet meer leerwerkplekken oplevert, is niet duidelijk. Van de {glue:}`conclusion.claims.all` uitspraken konden wij er {glue:}`conclusion.claims.reproduced` herberekenen en bevestigen; {glue:}`conclusion.claims.inconsistent` percentages passen niet bij de groep die wij uit hun slide opmaken. Er zijn {glue:}`conclusion.claims.calibrated` uitspraken die alleen in nagemaakte leerlingengegevens kloppen, en {glue:}`conclusion.claims.not_recomputable` die helemaal niet te herberekenen zijn.
#
# (conclusions)=
# ## Drie besluiten
#
# ### Micro: een aanloop naar het werk
#
# De doelgroep in leren en werken heeft nog vaak een aanloop nodig om over arbeidsattitudes en -vaardigheden te beschikken {glue:}`conclusion.micro.run_up`. Organisatoren hebben een mandaat nodig om als brugfiguur op te treden.
#
# *Welke uitspraken erbij horen (onze koppeling).* IBAL-leerlingen verlaten de school minder vaak vroegtijdig {glue:}`micro.ibal.vsv` en stromen vaker door naar het NEC {glue:}`micro.ibal.nec`, maar wie instapt, had vooraf al betere vooruitzichten {glue:}`micro.brug.selection`. Geen van die drie uitspraken is met openbare gegevens na te rekenen; in nagemaakte gegevens blijkt hoeveel selectie kan uitmaken. Dat problematische afwezigheid met bonus lager is {glue:}`micro.bonus.absence`, volgt uit twee gedrukte cijfers die zelf niet na te rekenen zijn.
#
# ### Meso: begeleiding als voorwaarde
#
# Mentoring en coaching, succeservaringen en continuïteit zijn de randvoorwaarden voor optimale leerprestaties en minder vroegtijdig schoolverlaten {glue:}`conclusion.meso.early_leaving`. Ook een kwaliteitsvolle leerwerkplek kan aan die voorwaarden voldoen.
#
# *Welke uitspraken erbij horen.* Volgens de presentatie komt wie aan zelfvertrouwen en motivatie werkt tot betere leerresultaten {glue:}`meso.guidance.learning_results`, en versterkt leren op de werkplek het welzijn {glue:}`meso.workplace_learning.wellbeing`. De slides geven daar geen meting bij. Eén Nederlands experiment vond minder schooluitval door coaching; over leerresultaten en welzijn zegt het niets, zie [Meso](experiments).
#
# ### Macro: garanties, maar voor hoeveel leerwerkplekken?
#
# De overeenkomsten van het decreet van {glue:}`conclusion.decree.year` moeten (meer) garanties {glue:}`conclusion.macro.guarantees` bieden op kwaliteitsvolle leerwerkplekken. Of dat ook meer leerwerkplekken en leerlingen overhaalt om in te stappen, is volgens de presentatie zelf onduidelijk.
#
# *Welke cijfers erbij horen (onze koppeling).* De OAO is goed voor {glue:}`macro.contracts.oao` van de overeenkomsten en {glue:}`macro.recognition.approved_share` van de aanvragen tot erkenning is goedgekeurd. Daartegenover staat dat {glue:}`macro.ending.experience` van de leerwerkplekken een stopzetting meemaakte.
#
# (scorecard)=
# ## Hoeveel houdt stand?

# %% tags=["hide-input"]
page.figure(exhibits.summary(), figures.summary)

# %% [markdown]
# - **Gereproduceerd** ({glue:}`conclusion.claims.reproduced`): herberekend uit gepubliceerde cijfers of openbare reeksen, met dezelfde uitkomst.
# - **Gekalibreerd** ({glue:}`conclusion.claims.calibrated`): klopt in nagemaakte leerlingengegevens die daarop gebouwd zijn. Het toont dat de berekening werkt, niet dat de bevinding juist is.
# - **Consistent** ({glue:}`conclusion.claims.consistent`): niet te herberekenen, maar een toets die had kunnen falen, faalde niet.
# - **Niet consistent** ({glue:}`conclusion.claims.inconsistent`): die toets faalde. [Macro](sample-fit) legt uit wat dat betekent.
# - **Gegeven** ({glue:}`conclusion.claims.given`): kenmerken van een programma of van het onderzoek zelf, geen schattingen.
# - **Niet te herberekenen** ({glue:}`conclusion.claims.not_recomputable`): er is niets gemeten, of de groep achter een percentage is niet gepubliceerd. De reden staat bij elke uitspraak in de [Verantwoording](claims.md).
#
# Wat niet te herberekenen is, is daarom niet onwaar. Een lezer moet het wel op gezag aannemen. Met de leerlingengegevens, de noemers achter de percentages en de groepsgroottes zou het grootste deel wel na te rekenen zijn.
#
# (contact)=
# ## Meer weten
#
# De presentatie eindigt met het adres van haar auteur, Sofie Cabus van HIVA-KU Leuven. Meer staat in het rapport over de procesevaluatie {cite}`wouters-2020` en op de projectpagina over de programma's {cite}`onderwijs-902`. Vragen over dit boek en zijn berekeningen horen bij de makers van het boek, niet bij HIVA.
