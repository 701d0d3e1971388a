# ---
# jupyter:
#   description: 'Mentoring en coaching op de leerwerkplek: wie er moet samenspelen,
#     wat optimaal leren vraagt, wat kan mislopen en wat een Nederlands experiment vond.'
#   inputs:
#   - data/published/claims.csv
#   - data/published/links.csv
#   - data/published/statements.csv
#   - data/context/*.csv
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
# # Meso: mentoring en coaching op de leerwerkplek

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.meso import exhibits, figures

page.numbers(study.numbers("meso"))

# %% [markdown]
# **In het kort.** Een goede leerwerkplek vraagt volgens de presentatie samenspel van {glue:}`meso.mentoring.parties.word` partijen. Begeleiders hebben een mandaat nodig om brugfiguur te zijn, en op de werkvloer is de mentor een belangrijke randvoorwaarde. De presentatie meet die effecten niet; een onafhankelijk Nederlands experiment vond wel minder schooluitval door coaching, {glue:}`meso.coaching.treated` tegenover {glue:}`meso.coaching.control`.
#
# (meso-level)=
# ## Kwaliteitsvolle leerwerkplekken
#
# Een {term}`leerwerkplek` is meer dan een plaats in een bedrijf. De presentatie ziet mentoring en coaching als de sleutel, met een rol voor de opleidingsverstrekkers, voor de organisatoren van programma's als BRUG en IBAL, en voor de leerwerkplek zelf.
#
# (three-to-tango)=
# ## '[It takes three to tango]{.language-en}'
#
# Voor een tango zijn er twee nodig, voor mentoring en coaching {glue:}`meso.mentoring.parties.word`. Wie die drie zijn, staat niet in de tekst van de slide. Wij lezen: de leerling, de leerwerkplek en wie de opleiding verstrekt of organiseert. De leerling werkt en leert op de leerwerkplek en wordt er opgeleid door een mentor. De opleidingsverstrekker begeleidt het traject van de leerling, overtuigt de leerwerkplek van het systeem en ondersteunt haar.

# %% tags=["hide-input"]
page.figure(exhibits.who_supports_whom(), figures.who_supports_whom)

# %% [markdown]
# (conditions)=
# ## Wat optimaal leren vraagt
#
# De presentatie noemt drie bouwstenen, elk met haar eigen randvoorwaarde.
#
# - **Begeleiders als spilfiguur.** {term}`Trajectbegeleiders <trajectbegeleider>` en begeleiders van BRUG en IBAL zijn spilfiguren voor jongeren. Daarvoor hebben ze het mandaat van brugfiguur nodig.
# - **Leren op de werkplek.** Dat versterkt de vaardigheden van jongeren {glue:}`meso.workplace_learning.skills` en hun welzijn {glue:}`meso.workplace_learning.wellbeing`; de mentor is daarbij een belangrijke randvoorwaarde.
# - **Bouwen aan zelfvertrouwen.** Wie werkt aan zelfvertrouwen, motivatie, identificatie en betrokkenheid, komt tot betere leerresultaten {glue:}`meso.guidance.learning_results`. Succeservaringen en continuïteit in de begeleiding zijn daarvoor nodig.

# %% tags=["hide-input"]
page.figure(exhibits.conditions(), figures.conditions)

# %% [markdown]
# De slides geven bij deze uitspraken geen meting en noemen geen bron; er valt dus niets te herberekenen. Een overzicht van kwalitatief onderzoek naar mentoring en schooluitval geven Fehérvári en Varga {cite}`fehervari-2023`.
#
# (what-can-go-wrong)=
# ## Wat mis kan gaan
#
# Aan die voorwaarden is niet altijd voldaan. De presentatie noemt vier omstandigheden waarin het leren stokt.

# %% tags=["remove-input"]
page.table(exhibits.obstacles())

# %% [markdown]
# Toch hoeft niet alles van het toeval af te hangen. Een decreet kan bepaalde aspecten van alternerende opleidingen vastleggen om hun kwaliteit te bewaken. Daarover gaat het [volgende hoofdstuk](macro.md).
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
# In een Nederlands experiment bepaalde het lot welke mbo-studenten een jaar lang intensieve coaching kregen {cite}`cpb-224`. Van de studenten zonder coaching viel {glue:}`meso.coaching.control` uit, van die met coaching {glue:}`meso.coaching.treated`. Dat is een verschil van {glue:}`meso.coaching.difference`, een {term}`risicoverhouding` van {glue:}`meso.coaching.ratio`. Per ongeveer {glue:}`meso.coaching.needed` gecoachte studenten bleef er één op school die anders was uitgevallen. De groepsgroottes stonden niet in onze bron; daarom geven we geen interval.

# %% tags=["hide-input"]
page.figure(exhibits.coaching_experiment(), figures.coaching_experiment)

# %% [markdown]
# Het experiment zegt niet dat BRUG of IBAL even goed werken: de studenten, de coaching en het stelsel verschillen. Het zegt wel dat coaching schooluitval kán verminderen.
