# ---
# jupyter:
#   inputs:
#   - data/published/*.csv
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
# # Micro: wat doen drie programma's met jongeren?

# %% tags=["remove-input"]
from bookbuild import page
from leerwerk import figures
from leerwerk.exhibits import micro

page.numbers("micro")

# %% [markdown]
# **In het kort.** De presentatie meldt gunstige resultaten voor IBAL en voor het ABO-jaar, maar de leerlingengegevens erachter zijn niet openbaar: de meeste uitspraken van dit hoofdstuk zijn niet na te rekenen. Eén effect is dat wel: met motivatiebonus is {glue:}`micro.bonus.absence_with` problematisch afwezig, zonder {glue:}`micro.bonus.absence_without`, een verschil van {glue:}`micro.bonus.difference`. Hoe zeker dat verschil is, hangt af van groepsgroottes die niet gepubliceerd zijn; of het van de bonus komt, is nog een andere vraag.
#
# (micro-level)=
# ## Drie programma's, één vraag
#
# Tussen {glue:}`micro.study.start` en {glue:}`micro.study.end` onderzocht HIVA {glue:}`micro.study.programmes` programma's met steun van het Europees Sociaal Fonds in het stelsel van leren en werken {cite}`onderwijs-902`. De vraag was telkens dezelfde: verlaten jongeren de school minder vaak vroegtijdig, en vinden ze vaker werk in het normaal economisch circuit (NEC)?
#
# (programmes)=
# ## De programma's naast elkaar
#
# BRUG richt zich tot jongeren van {glue:}`micro.brug.age_from` tot {glue:}`micro.brug.age_to` jaar die nog niet klaar zijn voor een gewone werkplek. In {glue:}`micro.brug.hours` ontwikkelen ze attitudes en vaardigheden voor de arbeidsmarkt; ondertussen moet het project voorkomen dat ze de school verlaten. IBAL ondersteunt jongeren die al in het NEC werken met {glue:}`micro.ibal.hours` extra begeleiding, zodat ze hun werk behouden. ABO is een vrijwillig extra jaar in het buitengewoon secundair onderwijs, opleidingsvorm 3 (BuSO OV3), met {glue:}`micro.abo.training_hours` opleiding en {glue:}`micro.abo.work_hours` werkervaring. Een motivatiebonus van {glue:}`micro.abo.bonus` moet leerlingen over de streep trekken.

# %% tags=["remove-input"]
page.table(micro.programmes())

# %% [markdown]
# Het ABO-jaar telt dus {glue:}`micro.abo.total_hours`, waarvan {glue:}`micro.abo.work_share` werkervaring.
#
# (study-design)=
# ## Het onderzoek
#
# Het onderzoek begon in de zomer van {glue:}`micro.study.literature` met een beknopte literatuurstudie, gevolgd door interviews in de herfst van {glue:}`micro.study.interviews`. In {glue:}`micro.study.longitudinal` kwam een longitudinaal onderzoek van {glue:}`micro.study.cohorts` cohorten, die de periode van {glue:}`micro.study.period_from` tot {glue:}`micro.study.period_to` bestrijken. In de winter van {glue:}`micro.study.focus_groups` volgden focusgroepen en een samenvatting voor het beleid.

# %% tags=["hide-input"]
page.figure(micro.study_design(), figures.study_design)

# %% [markdown]
# (results-brug-ibal)=
# ## Resultaten voor BRUG en IBAL
#
# :::{admonition} Wat hier niet na te rekenen is
# :class: warning
#
# De cijfers in deze paragraaf komen uit leerlingengegevens die niet openbaar zijn. We geven ze weer zoals gepubliceerd. Alleen wat we er met gewone rekenkunde uit afleiden, is van ons.
# :::
#
# Van alle leerlingen in het dbso stroomt {glue:}`micro.brug.participation` door naar BRUG, en {glue:}`micro.ibal.participation` naar IBAL. De twee hangen samen: van de IBAL-leerlingen heeft {glue:}`micro.ibal.brug_before` eerst een BRUG-project gevolgd. Dat is {glue:}`micro.ibal.brug_over_all` keer zo veel als onder alle leerlingen. Het betekent ook dat {glue:}`micro.both.share.interval` van alle leerlingen beide programma's doorliep; de marge komt van de woorden 'bijna' en 'ongeveer'.
#
# Een BRUG-project duurt gemiddeld {glue:}`micro.brug.mean_hours`, een IBAL-begeleiding {glue:}`micro.ibal.mean_hours`. Geen van beide komt in de buurt van wat voorzien is.

# %% tags=["hide-input"]
page.figure(micro.hours(), figures.hours)

# %% [markdown]
# Wie instroomt, is geen doorsnede van de leerlingen. Het aantal mannen ligt {glue:}`micro.programmes.men` dan dat van vrouwen, en {glue:}`micro.programmes.mother_low_education` heeft een laagopgeleide moeder. De presentatie spreekt van een *positieve selectie*: de vooruitzichten van de deelnemers lagen vooraf {glue:}`micro.brug.selection` dan die van de anderen. De kans dat een BRUG-project slaagt, ligt mee daardoor {glue:}`micro.brug.selection_success`. Dat is een belangrijke waarschuwing. Als gemotiveerde leerlingen vaker instappen, lijkt een programma beter dan het is.
#
# Met die waarschuwing in het achterhoofd noemt de presentatie drie resultaten:
#
# - in IBAL ligt de kans op vroegtijdig schoolverlaten {glue:}`micro.ibal.vsv`;
# - in IBAL ligt de kans op doorstroom naar het NEC {glue:}`micro.ibal.nec`;
# - met BRUG en IBAL samen ligt de kans om de doelen van het fonds te halen {glue:}`micro.brug_ibal.priorities`: continuïteit loont.
#
# De slides noemen de eerste twee significant, maar geven geen grootte, geen interval en geen groepsgroottes.
#
# (results-abo)=
# ## Resultaten voor ABO
#
# Van de leerlingen in BuSO kiest {glue:}`micro.abo.participation` voor het ABO-jaar. Ook hier ligt het aantal mannen {glue:}`micro.abo.men`, en heeft {glue:}`micro.abo.mother_low_education` een laagopgeleide moeder. {glue:}`micro.abo.bonus_share` krijgt de motivatiebonus.
#
# Volgens de presentatie ligt de kans op werk in het NEC door het ABO-jaar {glue:}`micro.abo.nec`. De bonus zelf maakt daarbij {glue:}`micro.bonus.nec`. Op afwezigheid zou hij wel werken.
#
# ### Afwezigheid met en zonder bonus
#
# Dit is het enige effect waarvoor de slides twee vergelijkbare cijfers geven. Met bonus is {glue:}`micro.bonus.absence_with` problematisch afwezig, in de controlegroep {glue:}`micro.bonus.absence_without`. De kans ligt met bonus dus {glue:}`micro.bonus.absence`. Uitgedrukt in de gangbare maten:
#
# - het risicoverschil is {glue:}`micro.bonus.difference`;
# - de risicoverhouding is {glue:}`micro.bonus.risk_ratio`: met bonus is de kans {glue:}`micro.bonus.times_lower` keer kleiner;
# - de oddsverhouding is {glue:}`micro.bonus.odds_ratio`.
#
# Hoe zeker zijn we daarvan? De slides geven geen groepsgroottes, maar een percentage verraadt iets over de groep waaruit het komt. {glue:}`micro.bonus.absence_with` kan bijvoorbeeld niet uit een groep van tien leerlingen komen. De kleinste groep die past telt {glue:}`micro.bonus.apart.n_with` leerlingen, met {glue:}`micro.bonus.apart.k_with` afwezige; bij de controlegroep zijn dat er {glue:}`micro.bonus.apart.n_without`, met {glue:}`micro.bonus.apart.k_without` afwezigen. Is de controlegroep iedereen in ABO zonder bonus, dan moet ook het aandeel van {glue:}`micro.abo.bonus_share` kloppen. Dan zijn er minstens {glue:}`micro.bonus.joint.n_with` leerlingen met en {glue:}`micro.bonus.joint.n_without` zonder bonus. De presentatie zegt niet of dat zo is.

# %% tags=["hide-input"]
page.figure(micro.absence(), figures.absence)

# %% [markdown]
# In de kleinste groepen loopt het 95%-interval van het verschil van {glue:}`micro.bonus.apart.difference.interval`: dan sluiten de cijfers toeval nog niet uit. In de kleinste groepen waarbij alle drie de percentages kloppen, loopt het van {glue:}`micro.bonus.joint.difference.interval`. De risicoverhouding gaat dan van {glue:}`micro.bonus.joint.ratio.interval`, de oddsverhouding van {glue:}`micro.bonus.joint.odds.interval` {cite}`newcombe-1998,katz-1978,woolf-1955`.

# %% tags=["hide-input"]
page.figure(micro.effect_by_size(), figures.effect_by_size)

# %% [markdown]
# ### Komt het van de bonus?
#
# Stel dat het verschil geen toeval is. Dan kan het nog aan iets anders liggen dan aan de bonus. De *E-waarde* zegt hoe sterk een niet gemeten oorzaak zou moeten samenhangen met zowel de bonus als de afwezigheid om het hele verschil te verklaren {cite}`vanderweele-2017`. Ze is hier {glue:}`micro.bonus.e_value`, en {glue:}`micro.bonus.joint.e_value_bound` voor de grens van het interval bij de kleinste groepen waarbij alles klopt. Een gewone achtergrondfactor haalt dat niet.
#
# Maar er ligt een andere verklaring voor de hand. Scholen schrijven dat een leerling de premie pas krijgt na een minimumaantal dagdelen aanwezigheid {cite}`abo-premie`. Dan is aanwezigheid een voorwaarde voor de bonus, en niet alleen een gevolg ervan: wie veel afwezig is, verliest zijn recht en komt vanzelf in de groep zonder bonus terecht. Daartegen helpt geen E-waarde. Hoe HIVA de controlegroep samenstelde, staat niet op de slides.
#
# :::{admonition} Wat we hieruit meenemen
# :class: tip
#
# Het verschil in afwezigheid is groot en zo goed als zeker geen toeval, als de groepen groter zijn dan de allerkleinste die passen. Of de bonus het veroorzaakt, valt uit de slides niet op te maken.
# :::
