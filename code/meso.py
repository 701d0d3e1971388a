# Gemaakt uit chapters/meso.md door make twins (inhoud 29591ea0951e): wijzig het hoofdstuk, niet dit bestand. -*- coding: utf-8 -*-
# ---
# jupyter:
#   description: 'Mentoring en coaching op goede leerwerkplekken: welke drie partners
#     de jongere begeleiden, welke randvoorwaarden gelden en wat een Nederlands experiment
#     vond.'
#   inputs:
#   - data/published/claims.csv
#   - data/published/guidance.csv
#   - data/context/*.csv
#   - data/trials/*.csv
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
# # Meso: kwaliteitsvolle leerwerkplekken creëren en engageren

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.meso import exhibits, figures

page.numbers(study.numbers("meso"))

# %% [markdown]
# **In het kort.** Volgens HIVA-KU Leuven hebben opleidingsverstrekkers, organisatoren en leerwerkplekken elk een rol in mentoring en coaching. Belangrijke randvoorwaarden zijn een mandaat, een mentor, succeservaringen en continuïteit. Randvoorwaarden staan niet (altijd) vast. Een decreet kan wel aspecten van de opleidingen vastleggen, om zo naar kwaliteit te streven.

# %% tags=["hide-input"]
page.figure(exhibits.who_guides(), figures.who_guides)

# %% [markdown]
# (meso-level)=
# (three-to-tango)=
# ## Trajectbegeleiders en begeleiders van BRUG en IBAL zijn belangrijk als spilfiguren
#
# Op mesoniveau gaat het om het creëren en engageren van kwaliteitsvolle leerwerkplekken. HIVA-KU Leuven wijst daarbij op de rol van mentoring en coaching. Opleidingsverstrekkers, organisatoren en de {term}`leerwerkplek` hebben daarin elk een rol. '[It takes three to tango]{.language-en}', zeggen de onderzoekers. In onze lezing zijn dat {glue:}`meso.mentoring.parties.word` partners rond de jongere.
#
# Trajectbegeleiders en begeleiders van BRUG en IBAL zijn belangrijk als spilfiguren voor jongeren. Een belangrijke randvoorwaarde is het mandaat van brugfiguur. Een brugfiguur slaat, in onze woorden, de brug tussen jongere, school en werkgever.
#
# ## Werkplekleren versterkt vaardigheden en welzijn; de mentor is een belangrijke randvoorwaarde
#
# Leren op de werkplek versterkt volgens HIVA-KU Leuven niet alleen de vaardigheden van jongeren, maar ook hun welzijn. Een belangrijke randvoorwaarde is de {term}`mentor` (in onze woorden: de medewerker die de jongere op de leerwerkplek opleidt).
#
# (conditions)=
# ## Succeservaringen en continuïteit zijn randvoorwaarden om te bouwen aan zelfvertrouwen en motivatie
#
# Bouwen aan zelfvertrouwen, motivatie, identificatie en betrokkenheid dient volgens HIVA-KU Leuven om tot optimale leerresultaten te komen. Belangrijke randvoorwaarden zijn succeservaringen en continuïteit in de begeleiding. Ander onderzoek: een kwalitatief literatuuroverzicht over mentoring en schooluitval {cite}`fehervari-2023`.
#
# (what-can-go-wrong)=
# ## De voorwaarden voor optimale leerresultaten staan niet (altijd) vast
#
# Volgens HIVA-KU Leuven staan de randvoorwaarden niet (altijd) vast:
#
# - steun uit de omgeving en succeservaringen kunnen ontbreken;
# - een positieve relatie met begeleiders kan uitblijven;
# - jongeren kunnen persoonlijke problemen hebben.
#
# Toch kan een decreet bepaalde aspecten van alternerende opleidingen vastleggen, om zo te streven naar opleidingen van goede kwaliteit. Daarover gaat [Macro](macro.md). Stand 2020; het stelsel is sindsdien veranderd.
#
# (experiments)=
# ## Een Nederlands experiment: intensieve coaching deed de uitval dalen
#
# Dit is ander onderzoek, in een ander land. Het lot bepaalde wie in het Nederlandse middelbaar beroepsonderwijs (mbo) een jaar lang intensieve coaching kreeg {cite}`cpb-224`. Ongeveer {glue:}`meso.coaching.pupils` leerlingen deden mee. Coaches hielpen bij persoonlijke problemen en studiekeuze, ook thuis en op de stageplaats. Met coaching haakte {glue:}`meso.coaching.treated` af, zonder {glue:}`meso.coaching.control`: een verschil van {glue:}`meso.coaching.difference.marked`.
#
# Onze kanttekening: die begeleiding was veel intensiever dan de vermelde gemiddeld {glue:}`meso.coaching.ibal_hours` van IBAL. Het experiment toont dat coaching uitval kan verminderen, niet dat BRUG of IBAL dat doen.
#
# (trials)=
# ## Elders hielpen programma's gemiddeld, met grote verschillen
#
# In {glue:}`meso.trials.count` proeven, de meeste Amerikaans, bepaalde het lot wie begeleiding, een traject, een andere school of geld aangeboden kreeg. Bij hen lag het aandeel met een diploma (of gelijkwaardig), of nog op school, gemiddeld {glue:}`meso.trials.mean.marked` hoger (95%-interval: {glue:}`meso.trials.mean.interval`). In een nieuwe proef kan het werkelijke verschil van {glue:}`meso.trials.another.interval` gaan. Enkel coaching en mentoring: {glue:}`meso.trials.coaching` ({glue:}`meso.trials.coaching.interval`); zonder de gunstigste proef, van de stichting achter het programma, {glue:}`meso.trials.coaching_without`.

# %% tags=["hide-input"]
page.figure(exhibits.trials_elsewhere(), figures.trials_elsewhere)

# %% [markdown]
# Kleine proeven van Check & Connect (schoolverlaten) en Quantum vonden een significant verschil, de grootste niet. Met een andere uitkomst: mentoren brachten meer Deense jongeren met een uitkering in opleiding; begeleiding gaf in één Franse proef minder contractbreuken, elders niet. Zonder loting: Nederlandse coaching en duale trajecten gingen samen met minder uitval; van uitbreiding van Duitse ESF-begeleiding en een Nederlandse bonus voor regio's is geen effect gevonden. [Zo rekenden wij](trials-method).
#
# <details class="more">
# <summary>Welke studies niet meetellen, en waarom</summary>

# %% tags=["remove-input"]
page.table(exhibits.studies_left_out())

# %% [markdown]
# </details>

# %% tags=["remove-input"]
from bookbuild.page import recomputed

recomputed.fold(study.LEDGER, "meso")
