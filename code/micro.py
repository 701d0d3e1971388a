# Gemaakt uit chapters/micro.md door make twins (inhoud 2308e7ae26fe): wijzig het hoofdstuk, niet dit bestand. -*- coding: utf-8 -*-
# ---
# jupyter:
#   description: Wat HIVA-KU Leuven vond over BRUG, IBAL en het ABO-jaar. Wie komt erin
#     terecht, wat doen ze voor school en werk, en wat weten we nog niet?
#   inputs:
#   - data/published/claims.csv
#   - data/context/*.csv
#   - data/trials/*.csv
#   - data/synthetic/*.csv
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
# # Micro: hoe jongeren naar leren en werken worden toegeleid

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.micro import exhibits, figures, findings, records, scale

page.numbers(study.numbers("micro", "meso.trials.mean"))

# %% [markdown]
# **In het kort.** IBAL-leerlingen hebben volgens HIVA-KU Leuven significant minder kans om de school vroegtijdig te verlaten en significant meer kans op werk in het normaal economisch circuit. Ook het ABO-jaar verhoogt die kans volgens hen. Hoe groot die verschillen zijn, is niet vermeld. De toeleiding naar BRUG en IBAL gebeurt volgens hen op basis van een positieve selectie, die mee aan de basis ligt van succesvolle brugprojecten.

# %% tags=["remove-input"]
page.notices(records.notices())
page.table(findings.summary())
page.tables(records.beside_published())

# %% [markdown]
# (micro-level)=
# ## Drie programma's, elk met een eigen inzet
#
# Tussen {glue:}`micro.study.start` en {glue:}`micro.study.end` onderzocht HIVA-KU Leuven hoe effectief {glue:}`micro.study.programmes.word` programma's zijn in het stelsel van leren en werken {cite}`onderwijs-902`. Het Europees Sociaal Fonds (ESF) steunde ze. Twee uitkomsten stonden centraal: vroegtijdig schoolverlaten (vsv) en doorstroom naar het normaal economisch circuit (NEC), dat is gewoon werk.
#
# (programmes)=
# - **BRUG** begeleidt jongeren van {glue:}`micro.brug.age_from` tot {glue:}`micro.brug.age_to` jaar bij het (verder) ontwikkelen van attitudes en vaardigheden voor de arbeidsmarkt ({glue:}`micro.brug.hours`). Bijkomende inzet: vroegtijdig schoolverlaten voorkomen.
# - **IBAL** geeft jongeren die in het NEC werken {glue:}`micro.ibal.hours` bijkomende begeleiding. Bijkomende inzet: duurzaam werk in het NEC.
# - **ABO** is een facultatief (vrijwillig) jaar in het buitengewoon secundair onderwijs, opleidingsvorm 3 (BuSO OV3). De instroom wordt aangemoedigd met een motivatiebonus van {glue:}`micro.abo.bonus` voor {glue:}`micro.abo.training_hours` opleiding en {glue:}`micro.abo.work_hours` werkervaring.
#
# (study-design)=
# Het onderzoek begon met een beknopte literatuurstudie in de zomer van {glue:}`micro.study.literature` en interviews in de herfst van {glue:}`micro.study.interviews`. In {glue:}`micro.study.longitudinal` volgde een longitudinaal onderzoek van {glue:}`micro.study.cohorts.word` cohorten, over de periode {glue:}`micro.study.period_from` tot {glue:}`micro.study.period_to`. In de winter van {glue:}`micro.study.focus_groups` begon de laatste fase: een samenvatting voor het beleid, met behulp van focusgroepen. Het Departement Onderwijs en Vorming en het ESF begeleidden het onderzoek.
#
# (results-brug-ibal)=
# ## De onderzoekers vonden een positieve selectie
#
# Van alle leerlingen in het deeltijds beroepssecundair onderwijs (dbso) werd volgens de onderzoekers {glue:}`micro.brug.participation` naar BRUG toegeleid; de toeleiding naar IBAL bleef beperkt: {glue:}`micro.ibal.participation`. Van de IBAL-leerlingen had {glue:}`micro.ibal.brug_before` een brugproject achter de rug.

# %% tags=["hide-input"]
page.figure(exhibits.participation(), figures.participation)

# %% [markdown]
# Volgens de onderzoekers stroomden meer mannen dan vrouwen in, en {glue:}`micro.programmes.mother_low_education` had een laagopgeleide moeder.
#
# Volgens HIVA-KU Leuven ligt de {term}`positieve selectie` bij de toeleiding mee aan de basis van succesvolle brugprojecten. Onze kanttekening: selectie maakt het moeilijker om te zeggen wat een programma zelf doet.
#
# (results-programmes)=
# ## De onderzoekers vonden bij IBAL significant minder kans op vsv en meer op gewoon werk
#
# Jongeren in IBAL hebben volgens HIVA-KU Leuven significant minder kans op vsv en significant meer op doorstroom naar het NEC. Volgens de onderzoekers vergroten BRUG en IBAL samen de kans om de ESF-prioriteiten te halen (‘continuïteit’). Over BRUG alleen is geen apart effect vermeld.
#
# Volgens de onderzoekers duurde een brugproject gemiddeld {glue:}`micro.brug.mean_hours`, een IBAL-begeleiding {glue:}`micro.ibal.mean_hours`.

# %% tags=["hide-input"]
page.figure(exhibits.hours(), figures.hours)

# %% [markdown]
# (results-abo)=
# ## De onderzoekers vonden bij ABO meer kans op NEC-werk, bij de bonus geen bijkomend effect
#
# Volgens de onderzoekers koos {glue:}`micro.abo.participation` van de leerlingen in BuSO voor het ABO-jaar. Ook ABO-leerlingen waren volgens het onderzoek vaker man dan vrouw; {glue:}`micro.abo.mother_low_education` had een laagopgeleide moeder en {glue:}`micro.abo.bonus_share` kreeg een motivatiebonus.
#
# Volgens HIVA-KU Leuven verhoogt het facultatieve jaar de kans op werk in het NEC, en heeft de motivatiebonus daarop geen bijkomend effect. Onze kanttekening: een klein effect kan aan het onderzoek ontsnapt zijn.
#
# Wie de bonus krijgt, is volgens de onderzoekers minder vaak problematisch afwezig: {glue:}`micro.bonus.absence_with` tegenover {glue:}`micro.bonus.absence_without` in de controlegroep. Het verschil: {glue:}`micro.bonus.difference.marked`. Onze kanttekening: een school schrijft dat de premie een minimum aan aanwezigheid vraagt {cite}`abo-premie`. Dan bepaalt afwezigheid ook mee wie de bonus krijgt. [Methoden](absence-by-size) gaat na of het toeval kan zijn.
#
# (sizes)=
# ## Proeven elders: gemiddeld gunstig, met grote verschillen
#
# In [proeven elders](trials), met loting, was de schooluitkomst gemiddeld {glue:}`meso.trials.mean.marked` gunstiger. Het verschil in Vlaanderen tonen ze niet.

# %% tags=["hide-input"]
page.figure(scale.sizes(), figures.sizes)

# %% [markdown]
# :::{admonition} Wat we nog niet weten
# :class: note
#
# - **De grootte.** Hoe groot de gevonden verschillen zijn, is in de bronnen niet vermeld ([wat 'significant' zegt](smallest-difference)).
# - **De groepen.** Hoeveel leerlingen onderzocht zijn, evenmin.
# - **De vergelijking.** Met wie vergeleken is, en of voor selectie gecorrigeerd is, evenmin.
#
# [Wat als we de gegevens hadden?](rehearsal.md) toont onze rekenwijze. *Stand 2020; het stelsel is sindsdien veranderd.*
# :::
#
# (micro-recomputed)=

# %% tags=["remove-input"]
from bookbuild.page import recomputed

recomputed.fold(study.LEDGER, "micro")
