# ---
# jupyter:
#   description: Wat BRUG, IBAL en het ABO-jaar volgens het onderzoek voor jongeren
#     doen, wat daarvan na te rekenen is en wat alleen in nagemaakte gegevens klopt.
#   inputs:
#   - data/published/claims.csv
#   - data/synthetic/*.csv
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
# # Micro: wat doen drie programma's met jongeren?

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import study
from leerwerk.micro import exhibits, figures
from leerwerk.micro.pupils import exhibits as pupils
from leerwerk.micro.pupils import figures as pupils_figures

page.numbers(study.numbers("micro"))

# %% [markdown]
# **In het kort.** De presentatie meldt gunstige resultaten voor IBAL en voor het ABO-jaar, maar de leerlingengegevens erachter zijn niet openbaar: met wat gepubliceerd is, zijn de meeste uitspraken van dit hoofdstuk niet na te rekenen. Bij één effect staan twee cijfers naast elkaar, zodat het verschil te berekenen is: met motivatiebonus is {glue:}`micro.bonus.absence_with` problematisch afwezig, in de controlegroep {glue:}`micro.bonus.absence_without`, een verschil van {glue:}`micro.bonus.difference`. Wat er met de echte gegevens zou gebeuren, tonen we met {term}`nagemaakte gegevens`: daarin laat een selectie op motivatie een programma beter lijken dan het is.
#
# (micro-level)=
# ## Drie programma's, één vraag
#
# Tussen {glue:}`micro.study.start` en {glue:}`micro.study.end` onderzocht HIVA {glue:}`micro.study.programmes.word` programma's met steun van het Europees Sociaal Fonds in het stelsel van leren en werken {cite}`onderwijs-902`. De vraag was telkens dezelfde: verlaten jongeren de school minder vaak vroegtijdig, en vinden ze vaker werk in het normaal economisch circuit (NEC)?
#
# (programmes)=
# ## De programma's naast elkaar
#
# BRUG begeleidt jongeren van {glue:}`micro.brug.age_from` tot {glue:}`micro.brug.age_to` jaar bij het (verder) ontwikkelen van attitudes en vaardigheden voor de arbeidsmarkt, {glue:}`micro.brug.hours` lang; het project wil ook vroegtijdig schoolverlaten voorkomen. IBAL geeft jongeren die in het NEC werken {glue:}`micro.ibal.hours` bijkomende begeleiding; het wil ook dat ze er duurzaam aan het werk blijven. ABO is een vrijwillig extra jaar in het buitengewoon secundair onderwijs, opleidingsvorm 3 (BuSO OV3), met {glue:}`micro.abo.training_hours` opleiding en {glue:}`micro.abo.work_hours` werkervaring. Een motivatiebonus van {glue:}`micro.abo.bonus` moet leerlingen over de streep trekken.

# %% tags=["remove-input"]
page.table(exhibits.programmes())

# %% [markdown]
# Het ABO-jaar telt dus {glue:}`micro.abo.total_hours`, waarvan {glue:}`micro.abo.work_share` werkervaring.
#
# (study-design)=
# ## Het onderzoek
#
# Het onderzoek begon in de zomer van {glue:}`micro.study.literature` met een beknopte literatuurstudie, gevolgd door interviews in de herfst van {glue:}`micro.study.interviews`. In {glue:}`micro.study.longitudinal` volgde een longitudinaal onderzoek van {glue:}`micro.study.cohorts.word` cohorten, die de periode van {glue:}`micro.study.period_from` tot {glue:}`micro.study.period_to` bestrijken. In de winter van {glue:}`micro.study.focus_groups` kwamen er focusgroepen en een samenvatting voor het beleid. Het Departement Onderwijs en Vorming en het Europees Sociaal Fonds begeleidden het onderzoek.

# %% tags=["hide-input"]
page.figure(exhibits.study_design(), figures.study_design)

# %% [markdown]
# (results-brug-ibal)=
# ## Resultaten voor BRUG en IBAL
#
# :::{admonition} Wat hier niet na te rekenen is
# :class: warning
#
# De cijfers in dit deel komen uit leerlingengegevens die niet openbaar zijn. We geven ze weer zoals gepubliceerd. Alleen wat we er met gewone rekenkunde uit afleiden, is van ons.
# :::
#
# Van alle leerlingen in het dbso volgt {glue:}`micro.brug.participation` BRUG, en {glue:}`micro.ibal.participation` IBAL. De twee hangen samen: van de IBAL-leerlingen heeft {glue:}`micro.ibal.brug_before` eerst een BRUG-project gevolgd. Dat is {glue:}`micro.ibal.brug_over_all` keer zo veel als onder alle leerlingen. Het betekent ook dat {glue:}`micro.both.share.interval` van alle leerlingen beide programma's doorliep; de marge komt van de woorden 'bijna' en 'ongeveer'.
#
# Een BRUG-project duurt gemiddeld {glue:}`micro.brug.mean_hours`, een IBAL-begeleiding {glue:}`micro.ibal.mean_hours`. Dat is {glue:}`micro.brug.hours_used` en {glue:}`micro.ibal.hours_used` van het aantal uren dat de slide bij het programma noemt.

# %% tags=["hide-input"]
page.figure(exhibits.hours(), figures.hours)

# %% [markdown]
# Er stromen meer mannen in dan vrouwen {glue:}`micro.programmes.men`, en {glue:}`micro.programmes.mother_low_education` heeft een laagopgeleide moeder. De presentatie spreekt van een {term}`positieve selectie` van jongeren {glue:}`micro.brug.selection`, die mee aan de basis ligt van geslaagde BRUG-projecten {glue:}`micro.brug.selection_success`. Voor wie de resultaten leest, is dat volgens ons een waarschuwing: stappen vooral leerlingen met betere kansen in, dan kan een programma beter lijken dan het is.
#
# De presentatie noemt drie resultaten:
#
# - IBAL-leerlingen hebben minder kans op vroegtijdig schoolverlaten {glue:}`micro.ibal.vsv`;
# - IBAL-leerlingen hebben meer kans op doorstroom naar het NEC {glue:}`micro.ibal.nec`;
# - BRUG en IBAL samen vergroten de kans om de prioriteiten van het fonds te halen {glue:}`micro.brug_ibal.priorities`: continuïteit loont.
#
# De slides noemen de eerste twee significant, maar geven geen grootte, geen interval en geen groepsgroottes.
#
# (results-abo)=
# ## Resultaten voor ABO
#
# Van de leerlingen in BuSO kiest {glue:}`micro.abo.participation` voor het ABO-jaar. Ook hier zijn er meer mannen dan vrouwen {glue:}`micro.abo.men`, en heeft {glue:}`micro.abo.mother_low_education` een laagopgeleide moeder. {glue:}`micro.abo.bonus_share` krijgt de motivatiebonus.
#
# Volgens de presentatie verhoogt het ABO-jaar de kans op werk in het NEC {glue:}`micro.abo.nec`. De motivatiebonus voegt daar niets aan toe {glue:}`micro.bonus.nec`. Met afwezigheid hangt hij wel samen.
#
# ### Afwezigheid met en zonder bonus
#
# Dit is het enige effect waarvoor de slides twee vergelijkbare cijfers geven. Met bonus is {glue:}`micro.bonus.absence_with` problematisch afwezig, in de controlegroep {glue:}`micro.bonus.absence_without`. Met bonus is de afwezigheid dus kleiner {glue:}`micro.bonus.absence`. Uitgedrukt in de gangbare maten:
#
# - het {term}`risicoverschil` is {glue:}`micro.bonus.difference`;
# - de {term}`risicoverhouding` is {glue:}`micro.bonus.risk_ratio`: zonder bonus is de kans {glue:}`micro.bonus.times_lower` keer zo groot;
# - de {term}`oddsverhouding` is {glue:}`micro.bonus.odds_ratio`.
#
# Hoe zeker zijn we daarvan? De slides geven geen groepsgroottes, maar een percentage verraadt iets over de groep waaruit het komt. {glue:}`micro.bonus.absence_with` kan bijvoorbeeld niet uit een groep van tien leerlingen komen. De kleinste groep die past telt {glue:}`micro.bonus.apart.n_with` leerlingen, met {glue:}`micro.bonus.apart.k_with` afwezige; bij de controlegroep zijn dat er {glue:}`micro.bonus.apart.n_without`, met {glue:}`micro.bonus.apart.k_without` afwezigen. Is de controlegroep iedereen in ABO zonder bonus, dan moet ook het aandeel van {glue:}`micro.abo.bonus_share` kloppen. Dan zijn er minstens {glue:}`micro.bonus.joint.n_with` leerlingen met en {glue:}`micro.bonus.joint.n_without` zonder bonus. De presentatie zegt niet of dat zo is.

# %% tags=["hide-input"]
page.figure(exhibits.absence(), figures.absence)

# %% [markdown]
# In de kleinste groepen loopt het 95%-interval van het verschil van {glue:}`micro.bonus.apart.difference.interval`: dan sluiten de cijfers toeval nog niet uit. In de kleinste groepen waarbij alle drie de percentages kloppen, loopt het van {glue:}`micro.bonus.joint.difference.interval`. De risicoverhouding gaat dan van {glue:}`micro.bonus.joint.ratio.interval`, de oddsverhouding van {glue:}`micro.bonus.joint.odds.interval` {cite}`newcombe-1998,katz-1978,woolf-1955`.

# %% tags=["hide-input"]
page.figure(exhibits.effect_by_size(), figures.effect_by_size)

# %% [markdown]
# ### Komt het van de bonus?
#
# Stel dat het verschil geen toeval is. Dan kan het nog aan iets anders liggen dan aan de bonus. De {term}`E-waarde` zegt hoe sterk een niet gemeten oorzaak zou moeten samenhangen met zowel de bonus als de afwezigheid om het hele verschil te verklaren {cite}`vanderweele-2017`. Ze is hier {glue:}`micro.bonus.e_value`, en {glue:}`micro.bonus.joint.e_value_bound` voor de grens van het interval bij de kleinste groepen waarbij alles klopt. Dat is veel. Toch is het niet uitgesloten: wie vroeger al vaak afwezig was, kan zowel de bonus mislopen als opnieuw afwezig zijn.
#
# Er ligt nog een andere verklaring voor de hand. Een school schrijft dat een leerling de premie pas krijgt na een minimumaantal dagdelen aanwezigheid {cite}`abo-premie`. Dan is aanwezigheid een voorwaarde voor de bonus, en niet alleen een gevolg ervan: wie veel afwezig is, verliest zijn recht en komt vanzelf in de groep zonder bonus terecht. Daartegen helpt geen E-waarde. Hoe HIVA de controlegroep samenstelde, staat niet op de slides.
#
# :::{admonition} Wat we hieruit meenemen
# :class: tip
#
# Het verschil in afwezigheid is groot. Bij groepen van enkele honderden leerlingen is toeval geen redelijke verklaring; bij de allerkleinste groepen die passen wel. Of de bonus het veroorzaakt, valt uit de slides niet op te maken.
# :::
#
# (pupil-records)=
# ## Wat de gegevens zouden tonen

# %% tags=["remove-input"]
page.notice(*pupils.notice())

# %% [markdown]
# ### Wie stapt in een programma?
#
# In deze gegevens verschillen BRUG-leerlingen vooraf van leerlingen zonder programma: ze waren minder vaak problematisch afwezig en hebben minder schoolse achterstand. Hun kans om op school te blijven was daardoor, nog voor het programma begon, {glue:}`micro.pupils.prospects` groter. Een weging met de kans op deelname haalt die verschillen weg.

# %% tags=["hide-input"]
page.figure(pupils.selection_balance(), pupils_figures.selection_balance)

# %% [markdown]
# ### Ruw en gecorrigeerd
#
# Een ruwe vergelijking schrijft die voorsprong toe aan het programma. Voor BRUG is het ruwe verschil in vroegtijdig schoolverlaten {glue:}`micro.pupils.raw.brug_vsv`; gecorrigeerd voor de kenmerken die registers kennen, blijft {glue:}`micro.pupils.adjusted.brug_vsv` over, met een interval van {glue:}`micro.pupils.adjusted.brug_vsv.interval`. Voor IBAL gaat het van {glue:}`micro.pupils.raw.ibal_vsv` naar {glue:}`micro.pupils.adjusted.ibal_vsv`, voor beide samen van {glue:}`micro.pupils.raw.both_vsv` naar {glue:}`micro.pupils.adjusted.both_vsv`.

# %% tags=["hide-input"]
page.figure(pupils.raw_and_adjusted(), pupils_figures.raw_and_adjusted)

# %% [markdown]
# ### Wanneer jongeren vertrekken
#
# Niet alleen of, ook wanneer jongeren de school verlaten telt. De lijnen tonen welk aandeel na een aantal maanden vertrokken zou zijn als iedereen hetzelfde programma volgde. In echte gegevens moet daarbij ook bekend zijn wanneer een programma begint: wie al vertrokken is, kan niet meer instappen, en dat flatteert het programma.

# %% tags=["hide-input"]
page.figure(pupils.leaving_over_time(), pupils_figures.leaving_over_time)

# %% [markdown]
# ### ABO en de bonus
#
# Dezelfde berekening geeft voor het ABO-jaar en voor de bonus de volgende verschillen.

# %% tags=["hide-input"]
page.figure(pupils.abo_results(), pupils_figures.abo_results)

# %% [markdown]
# ### Wat geen register weet
#
# Correctie helpt alleen voor wat gemeten is. Motivatie staat in geen register. Wie gemotiveerder is, stapt in deze gegevens vaker in een programma én blijft vaker op school. Corrigeren zonder motivatie haalt de vertekening dan maar voor een deel weg.

# %% tags=["hide-input"]
page.figure(pupils.motivation_bias(), pupils_figures.motivation_bias)

# %% [markdown]
# Hoe sterk moet zo'n verborgen kenmerk zijn om een effect volledig te verklaren? De E-waarde van het gecorrigeerde effect op vroegtijdig schoolverlaten is {glue:}`micro.pupils.e_value.brug` voor BRUG en {glue:}`micro.pupils.e_value.ibal` voor IBAL. Het kantelpunt zegt hetzelfde in procentpunten: hoe vaker het kenmerk bij deelnemers voorkomt, hoe minder sterk het hoeft te zijn.

# %% tags=["hide-input"]
page.figure(pupils.tipping_points(), pupils_figures.tipping_points)

# %% [markdown]
# ### Welke conclusies houden stand?

# %% tags=["remove-input"]
page.table(pupils.directions())

# %% [markdown]
# In de tabel komen alle richtingen overeen, maar zo zijn de gegevens gemaakt. Voor de echte gegevens volgen er drie vragen uit. Is gecorrigeerd voor wat leerlingen vooraf onderscheidt? Hoe groot zijn de verschillen, en hoe zeker? En hoe sterk zou motivatie moeten meespelen om ze weg te nemen? Zonder antwoord daarop blijft 'significant minder kans' een bewering. Wie de gegevens heeft, kan ze in dit boek inlezen en krijgt dezelfde pagina met echte cijfers.
