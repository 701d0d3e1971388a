# Gemaakt uit chapters/conclusion.md door make twins (inhoud c3738e151cbb): wijzig het hoofdstuk, niet dit bestand. -*- coding: utf-8 -*-
# ---
# jupyter:
#   description: De drie besluiten van de onderzoekers over alternerend leren, wat er
#     per betrokkene wordt voorgesteld, en wat we nog niet weten.
#   inputs:
#   - data/published/*.csv
#   jupytext:
#     cell_metadata_filter: tags
#     notebook_metadata_filter: inputs,description,language,-jupytext.text_representation.jupytext_version,-jupytext.default_lexer
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
# # Besluit: aanloop, begeleiding en garanties

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.conclusion import proposals

page.numbers(study.numbers("conclusion.decree.year"))

# %% [markdown]
# **In het kort.** De onderzoekers trekken drie besluiten: over de aanloop, over begeleiding en over de overeenkomsten.
#
# (conclusions)=
# ## Drie besluiten
#
# **Een aanloop.** De doelgroep in leren en werken heeft nog vaak een aanloop nodig om over arbeidsattitudes en -vaardigheden te beschikken. Organisatoren hebben een mandaat nodig om op te treden als brugfiguren (in onze woorden: mensen die de brug slaan tussen jongere, school en werkgever).
#
# **Begeleiding als randvoorwaarde.** Mentoring en coaching, succeservaringen en continuïteit in de begeleiding zijn randvoorwaarden om tot optimale leerprestaties, en minder vroegtijdig schoolverlaten, te komen. Een kwaliteitsvolle leerwerkplek kan (ook) aan deze randvoorwaarden voldoen.
#
# **Garanties door overeenkomsten.** De overeenkomsten alternerende opleiding van het decreet van {glue:}`conclusion.decree.year` hebben als taak (meer) garanties te bieden op het creëren van kwaliteitsvolle leerwerkplekken. Of die garanties ook meer leerwerkplekken en leerlingen kunnen engageren om in te stappen, is onduidelijk.
#
# (recommendations)=
# ## Wat er wordt voorgesteld, per betrokkene
#
# Voorstellen uit de presentatie van HIVA-KU Leuven; wie wat moet doen, is meestal onze inschatting.
#
# (for-policy)=
# ### Beleid

# %% tags=["remove-input"]
page.listing(proposals.proposals("policy"))

# %% [markdown]
# (for-schools)=
# ### School of opleidingsverstrekker

# %% tags=["remove-input"]
page.listing(proposals.proposals("school"))

# %% [markdown]
# (for-counsellors)=
# ### Trajectbegeleider

# %% tags=["remove-input"]
page.listing(proposals.proposals("counsellor"))

# %% [markdown]
# (for-employers)=
# ### Werkgever of mentor

# %% tags=["remove-input"]
page.listing(proposals.proposals("employer"))

# %% [markdown]
# (inferences)=
# ## Wat wij eruit afleiden
#
# Dit stelt de presentatie niet voor. Het volgt uit een randvoorwaarde die het onderzoek noemt, of het is onze gevolgtrekking.
#
# **Beleid**

# %% tags=["remove-input"]
page.listing(proposals.inferences("policy"))

# %% [markdown]
# **School en trajectbegeleider**

# %% tags=["remove-input"]
page.listing(proposals.inferences("counsellor"))

# %% [markdown]
# **Werkgever of mentor**

# %% tags=["remove-input"]
page.listing(proposals.inferences("employer"))

# %% [markdown]
# (for-pupils)=
# ### Leerling of ouder
#
# Voor de bevraagde leerlingen was een stopzetting een verandering, geen einde van hun opleiding. Ze waren tevreden over de steun van hun begeleiders.

# %% tags=["remove-input"]
page.listing(proposals.inferences("pupil"))

# %% [markdown]
# (unknown)=
# ## Wat we nog niet weten
#
# Dit vonden wij niet in wat wij lazen; de volledige rapporten kunnen het wel vermelden.
#
# - Hoe groot de gevonden verschillen bij IBAL, BRUG met IBAL en ABO zijn, en welk deel ervan selectie is.
# - Hoeveel mensen antwoordden op de vragen over begeleiding en stopzetting.
# - Of de garanties meer leerwerkplekken en leerlingen aantrekken.
# - Of dit na 2020 nog geldt: het stelsel is sindsdien veranderd.
#
# Onze vraag aan onderzoekers:

# %% tags=["remove-input"]
page.listing(proposals.inferences("research"))

# %% [markdown]
# (contact)=
# ## Meer weten
#
# Vragen over het onderzoek? [sofie.cabus@kuleuven.be](mailto:sofie.cabus@kuleuven.be) (adres van 2020) of [hiva@kuleuven.be](mailto:hiva@kuleuven.be). Meer staat in het rapport over de procesevaluatie voor SYNTRA Vlaanderen {cite}`wouters-2020` en op de projectpagina over de programma's {cite}`onderwijs-902`. Vragen over de berekeningen horen bij de makers van dit boek, niet bij HIVA.

# %% tags=["remove-input"]
from bookbuild.page import recomputed

recomputed.fold(study.LEDGER, "conclusion")
