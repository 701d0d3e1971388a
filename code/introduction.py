# ---
# jupyter:
#   description: Zijn jongeren vaker werkloos, en daalt vroegtijdig schoolverlaten?
#     De cijfers waarmee de presentatie over alternerend leren begint, nagerekend.
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
# # Inleiding

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.introduction import exhibits, figures

page.numbers(
    study.numbers(
        "introduction",
        "micro.study.programmes",
        "conclusion.claims.all",
        "conclusion.claims.not_recomputable",
        "conclusion.claims.calibrated",
    )
)

# %% [markdown]
# **In het kort.** Jongeren zijn in België elk jaar {glue:}`introduction.ratio.lowest` tot {glue:}`introduction.ratio.highest` keer zo vaak werkloos als de beroepsbevolking in haar geheel: de eerste stelling van de presentatie houdt stand. Volgens de enquête daalt vroegtijdig schoolverlaten al lang, volgens de recente administratieve telling niet. Uit het deeltijds beroepsonderwijs vertrokken in 2014-2015 naar verhouding {glue:}`introduction.without_diploma.dbso_to_bso` keer zo veel leerlingen zonder diploma als uit het voltijds. De wetgever verwacht dat alternerend leren daar iets aan doet. Dit boek gaat na wat HIVA-KU Leuven daarover publiceerde, en wat daarvan na te rekenen is.
#
# :::{admonition} Wat dit boek is
# :class: note
#
# HIVA-KU Leuven stelde op 3 december 2020 onderzoek voor naar {term}`alternerend leren`: leren op school en op het werk {cite}`presentation`. De slides bevatten tientallen cijfers. Dit boek gaat na welke daarvan na te rekenen zijn. Elk getal op deze pagina's staat in een databestand of wordt eruit berekend, en is een link naar zijn rij in de [Verantwoording](claims.md). Daar staat wat er gepubliceerd is, wat wij berekenden en met welk soort bewijs. Wie een getal aanwijst of aanklikt, krijgt het belangrijkste meteen te zien, en een klein [teken](marks) zegt tijdens het lezen al hoe sterk het staat. Een pijl (↑ of ↓) of een gelijkteken (=) staat voor een gepubliceerde richting. Van de {glue:}`conclusion.claims.all` uitspraken zijn er {glue:}`conclusion.claims.not_recomputable` niet te herberekenen en {glue:}`conclusion.claims.calibrated` alleen met nagemaakte gegevens; ook dat staat erbij, met de reden. De zinnen zijn de onze, niet die van HIVA.
# :::
#
# (marks)=
# ## Tekens bij de getallen
#
# Achter elk getal in de tekst staat een van deze tekens. De [Verantwoording](claims.md) maakt een fijner onderscheid, in zes statussen, en geeft bij elk getal de uitleg.

# %% tags=["remove-input"]
page.marks()

# %% [markdown]
# (youth-unemployment)=
# ## Jongeren zijn vaker werkloos
#
# De presentatie opent met de stelling dat jongeren oververtegenwoordigd zijn in de werkloze bevolking. Openbare reeksen geven haar gelijk: in elk jaar van {glue:}`introduction.ratio.first_year` tot {glue:}`introduction.ratio.last_year` was de werkloosheidsgraad van jongeren in België hoger {glue:}`introduction.unemployment.youth` dan die van iedereen samen {cite}`ctg-youth,ctg-total`.

# %% tags=["hide-input"]
page.figure(exhibits.youth_rates(), figures.youth_rates)

# %% [markdown]
# De jeugdwerkloosheid gaat op en neer. De verhouding schommelt minder, maar loopt op: van {glue:}`introduction.ratio.first` in het eerste jaar naar {glue:}`introduction.ratio.last` in het laatste.

# %% tags=["hide-input"]
page.figure(exhibits.youth_ratio(), figures.youth_ratio)

# %% [markdown]
# Tussen de gewesten zijn de verschillen groot. Over tien jaar gemeten was gemiddeld {glue:}`introduction.youth_mean.brussels` van de Brusselse jongeren op de arbeidsmarkt werkloos, {glue:}`introduction.youth_mean.wallonia` van de Waalse en {glue:}`introduction.youth_mean.flanders` van de Vlaamse {cite}`knack-2019`. Het aantal jonge werklozen in Vlaanderen daalde van ongeveer {glue:}`introduction.young_unemployed.2013` in juni 2013 tot ongeveer {glue:}`introduction.young_unemployed.2019` in juni 2019 {cite}`odin-webinar`.

# %% tags=["hide-input"]
page.figure(exhibits.regional_rates(), figures.regional_rates)

# %% [markdown]
# ### Twee bronnen, twee cijfers
#
# Voor 2017 geven de auteurs in de uitgeschreven versie van hun presentatie {glue:}`introduction.youth_rate.fl_2017` werkloosheid bij Vlaamse jongeren, naast een totaal van {glue:}`introduction.total_rate.authors` {cite}`odin-webinar`. Het Federaal Planbureau heeft voor het Vlaams Gewest in datzelfde jaar {glue:}`introduction.total_rate.fpb` {cite}`fpb-i39`. Voor heel België is het {glue:}`introduction.total_rate.be_2017` {cite}`ctg-total`: misschien staat in de tekst het Belgische totaal naast het Vlaamse jongerencijfer. Een andere definitie of een andere leeftijdsgroep kan ook; de bronnen zeggen niet over welke leeftijden hun totaal gaat.
#
# Voor de stelling zelf maakt dat niet uit, voor de grootte van het verschil wel: met het totaal van de auteurs zijn Vlaamse jongeren {glue:}`introduction.ratio.authors` keer zo vaak werkloos als gemiddeld, met dat van het Planbureau {glue:}`introduction.ratio.fpb` keer.
#
# (explanations)=
# ## Mogelijke verklaringen
#
# De presentatie zoekt de verklaring in de overgang van school naar werk. Ze noemt vroegtijdig schoolverlaten en schoolmoeheid, en vaardigheden die niet aansluiten bij wat werkgevers vragen. Cijfers geeft ze er niet bij. Vroegtijdig schoolverlaten valt met openbare reeksen te volgen.
#
# ### De enquête daalt, de administratieve telling niet
#
# Een vroegtijdige schoolverlater is in deze reeks een jongere van 18 tot 24 jaar zonder diploma secundair onderwijs die geen opleiding volgt. In Vlaanderen ging hun aandeel van {glue:}`introduction.leavers.fl_2000` in 2000 naar {glue:}`introduction.leavers.fl_2024` in 2024. Wallonië staat dan op {glue:}`introduction.leavers.wa_2024` en de Europese Unie op {glue:}`introduction.leavers.eu_2024` {cite}`fpb-i25`; Brussel stond in 2022 op {glue:}`introduction.leavers.br_2022` {cite}`statbel-esl`. De enquête achter deze cijfers is enkele keren veranderd. Een sprong over een stippellijn is dus niet zonder meer een echte daling of stijging.

# %% tags=["hide-input"]
page.figure(exhibits.leavers_by_region(), figures.leavers_by_region)

# %% [markdown]
# In België vertrekken mannen vaker zonder diploma dan vrouwen: in 2022 was het {glue:}`introduction.leavers.men_2022` tegenover {glue:}`introduction.leavers.women_2022` {cite}`statbel-esl`.

# %% tags=["hide-input"]
page.figure(exhibits.leavers_by_sex(), figures.leavers_by_sex)

# %% [markdown]
# De Vlaamse onderwijsadministratie telt anders dan de enquête: ze kijkt wie in een schooljaar de school verlaat, en wie van hen een diploma heeft. In 2014-2015 vertrokken {glue:}`introduction.without_diploma.count` leerlingen zonder diploma en {glue:}`introduction.with_diploma.count` met {cite}`knack-2017`. Samen geeft dat {glue:}`introduction.without_diploma.share` zonder diploma; de krant drukte {glue:}`introduction.without_diploma.printed` af, en dat klopt dus na afronding. In 2016-2017 was het {glue:}`introduction.without_diploma.before`, een jaar later {glue:}`introduction.without_diploma.later` {cite}`nieuwsblad-2020`. Dat is een stijging: de administratieve telling volgt de daling van de enquête niet.
#
# ### Deeltijds en voltijds onderwijs
#
# Achter dat gemiddelde zit een kloof. Uit het deeltijds beroepssecundair onderwijs (dbso), waar leren en werken samengaan, vertrok {glue:}`introduction.without_diploma.dbso` zonder diploma. Uit het voltijds beroepsonderwijs was dat {glue:}`introduction.without_diploma.bso` {cite}`knack-2017`. In 2017-2018 was het in leren en werken meer dan {glue:}`introduction.without_diploma.learning_working`, in het bso ongeveer {glue:}`introduction.without_diploma.bso_later` {cite}`nieuwsblad-2020`. Dat verschil zegt niet dat het deeltijds onderwijs de oorzaak is: wie er begint, heeft vaak al een moeilijke schoolloopbaan achter de rug.

# %% tags=["hide-input"]
page.figure(exhibits.leavers_by_track(), figures.leavers_by_track)

# %% [markdown]
# (memorandum)=
# ## Wat de wetgever verwacht
#
# Op {glue:}`introduction.memorandum.date` kreeg het Vlaams Parlement de memorie van toelichting bij het ontwerp van decreet. Op bladzijde {glue:}`introduction.memorandum.page` staat de verwachting dat alternerend leren en werken een passend antwoord moet bieden op vroegtijdig schoolverlaten en jeugdwerkloosheid {cite}`memorie-772`. Het decreet volgde op {glue:}`introduction.decree.date` {cite}`decreet-2016`. Intussen groeide het {term}`duaal leren`, een van de vormen van alternerend leren, van {glue:}`introduction.dual.first` leerlingen in 2016-2017 {cite}`vrt-2018` tot meer dan {glue:}`introduction.dual.last` in 2019-2020 {cite}`crevits-dual`. Over het begin lopen de bronnen uiteen: het kabinet van de minister telde er dat eerste jaar iets minder dan de omroep.
#
# Volgens HIVA ligt dat antwoord niet op één plaats, maar op verschillende niveaus van het stelsel.
#
# (structure)=
# ## Hoe dit boek is opgebouwd
#
# Het boek volgt de presentatie, van de leerling naar de regelgeving.
#
# [Micro](micro.md)
# : Hoe raken jongeren in leren en werken, en wat halen {glue:}`micro.study.programmes.word` programma's van het Europees Sociaal Fonds uit?
#
# [Meso](meso.md)
# : Wat vraagt een goede leerwerkplek van mentoren en begeleiders?
#
# [Macro](macro.md)
# : Hoe werkt het decreet van {glue:}`introduction.decree.date` in de praktijk?
#
# [Besluit](conclusion.md)
# : Wat volgt daaruit, en hoeveel ervan houdt stand?
#
# Daarna komen de bijlagen: de [Verantwoording](claims.md) met elke uitspraak en haar status, de [Methoden](methods.md), de [Data](data.md) en de [Begrippen](glossary.md).
