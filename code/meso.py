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
# # Meso: mentoring en coaching op de leerwerkplek

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import figures
from leerwerk.exhibits import meso

page.numbers("meso")

# %% [markdown]
# **In het kort.** Een goede leerwerkplek vraagt volgens de presentatie samenspel van {glue:}`meso.mentoring.parties` partijen: de leerling, de leerwerkplek en de opleidingsverstrekker. Begeleiders hebben een mandaat nodig, en op de werkvloer staat of valt veel met de mentor. De presentatie meet die effecten niet; een onafhankelijk Nederlands experiment vond wel minder schooluitval door coaching, {glue:}`meso.coaching.treated` tegenover {glue:}`meso.coaching.control`.
#
# (meso-level)=
# ## Kwaliteitsvolle leerwerkplekken
#
# Een leerwerkplek is meer dan een plaats in een bedrijf. De presentatie legt de sleutel bij mentoring en coaching, en ziet daarin een rol voor de opleidingsverstrekkers, voor de organisatoren van programma's als BRUG en IBAL, en voor de leerwerkplek zelf.
#
# (three-to-tango)=
# ## 'It takes three to tango'
#
# Voor een tango zijn er twee nodig, voor alternerend leren {glue:}`meso.mentoring.parties`. De leerling werkt en leert op de leerwerkplek en wordt er opgeleid door een mentor. De opleidingsverstrekker begeleidt het traject van de leerling, overtuigt de leerwerkplek van het systeem en steunt haar.

# %% tags=["hide-input"]
page.figure(meso.who_supports_whom(), figures.who_supports_whom)

# %% [markdown]
# (conditions)=
# ## Wat optimaal leren vraagt
#
# De presentatie noemt drie voorwaarden, die in elkaars verlengde liggen.
#
# - **Begeleiders als spilfiguur.** Trajectbegeleiders en begeleiders van BRUG en IBAL zijn een vast punt voor jongeren. Daarvoor hebben ze het mandaat van brugfiguur nodig.
# - **Leren op de werkplek.** Daar liggen de vaardigheden van jongeren {glue:}`meso.workplace_learning.skills` en ligt ook hun welzijn {glue:}`meso.workplace_learning.wellbeing`, op voorwaarde dat er een mentor is.
# - **Succes en continuïteit.** Succeservaringen en doorlopende begeleiding bouwen aan zelfvertrouwen, motivatie, identificatie en betrokkenheid. De leerresultaten liggen dan {glue:}`meso.guidance.learning_results`.

# %% tags=["hide-input"]
page.figure(meso.conditions(), figures.conditions)

# %% [markdown]
# Deze uitspraken komen uit gesprekken en literatuur. Er staat geen meting bij, dus valt er niets te herberekenen. Een overzicht van kwalitatief onderzoek naar mentoring en schooluitval geven Fehérvári en Varga {cite}`fehervari-2023`.
#
# (what-can-go-wrong)=
# ## Wat mis kan gaan
#
# Aan die voorwaarden is niet altijd voldaan. De presentatie noemt vier omstandigheden waarin het leren stokt.

# %% tags=["remove-input"]
page.table(meso.obstacles())

# %% [markdown]
# Toch hoeft niet alles aan het toeval te worden overgelaten. Een decreet kan bepaalde aspecten van alternerende opleidingen vastleggen om hun kwaliteit te bewaken. Daarover gaat het [volgende hoofdstuk](macro.md).
#
# (experiments)=
# ## Wat een experiment elders vond
#
# :::{admonition} Geen bevinding van de presentatie
# :class: warning
#
# Wat volgt komt uit ander onderzoek, in een ander land. We zetten het hier omdat het doet wat de presentatie niet kon: loten wie begeleiding krijgt, zodat selectie het resultaat niet kan vertekenen.
# :::
#
# In Nederland lootten onderzoekers van het Centraal Planbureau welke mbo-studenten een jaar lang intensieve coaching kregen {cite}`cpb-224`. Van de studenten zonder coaching viel {glue:}`meso.coaching.control` uit, van die met coaching {glue:}`meso.coaching.treated`. Dat is een verschil van {glue:}`meso.coaching.difference`, een risicoverhouding van {glue:}`meso.coaching.ratio`. Per {glue:}`meso.coaching.needed` gecoachte studenten bleef er één op school die anders was uitgevallen. De groepsgroottes stonden niet in onze bron; daarom geven we geen interval.

# %% tags=["hide-input"]
page.figure(meso.coaching_experiment(), figures.coaching_experiment)

# %% [markdown]
# Het experiment zegt niet dat BRUG of IBAL even goed werken: de studenten, de coaching en het stelsel verschillen. Het zegt wel dat coaching schooluitval kán verminderen.
