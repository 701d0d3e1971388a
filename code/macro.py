# ---
# jupyter:
#   description: 'Het decreet over alternerende opleidingen in de praktijk: wat goed
#     loopt, wat knelt en wat wordt voorgesteld, van erkenning tot stopzetting.'
#   inputs:
#   - data/published/claims.csv
#   - data/published/groups.csv
#   - data/published/overview.csv
#   - data/published/recommendations.csv
#   - data/published/slides.csv
#   - data/published/statements.csv
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
# # Macro: het decreet in de praktijk vraagt tijd, duidelijkheid en eenvoud

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.macro import exhibits, figures

page.numbers(study.numbers("macro"))

# %% [markdown]
# **In het kort.** HIVA-KU Leuven vroeg aan wie met het decreet van 2016 werkt, hoe dat gaat. Leerwerkplekken, leerlingen en begeleiders vertelden wat goed loopt en wat knelt. De voorstellen die daaruit komen, vatten wij samen: tijd voor begeleiding, duidelijkheid en eenvoud. Dit is de stand van 2020; het stelsel is [sindsdien](since) veranderd.
#
# (overview)=

# %% tags=["remove-input"]
page.table(exhibits.overview())

# %% [markdown]
# (macro-level)=
# (evaluation)=
# ## Leerwerkplekken, mentoren, leerlingen en begeleiders deelden hun ervaringen
#
# Op macroniveau gaat het om het decreet van 10 juni 2016, dat bepaalde aspecten van alternerende opleidingen regelt {cite}`decreet-2016`. De evaluatie peilde naar ervaringen met de erkenningsaanvraag, de overeenkomsten, de vergoeding, de financiering, het opleidingsplan, de begeleiding en de beëindiging {cite}`wouters-2020,odin-proces`.
#
# De onderzoekers gebruikten documenten, administratieve gegevens van SYNTRA Vlaanderen, vragenlijsten en gesprekken. Er kwamen vragenlijsten van {glue:}`macro.survey.recognised` erkende vestigingen, {glue:}`macro.survey.not_recognised` niet-erkende vestigingen en {glue:}`macro.survey.mentors` mentoren. Er waren gesprekken met {glue:}`macro.interviews.learners` leerlingen, {glue:}`macro.interviews.counsellors` trajectbegeleiders en {glue:}`macro.interviews.coordinators` {term}`technisch adviseurs-coördinatoren <technisch adviseur-coördinator>`. Die laatste twee groepen heten hier samen begeleiders; dat is onze lezing.
#
# (motives)=
# ## Leerwerkplekken willen opleiden, doorgeven en aanwerven
#
# Leerwerkplekken noemen drie motieven: een toekomstige werknemer opleiden, eigen kennis en passie overdragen, en het vooruitzicht om de jongere aan te werven. De onderzoekers stellen een investeringsmodel tegenover een substitutiemodel, en noemen ook een productiegeoriënteerd model. In onze woorden: de leerling opleiden voor later, hem in de plaats van gewoon personeel laten werken, of vooral laten produceren.
#
# Volgens begeleiders kunnen de motieven enorm verschillen: bij knelpuntberoepen liggen ze anders dan bij een overaanbod aan werknemers. Volgens begeleiders heeft dat ook een effect op de begeleiding. Een investeringsmotief gaat volgens begeleiders samen met hogere eisen en verwachtingen.
#
# (recognition)=
# ## Zeven op de acht aanvragen voor een erkenning zijn goedgekeurd
#
# Van {glue:}`macro.recognition.requests` aanvragen voor een erkenning is {glue:}`macro.recognition.approved_share` goedgekeurd. Dat zijn ongeveer {glue:}`macro.recognition.approved_count` goedgekeurde aanvragen.
#
# De vermoede reden voor een afkeuring is dat een leerwerkplek niet alle competenties kan aanbieden. Voorstel: erken leerwerkplekken ook voor onderdelen van een opleiding, en moedig rotatie aan.
#
# Het {term}`attest van goed gedrag en zeden, model twee`, is een administratieve horde. Voorstel: het attest nadien bijvoegen.
#
# (contracts)=
# ## Over overeenkomst, vergoeding en financiële steun bestaat onduidelijkheid
#
# Leerwerkplekken zijn niet altijd op de hoogte van het type overeenkomst. De ene leerling kent de inhoud van de overeenkomst beter dan de andere.
#
# Volgens begeleiders verschilt de mate van controle. (Minder) verwachtingen ten aanzien van de leerling maken een overeenkomst volgens begeleiders geschikter om leerlingen te overtuigen. Zij vinden het onderscheid tussen duaal, deeltijds en Leertijd onduidelijk. Voorstel: één concept, want dat is duidelijker voor de communicatie; de doelgroepen verschillen wel. Nog een voorstel: intervisie tussen ervaren en nieuwe begeleiders, waarbij collega's elkaar raad geven.
#
# (contract-types)=
# Van de overeenkomsten is {glue:}`macro.contracts.oao` een overeenkomst alternerende opleiding (OAO). Dan volgen de deeltijdse arbeidsovereenkomst met sociale maribel (DA SM) met {glue:}`macro.contracts.da_sm`, de stageovereenkomst alternerende opleiding (SAO) met {glue:}`macro.contracts.sao` en de deeltijdse arbeidsovereenkomst (DA) met {glue:}`macro.contracts.da`. Samen geven de afgeronde aandelen {glue:}`macro.contracts.sum`.
#
# (compensation)=
# ### De vergoeding bestaat uit onderdelen, en haar hoogte wisselt
#
# Leerlingen noemen onderdelen van hun vergoeding: een onkostenvergoeding, vakantiegeld en kledij. Een deel komt in natura of informeel, bijvoorbeeld de uitbetaling van overuren. Of leerlingen tevreden zijn, hangt af van hun referentiepunt: waarmee ze vergelijken. Voorstel: koppel de vergoeding aan de {term}`leerlijn`.
#
# Over de vergoeding bestaan bij leerlingen ook misverstanden, en de hoogte wisselt. Voorstel: een vast maandelijks bedrag.
#
# Begeleiders zijn in het algemeen voorstander van een betalende opleiding. Die is volgens hen ook een drempel om een werkgever te overtuigen. Voorstel: (financiële) prikkels om deel te nemen, en succeservaringen delen.
#
# (financing)=
# ### De financiële steun is weinig gekend, en de afhandeling is moeizaam
#
# Leerwerkplekken kennen de financiële steun weinig: de RSZ-verminderingen, de {term}`stagebonus` en de {term}`mentorkorting`. De administratieve afhandeling vinden ze moeizaam en tijdrovend, en ze vragen zich af bij wie ze terechtkunnen. Voorstel: maak de administratie eenvoudiger en transparanter.
#
# Begeleiders moeten uren vrijmaken. Hun takenpakket is uitgebreid, maar niet alle taken worden erkend. Zij zien op termijn knelpunten, met als voorstel om uren te verschuiven. Dat laatste kan ook een beschrijving zijn.
#
# (training-plan)=
# ## Het opleidingsplan is volgens begeleiders een stok achter de deur tegen routinewerk
#
# Begeleiders gaan met een overzicht van de competenties in het opleidingsplan naar de leerwerkplek. De timing hangt volgens hen af van de opdrachten. Het plan is voor hen een stok achter de deur tegen routinematige basishandelingen. Over vormgeving en inhoud zijn er volgens begeleiders onduidelijkheden. Voorstel: een duidelijker kader voor het plan.
#
# Volgens leerwerkplekken zijn weinig mentoren bij het plan betrokken. Over de inhoud zijn ze positief: haalbaar en praktijkgericht. Er komen zelfs meer competenties aan bod dan vastgelegd. Soms zijn het er minder: een opdracht blijft uit, er is te weinig tijd, of het is te zwaar of te moeilijk voor de leerling.
#
# (guidance-at-work)=
# ## Begeleiden is voor een meerderheid een zware taak; een op de vijf heeft problemen
#
# Voor {glue:}`macro.guidance.heavy_task` is begeleiden een zware taak, en {glue:}`macro.guidance.problems` heeft problemen. Van wie, is niet vermeld. De problemen zijn tijdsgebrek voor het eigen werk, administratieve belasting en de evaluatie. Voorstel: een vast en gemeenschappelijk sjabloon voor de evaluatie.

# %% tags=["hide-input"]
page.figure(exhibits.shares(), figures.shares)

# %% [markdown]
# Er is weinig vorming en intervisie. Voorstel: sensibiliseer werkgevers om mentoren tijd te geven voor begeleiding en opleiding.
#
# Volgens leerlingen werken ze samen met hun mentor of naast elkaar, en verschilt de begeleiding. De mentor is voor hen een vertrouwenspersoon en/of een tussenpersoon.
#
# (guidance-by-provider)=
# ### De opleidingsverstrekker ondersteunt leerlingen én leerwerkplekken
#
# De opleidingsverstrekker ondersteunt zowel leerlingen als leerwerkplekken. Leerlingen krijgen werkbezoeken en een aanspreekpunt bij problemen. Leerwerkplekken worden overtuigd van het systeem van alternerend leren en krijgen hulp bij hun erkenningsaanvraag. Er zijn bijkomende taken en er is bijkomende materie. Voorstel: tijd en middelen voor begeleiding.
#
# (ending)=
# ## Voor leerlingen is een stopzetting geen einde, maar een verandering
#
# Van de leerwerkplekken heeft {glue:}`macro.ending.experience` ervaring met een stopzetting. Voorstel: verbeter de matching van leerling en leerwerkplek. Voor {glue:}`macro.ending.smooth` verloopt een stopzetting vlot.
#
# Begeleiders noemen onderling overleg, geen opzegtermijnen of verdere conflicten, en het behouden van de relatie.
#
# Voor de bevraagde leerlingen was het geen stopzetting van de opleiding, maar een verandering, met een organisch verloop. Ze zijn tevreden over de ondersteuning door hun begeleiders. Voorstel: kader een stopzetting als deel van een opleiding met vallen en opstaan.
#
# (since)=
# ## Sindsdien: twee automatische premies, en alleen nog duaal leren
#
# Dit is van na het onderzoek. Vanaf september 2023 vervangen twee premies de vijf oude maatregelen, waaronder de stagebonus en de mentorkorting {cite}`wse-premies`. Een is voor de onderneming, een voor de leerling. Volgens Katholiek Onderwijs Vlaanderen worden beide automatisch berekend uit de overeenkomsten in het digitale loket {cite}`kov-premies`. Wie de overeenkomst te laat registreert, verliest het recht erop.
#
# Ook het stelsel zelf veranderde. Volgens het Europese agentschap Cedefop is duaal leren sinds 2024-2025 het enige actieve stelsel, na het uitdoven van de Leertijd en het deeltijds beroepssecundair onderwijs {cite}`cedefop-dual`. Volgens het Europese Youth Wiki loopt dat uitdoven tot 2026 {cite}`youth-wiki`.
#
# <details>
# <summary>Hoe deze cijfers zijn nagerekend</summary>
#
# (sample-fit)=
# Het aantal goedgekeurde aanvragen berekenden wij uit het gepubliceerde percentage. Door de afronding kan het {glue:}`macro.recognition.approved_count.interval` zijn. De vier aandelen van de overeenkomsten kunnen door afronding samen {glue:}`macro.contracts.sum.interval` zijn; dat past.
#
# Bij de andere percentages is niet vermeld hoeveel mensen antwoordden. Deze tabel toont welke groep uit de evaluatie welk percentage kan geven.

# %% tags=["remove-input"]
page.table(exhibits.possible_groups())

# %% [markdown]
# Enkele bevindingen zijn zonder cijfer gepubliceerd. Wij nemen ze over met hun richting:
#
# - eisen en verwachtingen bij een investeringsmotief: {glue:}`macro.motives.demands`;
# - verwachtingen ten aanzien van de leerling in een overeenkomst die leerlingen volgens begeleiders beter overtuigt: {glue:}`macro.contracts.counsellor_demands`;
# - competenties die aan bod komen, tegenover het opleidingsplan: {glue:}`macro.training_plan.competences`.
#
# </details>
