# ---
# jupyter:
#   description: 'Het decreet over alternerende opleidingen in de praktijk: erkenning,
#     overeenkomsten, vergoeding, begeleiding en stopzetting, met de knelpunten.'
#   inputs:
#   - data/published/claims.csv
#   - data/published/groups.csv
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
# # Macro: het decreet in de praktijk

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.macro import exhibits, figures

page.numbers(study.numbers("macro"))

# %% [markdown]
# **In het kort.** Het decreet van 10 juni 2016 bracht de alternerende opleidingen onder enkele overeenkomsten, waarvan één, de OAO, {glue:}`macro.contracts.oao` voor haar rekening neemt. In onze indeling liggen de meeste knelpunten bij de leerwerkplek; {glue:}`macro.guidance.heavy_task` vindt begeleiden een zware taak en {glue:}`macro.ending.experience` maakte een stopzetting mee. Die laatste twee percentages passen niet bij de groep die wij uit hun slide opmaken, als iedereen daarin antwoordde; wat dat wel en niet betekent, leest u [hieronder](sample-fit).
#
# (macro-level)=
# ## Een decreet over alternerende opleidingen
#
# Het decreet van 10 juni 2016 regelt bepaalde aspecten van alternerende opleidingen {cite}`decreet-2016`. Het gaat over de erkenning van leerwerkplekken, de overeenkomst met de leerling, de vergoeding, de financiële steun, het opleidingsplan, de begeleiding en de beëindiging. HIVA onderzocht hoe die regels in de praktijk uitpakken {cite}`wouters-2020,odin-proces`.
#
# (evaluation)=
# ## Hoe de evaluatie verliep
#
# De onderzoekers lazen de beschikbare documenten en de administratieve gegevens van SYNTRA Vlaanderen, en vroegen daarna de betrokkenen zelf. Er kwamen vragenlijsten terug van {glue:}`macro.survey.recognised` erkende vestigingen, {glue:}`macro.survey.not_recognised` niet-erkende vestigingen en {glue:}`macro.survey.mentors` mentoren, samen {glue:}`macro.survey.all`. Er waren gesprekken met {glue:}`macro.interviews.learners` leerlingen, {glue:}`macro.interviews.counsellors` trajectbegeleiders en {glue:}`macro.interviews.coordinators` {term}`technisch adviseurs-coördinatoren <technisch adviseur-coördinator>`, samen {glue:}`macro.interviews.all`.

# %% tags=["hide-input"]
page.figure(exhibits.samples(), figures.samples)

# %% [markdown]
# Hoeveel vestigingen en mentoren zijn aangeschreven, staat niet op de slides. Of de antwoorden representatief zijn, is dus niet te zeggen.
#
# (overview)=
# ## Het overzicht
#
# Wij deelden elke uitspraak van deze slides in naar thema, betrokkene en soort. Dat geeft {glue:}`macro.record.statements` uitspraken, waarvan {glue:}`macro.record.bottlenecks` knelpunten en {glue:}`macro.record.recommendations` aanbevelingen.

# %% tags=["hide-input"]
page.figure(exhibits.overview(), figures.overview)

# %% [markdown]
# (motives)=
# ## Waarom leerwerkplekken leerlingen aantrekken
#
# De presentatie noemt drie modellen; de omschrijving is van ons. In het *investeringsmodel* leidt de werkgever de leerling op als toekomstige werknemer. In het *substitutiemodel* neemt de leerling de plaats in van gewoon personeel. In het *productiemodel* telt wat de leerling nu oplevert. Leerwerkplekken noemen zelf drie motieven: een toekomstige werknemer opleiden, kennis en passie doorgeven, en het vooruitzicht op aanwerving.
#
# Het motief werkt door in de begeleiding. Wie investeert, stelt hogere eisen en heeft hogere verwachtingen {glue:}`macro.motives.demands`.

# %% tags=["remove-input"]
page.table(exhibits.topic("motives"))

# %% [markdown]
# (recognition)=
# ## Erkenningsaanvraag
#
# Wie een leerling wil opleiden, moet erkend zijn. Er werden {glue:}`macro.recognition.requests` erkenningen aangevraagd; {glue:}`macro.recognition.approved_share` daarvan is goedgekeurd. Dat komt neer op {glue:}`macro.recognition.approved_count.interval` goedgekeurde aanvragen en {glue:}`macro.recognition.rejected_count.interval` andere. Preciezer kan niet: het aandeel is op twee decimalen afgerond.
#
# Wij nemen aan dat alle aanvragen geteld zijn, zodat er geen steekproef is. Wie ze toch als een greep uit alle mogelijke aanvragen ziet, rekent met een 95%-interval van {glue:}`macro.recognition.approved_interval.interval` {cite}`wilson-1927`.
#
# Leerwerkplekken denken dat een afkeuring komt doordat ze niet alle competenties kunnen aanbieden. Vandaar het voorstel om leerwerkplekken ook voor onderdelen te erkennen en leerlingen te laten rouleren. Het {term}`attest van goed gedrag en zeden, model twee`, is een administratieve horde.

# %% tags=["remove-input"]
page.table(exhibits.topic("recognition"))

# %% [markdown]
# (contracts)=
# ## De overeenkomsten
#
# Leerwerkplekken weten niet altijd welk type overeenkomst ze hebben, en leerlingen kennen de inhoud in wisselende mate. Begeleiders melden verschillen in de mate van controle. Een overeenkomst met minder verwachtingen aan de leerling {glue:}`macro.contracts.counsellor_demands` is volgens hen geschikter om leerlingen te overtuigen.

# %% tags=["remove-input"]
page.table(exhibits.topic("contracts"))

# %% [markdown]
# (contract-types)=
# ### Vier types
#
# Vier types overeenkomst komen voor. De overeenkomst alternerende opleiding (OAO) is goed voor {glue:}`macro.contracts.oao`. Daarna volgen de deeltijdse arbeidsovereenkomst met sociale maribel (DA SM) met {glue:}`macro.contracts.da_sm`, de stageovereenkomst alternerende opleiding (SAO) met {glue:}`macro.contracts.sao` en de gewone deeltijdse arbeidsovereenkomst (DA) met {glue:}`macro.contracts.da`.

# %% tags=["hide-input"]
page.figure(exhibits.contract_types(), figures.contract_types)

# %% [markdown]
# Samen geven de vier {glue:}`macro.contracts.sum`. Dat is geen fout: elk aandeel is afgerond, en {glue:}`macro.contracts.sum.interval` is mogelijk. De drie kleine types zijn samen goed voor {glue:}`macro.contracts.other_than_oao`. Over hoeveel overeenkomsten het gaat, staat niet op de slide, maar vier zulke precieze aandelen kunnen pas samen voorkomen vanaf {glue:}`macro.contracts.smallest_whole` overeenkomsten.
#
# (compensation)=
# ## Vergoeding
#
# De vergoeding bestaat uit onderdelen, soms in natura of informeel. Of leerlingen tevreden zijn, hangt af van waarmee ze vergelijken. Over de vergoeding bestaan misverstanden, en haar hoogte wisselt; de presentatie stelt een vast maandbedrag en een koppeling aan de leerlijn voor.

# %% tags=["remove-input"]
page.table(exhibits.topic("compensation"))

# %% [markdown]
# (financing)=
# ## Financiering
#
# Voor leerwerkplekken bestaan er RSZ-verminderingen, een {term}`stagebonus` en een {term}`mentorkorting`, maar ze zijn weinig bekend. De afhandeling kost tijd en het is niet duidelijk bij wie men terechtkan. Begeleiders van hun kant krijgen niet al hun taken erkend.

# %% tags=["remove-input"]
page.table(exhibits.topic("financing"))

# %% [markdown]
# (training-plan)=
# ## Het opleidingsplan
#
# Het opleidingsplan legt vast welke competenties de leerling verwerft. Begeleiders zien het als een stok achter de deur tegen routinewerk. Weinig mentoren zijn erbij betrokken. Over de inhoud zijn leerwerkplekken positief: haalbaar en praktijkgericht. Soms komen zelfs meer competenties aan bod dan vastgelegd {glue:}`macro.training_plan.competences`, soms minder.

# %% tags=["remove-input"]
page.table(exhibits.topic("training_plan"))

# %% [markdown]
# (guidance-at-work)=
# ## Begeleiding op de werkvloer
#
# {glue:}`macro.guidance.heavy_task` vindt begeleiden een zware taak, en {glue:}`macro.guidance.problems` ervaart problemen: te weinig tijd voor het eigen werk, administratie, en het evalueren van de leerling. Antwoordden alle {glue:}`macro.survey.mentors` mentoren, dan loopt het 95%-interval van het eerste aandeel van {glue:}`macro.guidance.heavy_task_interval.interval` (al kan dat niet helemaal kloppen, zie [verder](sample-fit)).
#
# Leerlingen werken samen met hun mentor of naast elkaar, en de begeleiding verschilt. De mentor is voor hen een vertrouwenspersoon en/of een tussenpersoon.

# %% tags=["remove-input"]
page.table(exhibits.topic("guidance_at_work"))

# %% [markdown]
# (guidance-by-provider)=
# ## Begeleiding door de opleidingsverstrekker
#
# De opleidingsverstrekker staat leerlingen én leerwerkplekken bij. Leerlingen krijgen bezoek op het werk en een aanspreekpunt bij problemen; leerwerkplekken worden overtuigd van het systeem en geholpen met hun erkenning. Voor die bijkomende taken zijn tijd en middelen nodig.

# %% tags=["remove-input"]
page.table(exhibits.topic("guidance_by_provider"))

# %% [markdown]
# (ending)=
# ## Vroegtijdige beëindiging
#
# Van de leerwerkplekken heeft {glue:}`macro.ending.experience` ervaring met een overeenkomst die vroegtijdig stopt. Voor {glue:}`macro.ending.smooth` verliep dat vlot. Antwoordden alle {glue:}`macro.survey.workplaces` vestigingen, dan loopt het 95%-interval van het eerste aandeel van {glue:}`macro.ending.experience_interval.interval`. Het tweede aandeel kan niet over al die vestigingen gaan: dan zouden er meer een vlotte stopzetting melden dan er een meemaakten. De noemer is dus wellicht wie ervaring heeft, ongeveer {glue:}`macro.ending.experienced` vestigingen. Dan loopt het interval van {glue:}`macro.ending.smooth_interval.interval`.
#
# Voor leerlingen betekent een stopzetting niet het einde van hun opleiding, maar een verandering. De presentatie stelt voor ze te kaderen als leren met vallen en opstaan.

# %% tags=["remove-input"]
page.table(exhibits.topic("ending"))

# %% tags=["hide-input"]
page.figure(exhibits.share_intervals(), figures.share_intervals)

# %% [markdown]
# (sample-fit)=
# ## Passen de percentages bij de steekproeven?
#
# Een percentage is een aantal gedeeld door een groep. Bij een kleine groep kunnen niet alle percentages voorkomen, zeker niet met twee decimalen {cite}`brown-heathers-2017`. Wij gingen voor elk percentage na of er een geheel aantal bestaat dat het oplevert, in elke groep die de presentatie noemt.

# %% tags=["hide-input"]
page.figure(exhibits.sample_fit(), figures.sample_fit)

# %% [markdown]
# De slides noemen de groep achter een percentage niet uitdrukkelijk. Wij maken ze op uit het thema: mentoren voor de begeleiding, vestigingen voor de stopzetting. {glue:}`macro.guidance.heavy_task` kan niet komen van {glue:}`macro.survey.mentors` mentoren die allemaal antwoordden, en {glue:}`macro.ending.experience` niet van de vestigingen. Voor {glue:}`macro.ending.smooth` is er geen groep om op te toetsen: hoeveel vestigingen ervaring hebben, staat niet op de slide. De toets is streng, maar alleen als iedereen antwoordde: van alle percentages met twee decimalen past dan maar {glue:}`macro.guidance.chance` bij de mentoren en {glue:}`macro.ending.chance` bij een van de groepen vestigingen.
#
# **Wat dit niet betekent.** Het wijst niet op een fout of op kwade wil. Het eerste percentage past wel bij de erkende vestigingen en bij alle vestigingen samen, het tweede bij de mentoren: misschien ging de vraag naar een andere groep dan wij denken. Ook een paar overgeslagen vragen volstaan, want wie niet antwoordt, telt niet mee in de noemer. Bij {glue:}`macro.guidance.largest_base` mentoren, {glue:}`macro.guidance.left_out` minder dan er meededen, past {glue:}`macro.guidance.heavy_task` wel; bij {glue:}`macro.ending.largest_base` erkende vestigingen, {glue:}`macro.ending.left_out` minder, past {glue:}`macro.ending.experience`.
#
# **Wat het wel betekent.** De noemers achter deze percentages staan niet op de slides. Zonder die noemers is niet na te gaan over wie ze gaan, en is geen juist interval te berekenen. Van {glue:}`macro.recognition.approved_share` goedgekeurde aanvragen weten we de noemer wel, maar die is zo groot dat elk percentage erbij past: daar kan de toets niet falen, en dus ook niets bewijzen.
