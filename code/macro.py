# Gemaakt uit chapters/macro.md door make twins (inhoud 66318901b223): wijzig het hoofdstuk, niet dit bestand. -*- coding: utf-8 -*-
# ---
# jupyter:
#   description: 'Het decreet over alternerende opleidingen in de praktijk: wat werd
#     vastgesteld, wat knelt en wat wordt voorgesteld, van erkenning tot stopzetting.'
#   inputs:
#   - data/published/claims.csv
#   - data/published/groups.csv
#   - data/published/overview.csv
#   - data/published/recommendations.csv
#   - data/published/slides.csv
#   - data/published/statements.csv
#   - data/context/*.csv
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
# # Macro: ervaringen met het decreet over alternerende opleidingen

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.macro import exhibits, figures

page.numbers(study.numbers("macro"))

# %% [markdown]
# **In het kort.** Leerwerkplekken, mentoren, leerlingen en begeleiders deelden met HIVA-KU Leuven hun ervaringen. Voor {glue:}`macro.guidance.heavy_task` is begeleiden een zware taak; een op de vijf heeft problemen. Voor leerlingen is een stopzetting geen einde, maar een verandering. Wij vatten de voorstellen samen: tijd, duidelijkheid en eenvoud. Stand 2020; het stelsel is [sindsdien](since) veranderd.
#
# (overview)=

# %% tags=["remove-input"]
page.table(exhibits.overview())

# %% [markdown]
# (macro-level)=
# (evaluation)=
# ## Betrokkenen deelden hun ervaringen met het decreet
#
# Op macroniveau gaat het om het decreet van 10 juni 2016, dat bepaalde aspecten van alternerende opleidingen regelt {cite}`decreet-2016`. De evaluatie peilde naar ervaringen met de erkenningsaanvraag, de overeenkomsten, de vergoeding, de financiering, het opleidingsplan, de begeleiding en de beëindiging {cite}`wouters-2020,odin-proces`.
#
# De onderzoekers gebruikten documenten, administratieve gegevens van SYNTRA Vlaanderen en vragenlijsten van {glue:}`macro.survey.recognised` erkende vestigingen, {glue:}`macro.survey.not_recognised` niet-erkende vestigingen en {glue:}`macro.survey.mentors` mentoren. Er waren gesprekken met {glue:}`macro.interviews.learners` leerlingen, {glue:}`macro.interviews.counsellors` trajectbegeleiders en {glue:}`macro.interviews.coordinators` {term}`technisch adviseurs-coördinatoren <technisch adviseur-coördinator>`. Die laatste twee groepen lezen wij als begeleiders.
#
# (motives)=
# ## Leerwerkplekken noemen drie motieven om leerlingen aan te trekken
#
# Motieven van leerwerkplekken zijn een toekomstige werknemer opleiden, eigen kennis en passie overdragen, en het vooruitzicht op aanwerving van de leerling. De onderzoekers stellen een investeringsmodel (in onze woorden: opleiden voor later) tegenover een substitutiemodel (in onze woorden: in de plaats van gewoon personeel). Ook is er een productiegeoriënteerd model.
#
# Volgens begeleiders kunnen de motieven enorm verschillen: knelpuntberoepen tegenover een overaanbod aan werknemers. Volgens begeleiders heeft dat een effect op de begeleiding. Bij een investeringsmotief horen volgens begeleiders hogere eisen en verwachtingen.
#
# (recognition)=
# ## Zeven op de acht aanvragen zijn goedgekeurd
#
# Van {glue:}`macro.recognition.requests` aanvragen is {glue:}`macro.recognition.approved_share` goedgekeurd: ongeveer {glue:}`macro.recognition.approved_count.marked` goedgekeurde aanvragen. De vermoede reden van een afkeuring is dat een leerwerkplek niet alle competenties kan aanbieden. Het {term}`attest van goed gedrag en zeden, model twee`, is een administratieve horde.
#
# (contracts)=
# ## Over overeenkomst, vergoeding en financiële steun bestaat onduidelijkheid
#
# Leerwerkplekken zijn niet altijd op de hoogte van het type overeenkomst. De ene leerling kent de inhoud van de overeenkomst beter dan de andere. Volgens begeleiders verschilt de mate van controle. (Minder) verwachtingen ten aanzien van de leerling: volgens begeleiders geschikter om leerlingen te overtuigen. Ook het onderscheid tussen duaal, deeltijds en Leertijd is volgens hen onduidelijk.
#
# (contract-types)=
# Van de overeenkomsten is {glue:}`macro.contracts.oao.marked` een overeenkomst alternerende opleiding (OAO). Dan volgen de deeltijdse arbeidsovereenkomst met Sociale Maribel (DA SM) met {glue:}`macro.contracts.da_sm.marked`, de stageovereenkomst alternerende opleiding (SAO) met {glue:}`macro.contracts.sao.marked` en de deeltijdse arbeidsovereenkomst (DA) met {glue:}`macro.contracts.da.marked`. Samen, na afronding: {glue:}`macro.contracts.sum`.
#
# (compensation)=
# ### De hoogte van de vergoeding wisselt
#
# Leerlingen noemen onderdelen van hun vergoeding: een onkostenvergoeding, vakantiegeld en kledij. Ook in natura en informeel, zoals de uitbetaling van overuren. Of leerlingen tevreden zijn, hangt af van hun referentiepunt: waarmee ze vergelijken. Over de vergoeding zijn er misverstanden, en de hoogte wisselt.
#
# Begeleiders zijn in het algemeen voorstander van een betaalde opleiding. Die is volgens hen ook een drempel om een werkgever te overtuigen.
#
# (financing)=
# ### De financiële steun is weinig bekend
#
# Leerwerkplekken kennen de financiële steun weinig: de RSZ-verminderingen, de {term}`stagebonus` en de {term}`mentorkorting`. De administratieve afhandeling is moeizaam: tijdrovend, en onduidelijk bij wie ze terechtkunnen.
#
# Begeleiders noemen het vrijmaken van uren. Hun takenpakket is uitgebreid, maar niet alle taken worden erkend. Op termijn zien zij knelpunten.
#
# (training-plan)=
# ## Het opleidingsplan is volgens begeleiders een stok achter de deur tegen routinewerk
#
# Begeleiders gaan met een overzicht van de competenties naar de leerwerkplek. De timing hangt volgens hen af van de opdrachten. Het plan is voor hen een stok achter de deur tegen routinematige basishandelingen. Over vormgeving en inhoud zijn er volgens hen onduidelijkheden.
#
# Volgens leerwerkplekken zijn weinig mentoren bij het plan betrokken. Over de inhoud zijn ze positief: haalbaar en praktijkgericht. Er komen zelfs meer competenties aan bod dan vastgelegd. Soms komen er minder aan bod: een opdracht blijft uit, er is te weinig tijd, of het is te zwaar of te moeilijk voor de leerling.
#
# (guidance-at-work)=
# ## Begeleiden is voor een meerderheid een zware taak; een op de vijf heeft problemen
#
# Voor {glue:}`macro.guidance.heavy_task` is begeleiden een zware taak, en {glue:}`macro.guidance.problems` heeft problemen. Van wie, is niet vermeld. De problemen: tijdsgebrek voor het eigen werk, administratieve belasting en de evaluatie. Er is weinig vorming en intervisie.

# %% tags=["hide-input"]
page.figure(exhibits.shares(), figures.shares)

# %% [markdown]
# Volgens leerlingen werken ze samen met hun mentor of naast elkaar, en verschilt de begeleiding. De mentor is voor hen een vertrouwenspersoon en/of een tussenpersoon.
#
# (guidance-by-provider)=
# ### De opleidingsverstrekker ondersteunt leerlingen én leerwerkplekken
#
# Leerlingen krijgen werkbezoeken en een aanspreekpunt bij problemen. Leerwerkplekken worden overtuigd van het systeem van alternerend leren en krijgen hulp bij hun erkenningsaanvraag. Door bijkomende taken en materie zijn tijd en middelen nodig voor begeleiding.
#
# (ending)=
# ## Voor leerlingen is een stopzetting geen einde, maar een verandering
#
# Van de leerwerkplekken heeft {glue:}`macro.ending.experience` ervaring met een stopzetting. Voor {glue:}`macro.ending.smooth` verloopt ze vlot. Begeleiders noemen onderling overleg, geen opzegtermijnen of verdere conflicten, en het behoud van de relatie.
#
# Voor de bevraagde leerlingen was het geen stopzetting van de opleiding, maar een verandering, met een organisch verloop. Ze zijn tevreden over de ondersteuning door hun begeleiders.
#
# In Zwitserland eindigde het leercontract vroegtijdig bij {glue:}`macro.abroad.ended` van wie in 2018 begon; {glue:}`macro.abroad.back` van hen begon opnieuw een beroepsopleiding {cite}`bfs-2023`. Vergelijk dat niet met het aandeel leerwerkplekken hierboven.
#
# <details class="more">
# <summary>Vroegtijdig beëindigd in Zwitserland, Duitsland en Frankrijk</summary>

# %% tags=["remove-input"]
page.table(exhibits.endings_abroad())

# %% [markdown]
# </details>
#
# (since)=
# ## Sindsdien: twee automatische premies, volgens Cedefop enkel duaal leren
#
# Vanaf september 2023 kwamen er twee premies in de plaats van onder meer de stagebonus en de mentorkorting: een voor de onderneming, een voor de leerling {cite}`wse-premies`. De onderneming krijgt per leerling en schooljaar {glue:}`macro.premium.without_pay`, of {glue:}`macro.premium.with_pay` als zij een vergoeding betaalt {cite}`vl-premie`. De premies worden automatisch berekend uit geregistreerde overeenkomsten {cite}`kov-premies`.
#
# Volgens het Europese agentschap Cedefop is duaal leren sinds 2024-2025 het enige actieve stelsel; de Leertijd en het deeltijds beroepssecundair onderwijs doofden uit {cite}`cedefop-dual`.
#
# <details class="more">
# <summary>Welke groep kan welk percentage geven?</summary>
#
# (sample-fit)=
# Bij deze percentages is niet vermeld hoeveel mensen antwoordden. Deze tabel toont welke groep uit de evaluatie welk percentage kan geven.

# %% tags=["remove-input"]
page.table(exhibits.possible_groups())

# %% [markdown]
# </details>

# %% tags=["remove-input"]
from bookbuild.page import recomputed

recomputed.fold(study.LEDGER, "macro")
