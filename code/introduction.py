# Gemaakt uit chapters/introduction.md door make twins (inhoud a308d99dbde7): wijzig het hoofdstuk, niet dit bestand. -*- coding: utf-8 -*-
# ---
# jupyter:
#   description: Jongeren zijn vaker werkloos dan de hele beroepsbevolking. Van alternerend
#     leren, op school en op de werkplek, wordt een antwoord verwacht.
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
# # Inleiding: jongeren zijn vaker werkloos

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.introduction import exhibits, figures

page.numbers(study.numbers("introduction", "micro.study.programmes"))

# %% [markdown]
# **In het kort.** Jongeren zijn vaker werkloos dan de hele beroepsbevolking. Mogelijke verklaringen liggen volgens HIVA-KU Leuven in de moeilijke overgang van school naar werk. Volgens de memorie van toelichting moet {term}`alternerend leren`, op school en op de werkplek, een adequaat antwoord bieden op vroegtijdig schoolverlaten en jeugdwerkloosheid. Dat antwoord kan volgens het onderzoek op verschillende niveaus van het systeem worden gezocht.

# %% tags=["hide-input"]
page.figure(exhibits.youth_rates(), figures.youth_rates)

# %% [markdown]
# (youth-unemployment)=
# ## Jongeren zijn in België minstens dubbel zo vaak werkloos als de hele beroepsbevolking
#
# Volgens HIVA-KU Leuven zijn jongeren oververtegenwoordigd onder de werklozen {cite}`presentation`. Hun werkloosheidsgraad ligt in Vlaanderen, en bij uitbreiding in Europa, 'dubbel zo hoog' als die van de hele beroepsbevolking {cite}`odin-webinar`.
#
# Openbare Belgische reeksen wijzen in dezelfde richting {cite}`ctg-youth,ctg-total`. In elk jaar van {glue:}`introduction.ratio.first_year` tot {glue:}`introduction.ratio.last_year` was de werkloosheidsgraad van jongeren {glue:}`introduction.unemployment.youth` dan die van iedereen samen. Hij lag {glue:}`introduction.ratio.lowest.marked` tot {glue:}`introduction.ratio.highest.marked` keer zo hoog.
#
# (explanations)=
# ## Van wie het deeltijds beroepsonderwijs verlaat, heeft meer dan de helft geen kwalificatie
#
# De onderzoekers vinden mogelijke verklaringen in de moeilijke overgang van school naar werk. Ze noemen vroegtijdig schoolverlaten en schoolmoeheid, en vaardigheden die niet aansluiten bij de arbeidsmarkt.
#
# Over vroegtijdig schoolverlaten publiceert Statistiek Vlaanderen cijfers {cite}`vl-stat-vsv`. Een certificaat van het deeltijds beroepssecundair onderwijs (dbso) telt daarin ook als kwalificatie.

# %% tags=["hide-input"]
page.figure(exhibits.unqualified(), figures.unqualified)

# %% [markdown]
# In 2014-2015 had {glue:}`introduction.unqualified.2014` van wie het secundair onderwijs verliet, geen kwalificatie. In 2018-2019 was dat {glue:}`introduction.unqualified.2018`. In het eerste coronajaar zakte het naar {glue:}`introduction.unqualified.2019`, in 2020-2021 was het weer {glue:}`introduction.unqualified.2020`. Bij schoolverlaters uit het dbso was dat {glue:}`introduction.unqualified.dbso`, uit het voltijds beroepssecundair onderwijs (bso) {glue:}`introduction.unqualified.bso`. Onze kanttekening: daarom is het dbso nog niet de oorzaak; wie er begint, kan al een moeilijke schoolloopbaan hebben.
#
# (memorandum)=
# ## Volgens de memorie van toelichting moet alternerend leren een antwoord bieden
#
# In de memorie van toelichting van {glue:}`introduction.memorandum.date` staat dat alternerend leren en werken een adequaat antwoord moet bieden op vroegtijdig schoolverlaten en jeugdwerkloosheid (bladzijde {glue:}`introduction.memorandum.page`) {cite}`memorie-772`. Het onderzoek van HIVA-KU Leuven toont volgens de onderzoekers aan dat dit antwoord op verschillende niveaus van het systeem kan worden gezocht.
#
# (structure)=
# ## De onderzoekers zoeken dat antwoord op drie niveaus
#
# [Micro](micro.md)
# : Hoe worden jongeren naar leren en werken toegeleid, en hoe effectief zijn {glue:}`micro.study.programmes.word` programma's van het Europees Sociaal Fonds (ESF)?
#
# [Meso](meso.md)
# : Hoe ontstaan goede leerwerkplekken, hoe overtuigen we ze om mee te doen, en wat is de rol van mentoring en coaching?
#
# [Macro](macro.md)
# : Welke ervaringen zijn er met het decreet van {glue:}`introduction.decree.date`, dat bepaalde aspecten van alternerende opleidingen regelt {cite}`decreet-2016`?
#
# [Besluit](conclusion.md)
# : Wat volgt daaruit, en wat weten we nog niet?
#
# (since-introduction)=
# ## Sindsdien
#
# *Wat volgt, komt niet uit het onderzoek.*
#
# In 2021-2022 steeg het aandeel schoolverlaters zonder kwalificatie naar {glue:}`introduction.unqualified.2021`; uit het dbso was het {glue:}`introduction.unqualified.dbso_2021` {cite}`belga-2024`.
#
# Het {term}`duaal leren` verving volgens Cedefop geleidelijk het dbso en is sinds 2024-2025 het enige actieve stelsel {cite}`cedefop-dual`; volgens de Youth Wiki dooft het vorige stelsel uit tot 2026 {cite}`youthwiki-2025`. Duaal leren telde ruim {glue:}`introduction.dual.2019` leerlingen in 2019-2020 {cite}`crevits-dual` en {glue:}`introduction.dual.2022` in 2022-2023 {cite}`vrt-2023`. Begin 2025 waren het er meer dan {glue:}`introduction.dual.2025` {cite}`tvoost-2025`; Voka schrijft, zonder datum, dat het aantal al jaren rond de {glue:}`introduction.dual.employers` blijft hangen {cite}`voka-dual`. Onze kanttekening: die aantallen zijn daarom niet zomaar te vergelijken.

# %% tags=["remove-input"]
from bookbuild.page import recomputed

recomputed.fold(study.LEDGER, "introduction")
