"""What the estimators say, in English and, on the pages of a book in Dutch, in Dutch: the language of who asks.

Scripts hear English. `BOOK_LANGUAGE=nl`, which the engine sets for its pages, makes it Dutch. Apart from the code, so that another wording
is no other estimator.
"""

from __future__ import annotations

import os

LANGUAGE = "BOOK_LANGUAGE"
SEPARATED = (
    "In {where} the covariates predict the outcome perfectly (or everybody has the same outcome): merge categories, drop a covariate or"
    " choose outcome_family='linear'.",
    "In {where} voorspellen de kenmerken de uitkomst perfect (of iedereen heeft dezelfde uitkomst): voeg categorieën samen, laat een"
    " kenmerk weg of kies outcome_family='linear'.",
)
# By what they say: English, Dutch.
MESSAGES: dict[str, tuple[str, str]] = {
    # Parts of messages.
    "group": ("group {arm!r}", "groep {arm!r}"),
    "the_one_model": ("the one model", "het ene model"),
    "nowhere": ("", ""),
    "in_group": (" in group {arm!r}", " in groep {arm!r}"),
    "drop_one": ("drop one of them", "haal een van die kenmerken weg"),
    "centre": ("add constraints='center'", "zet er constraints='center' bij"),
    "nothing": ("none", "niets"),
    "infinitely_many": ("infinitely many", "oneindig veel"),
    "everything": ("all", "alles"),
    "too_narrow": (
        "the interval is probably too narrow. Read it as a lower bound of the uncertainty.",
        "het betrouwbaarheidsinterval is waarschijnlijk te smal. Lees het als ondergrens van de onzekerheid.",
    ),
    "leans": (
        "the interval is widened for that, but rests on little: one cluster more or less may change a lot.",
        "het betrouwbaarheidsinterval is daarvoor verbreed, maar steunt op weinig: een enkele cluster meer of minder kan veel veranderen.",
    ),
    "if_normal": (
        "the interval holds only if outcomes are about normal.",
        "het betrouwbaarheidsinterval klopt alleen als de uitkomst ongeveer normaal verdeeld is.",
    ),
    # Options.
    "option": ("{name}={value!r} does not exist: choose {known}.", "{name}={value!r} bestaat niet: kies {known}."),
    "level": (
        "level={level} is not between 0 and 1: choose 0.95, say.",
        "level={level} ligt niet tussen 0 en 1: kies bijvoorbeeld 0.95.",
    ),
    "overlap_method": (
        "estimand='ato' weighs and has no outcome model: choose method='ipw', not {method!r}.",
        "estimand='ato' weegt, en kent geen uitkomstmodel: kies method='ipw', niet {method!r}.",
    ),
    "common_method": (
        "common=True has one outcome model and no weights: choose method='regression', not {method!r}.",
        "common=True kent één uitkomstmodel en geen gewichten: kies method='regression', niet {method!r}.",
    ),
    "margin": (
        "A margin of {margin} does not exist: give a positive number in the outcome's unit.",
        "Een marge van {margin} bestaat niet: geef een positief getal in de eenheid van de uitkomst.",
    ),
    "power": (
        "power={power} is not between {alpha:.2f} and 1: choose 0.8, say.",
        "power={power} ligt niet tussen {alpha:.2f} en 1: kies bijvoorbeeld 0.8.",
    ),
    "replicates": (
        "replicates={replicates} is too few: take at least 2, preferably 1000.",
        "replicates={replicates} is te weinig: neem er minstens 2, liefst 1000.",
    ),
    "no_contrast": (
        "There is no comparison of {arm!r} with {against!r}: choose from the groups in .means.",
        "Er is geen vergelijking van {arm!r} met {against!r}: kies uit de groepen in .means.",
    ),
    "no_group": (
        "There is no group {arm!r} to compare with {reference!r}.",
        "Er is geen groep {arm!r} om met {reference!r} te vergelijken.",
    ),
    "other_arms": (
        "The groups of {by!r} do not have the same treatments: drop a group or a treatment.",
        "De groepen van {by!r} hebben niet dezelfde behandelingen: laat een groep of een behandeling weg.",
    ),
    "ratio": (
        "A risk ratio of {ratio} does not exist: give a positive number.",
        "Een risicoverhouding van {ratio} bestaat niet: geef een positief getal.",
    ),
    "bound": (
        "The bound {bound} lies further from 1 than the estimate {ratio}: give the bound nearest to 1.",
        "De grens {bound} ligt verder van 1 dan de schatting {ratio}: geef de grens die het dichtst bij 1 ligt.",
    ),
    "no_risk": (
        "A risk ratio asks for positive risks: use the difference.",
        "Een risicoverhouding vraagt positieve risico's: gebruik het verschil.",
    ),
    "breaks": (
        "breaks={breaks} must increase and lie between months 0 and {last}.",
        "breaks={breaks} moet stijgen en tussen maand 0 en {last} liggen.",
    ),
    "months": (
        "Choose months from 1 to {last}: beyond, not every group was followed.",
        "Kies maanden van 1 tot {last}: verder is niet elke groep gevolgd.",
    ),
    "regime_programme": (
        "Regime {regime!r} begins {name!r}, of which no column says when: choose from {known}.",
        "Regime {regime!r} begint {name!r}, waarvan geen kolom zegt wanneer: kies uit {known}.",
    ),
    "regime_never": (
        "Regime {regime!r} begins {name!r}, which nobody did: leave it out.",
        "Regime {regime!r} begint {name!r}, en niemand deed dat: laat het weg.",
    ),
    "regime_start": (
        "Regime {regime!r} begins {name!r} in month {month}, when nobody did: choose from {first} to {last}.",
        "Regime {regime!r} begint {name!r} in maand {month}, en toen begon niemand: kies van {first} tot {last}.",
    ),
    "regime_state": (
        "Regime {regime!r} has {begun} at once, which nobody had: leave it out.",
        "Regime {regime!r} heeft {begun} samen, en niemand had dat: laat het weg.",
    ),
    # Formulas.
    "incomplete": (
        "Formula {formula!r} is incomplete: write it as 'outcome ~ covariate + covariate'.",
        "Formule {formula!r} is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.",
    ),
    "unreadable": (
        "Formula {formula!r} cannot be read: check brackets, plus signs and names.",
        "De formule {formula!r} is niet leesbaar: controleer haakjes, plustekens en namen.",
    ),
    "two_parts": (
        "In {formula!r} a sign separates two parts: join covariates with +, or with : and * for both together.",
        "In {formula!r} scheidt een teken twee delen: verbind kenmerken met +, of met : en * voor samen.",
    ),
    "ambiguous_name": (
        "In {formula!r} a column has the name of something else that a formula knows, such as `1` or `log(x)`: rename it.",
        "In {formula!r} heet een kolom als iets anders dat een formule kent, zoals `1` of `log(x)`: hernoem ze.",
    ),
    "no_terms": (
        "In {formula!r} nothing remains on the right: write '~ 1' for no covariates.",
        "In {formula!r} blijft rechts niets over: schrijf '~ 1' voor geen kenmerken.",
    ),
    "both_sides": (
        "In {formula!r} {name!r} stands on both sides: take it away on the right.",
        "In {formula!r} staat {name!r} aan beide kanten: haal het rechts weg.",
    ),
    "no_power": (
        "In {expression!r} ^ is no power but 'either or': write **.",
        "In {expression!r} is ^ geen macht maar 'het een of het ander': schrijf **.",
    ),
    "uncomputable": (
        "The terms {terms!r} cannot be computed: {reason}",
        "De termen {terms!r} zijn niet te berekenen: {reason}",
    ),
    "no_numbers": (
        "The terms {terms!r} give values that are no numbers.",
        "De termen {terms!r} leveren waarden op die geen getal zijn.",
    ),
    "treatment_absent": (
        "Put treatment {treatment!r} among the covariates of the one outcome model: without it there is no effect.",
        "Zet behandeling {treatment!r} bij de kenmerken van het ene uitkomstmodel: zonder haar is er geen effect.",
    ),
    "treatment_twice": (
        "Take treatment {treatment!r} from the outcome's covariates: each group has an outcome model of its own already.",
        "Haal behandeling {treatment!r} uit de kenmerken van de uitkomst: het uitkomstmodel wordt al per groep geschat.",
    ),
    "outcome_as_cause": (
        "Take outcome {outcome!r} from the treatment's covariates: what follows the treatment does not explain it.",
        "Haal uitkomst {outcome!r} uit de kenmerken van de behandeling: wat volgt op de behandeling, verklaart ze niet.",
    ),
    "missing_formula": (
        "missing={missing!r} is no formula without a left-hand side: write '~ covariate + covariate'.",
        "missing={missing!r} is geen formule zonder linkerkant: schrijf '~ kenmerk + kenmerk'.",
    ),
    "missing_outcome": (
        "Take outcome {outcome!r} from missing={missing!r}: who misses it does not have it.",
        "Haal uitkomst {outcome!r} uit missing={missing!r}: wie ze mist, heeft ze niet.",
    ),
    "no_trait": (
        "Term {term!r} is no trait as it is: write the trait or C(trait), or make it a column first.",
        "De term {term!r} is geen kenmerk zoals het is: schrijf het kenmerk of C(kenmerk), of maak er eerst een kolom van.",
    ),
    "no_baseline": (
        "The terms {terms!r} leave out the level of the first period: write them without '- 1' or '0'.",
        "De termen {terms!r} laten het niveau van de eerste periode weg: schrijf ze zonder '- 1' of '0'.",
    ),
    # Tables and columns.
    "no_table": (
        "This is no DataFrame but a {kind}: give a table with named columns.",
        "Dit is geen DataFrame maar een {kind}: geef een tabel met benoemde kolommen.",
    ),
    "no_name": (
        "{option}={name!r} is no name: put the values in a column and give its name.",
        "{option}={name!r} is geen naam: zet de waarden in een kolom en geef haar naam.",
    ),
    "no_rows": ("The table has no rows: check the selection.", "De tabel heeft geen rijen: controleer de selectie."),
    "no_column": (
        "Column {name!r} is not there: change the formula. There are: {known}.",
        "Kolom {name!r} ontbreekt: pas de formule aan. Wel aanwezig: {known}.",
    ),
    "two_columns": (
        "There are two columns of the name {name!r}: rename one.",
        "Er zijn twee kolommen met de naam {name!r}: geef er een een andere naam.",
    ),
    "missing_values": (
        "Column {name!r} has {missing} missing or infinite values: fill them in or drop those rows explicitly.",
        "Kolom {name!r} heeft {missing} ontbrekende of oneindige waarden: vul ze aan of laat die rijen uitdrukkelijk weg.",
    ),
    "unfit": (
        "Column {name!r} ({dtype}) is no number, no text, no yes or no and no category, or of all sorts: convert it first, a date into a"
        " number of days, for instance.",
        "Kolom {name!r} ({dtype}) is geen getal, geen tekst, geen ja/nee en geen categorie, of van alles door elkaar: zet ze eerst om, een"
        " datum bijvoorbeeld in een aantal dagen.",
    ),
    "empty_categories": (
        "Covariate {name!r} has categories without rows ({empty}): remove them with {removal}.",
        "Kenmerk {name!r} heeft categorieën zonder rijen ({empty}): verwijder ze met {removal}.",
    ),
    "same_text": (
        "Covariate {name!r} has categories that read the same, such as 1 and '1': rename one of them.",
        "Kenmerk {name!r} heeft categorieën die hetzelfde luiden, zoals 1 en '1': hernoem er een.",
    ),
    "constant": (
        "Covariate {name!r} has the same value everywhere{where}: drop it.",
        "Kenmerk {name!r} heeft overal dezelfde waarde{where}: haal het weg.",
    ),
    "collinear": (
        "Covariate {name!r} follows{where} entirely from {partners}: {remedy}.",
        "Kenmerk {name!r} volgt{where} volledig uit {partners}: {remedy}.",
    ),
    # Arms, outcomes, weights, clusters.
    "one_group": (
        "Treatment {name!r} has one group only: there is nothing to compare.",
        "Behandeling {name!r} heeft maar één groep: er valt niets te vergelijken.",
    ),
    "empty_groups": (
        "Treatment {name!r} has groups without rows ({empty}): remove those categories with {removal}.",
        "Behandeling {name!r} heeft groepen zonder rijen ({empty}): verwijder die categorieën met {removal}.",
    ),
    "one_row": (
        "Group {arm!r} has one row only: how certain its figure is does not follow from that.",
        "Groep {arm!r} heeft maar één rij: hoe zeker haar cijfer is, volgt daar niet uit.",
    ),
    "probit_arms": (
        "Treatment {name!r} has {count} groups and a probit knows two: choose 'logit'.",
        "Behandeling {name!r} heeft {count} groepen en probit kent er twee: kies 'logit'.",
    ),
    "no_number": (
        "Outcome {name!r} is no number: code it as 0/1 or as a number.",
        "Uitkomst {name!r} is geen getal: codeer ze als 0/1 of als getal.",
    ),
    "not_binary": (
        "Outcome {name!r} has values other than 0 and 1: choose outcome_family='linear' or recode.",
        "Uitkomst {name!r} heeft andere waarden dan 0 en 1: kies outcome_family='linear' of hercodeer.",
    ),
    "infinite_outcome": (
        "Outcome {name!r} has infinite values: fill them in or make them missing.",
        "Uitkomst {name!r} heeft oneindige waarden: vul ze aan of maak ze leeg.",
    ),
    "none_or_all_missing": (
        "Of outcome {name!r} {what} are missing: leave out missing=.",
        "Van uitkomst {name!r} ontbreekt {what}: laat missing= weg.",
    ),
    "weights": (
        "Column {name!r} has weights that are no positive numbers: drop rows without weight explicitly.",
        "Kolom {name!r} heeft gewichten die geen positief getal zijn: laat rijen zonder gewicht uitdrukkelijk weg.",
    ),
    "one_cluster": (
        "Column {name!r} has one cluster only: no standard error follows from that.",
        "Kolom {name!r} telt maar één cluster: daar volgt geen standaardfout uit.",
    ),
    "group_in_one_cluster": (
        "Group {arm!r} lies in one cluster of {name!r} entirely: a difference from other groups may come from that one cluster, and no"
        " standard error follows.",
        "Groep {arm!r} zit helemaal in één cluster van {name!r}: een verschil met andere groepen kan ook van die ene cluster komen, en een"
        " standaardfout volgt er niet uit.",
    ),
    "duration": (
        "Column {name!r} has durations that are not positive: count from month 1.",
        "Kolom {name!r} heeft duren die niet positief zijn: tel vanaf maand 1.",
    ),
    "whole_months": (
        "Column {name!r} does not count whole months: round up.",
        "Kolom {name!r} telt geen hele maanden: rond naar boven af.",
    ),
    "no_event": (
        "In column {name!r} nothing happened: there is nothing to compare.",
        "In kolom {name!r} is niets gebeurd: er valt niets te vergelijken.",
    ),
    "start_months": (
        "Column {name!r} has starts that are no whole months: count from month 1; missing or 0 is never.",
        "Kolom {name!r} heeft beginmaanden die geen hele maand zijn: tel vanaf maand 1; leeg of 0 is nooit.",
    ),
    "start_after_end": (
        "Column {name!r} has {count} starts after the last month observed: who has left begins nothing any more.",
        "Kolom {name!r} heeft {count} beginmaanden na de laatste waargenomen maand: wie vertrokken is, begint niets meer.",
    ),
    # Models without finite coefficients.
    "separated": SEPARATED,
    "no_overlap": (
        "The covariates predict perfectly which row is in which group: comparable rows are lacking. Limit the table to rows that could have"
        " been in each group, or drop the covariate.",
        "De kenmerken voorspellen perfect welke rij in welke groep zit: vergelijkbare rijen ontbreken. Beperk de tabel tot rijen die in elke"
        " groep konden terechtkomen, of laat het kenmerk weg.",
    ),
    "no_response_overlap": (
        "The covariates predict perfectly whose outcome is missing: drop a covariate.",
        "De kenmerken voorspellen perfect van wie de uitkomst ontbreekt: laat een kenmerk weg.",
    ),
    "no_solution": (
        "The outcome model of {where} finds no solution: simplify the formula.",
        "Het uitkomstmodel van {where} vindt geen oplossing: vereenvoudig de formule.",
    ),
    "nobody_in_period": (
        "In group {arm!r} nobody leaves in period {period}: choose wider 'breaks'.",
        "In groep {arm!r} vertrekt niemand in periode {period}: kies ruimere 'breaks'.",
    ),
    "nobody_leaves_then": (
        "In period {period} nobody leaves: choose wider 'breaks'.",
        "In periode {period} vertrekt niemand: kies ruimere 'breaks'.",
    ),
    "nobody_leaves_after": (
        "Once {begun} has begun nobody leaves: what it does to leaving has no finite estimate. Leave it out.",
        "Zodra {begun} begonnen is, vertrekt niemand: wat dat met het vertrek doet, is niet te schatten. Laat het weg.",
    ),
    "separated_stays": (
        "The covariates predict leaving perfectly: drop a covariate.",
        "De kenmerken voorspellen het vertrek perfect: laat een kenmerk weg.",
    ),
    "separated_leaving": (
        "In group {arm!r} the covariates predict leaving perfectly: drop a covariate.",
        "In groep {arm!r} voorspellen de kenmerken het vertrek perfect: laat een kenmerk weg.",
    ),
    # Warnings.
    "weak_overlap": (
        "Weak overlap: for some rows group {arm!r} is so unlikely that they would get {weight} times the average weight there. Look at"
        " the overlap before you use the figure.",
        "Zwakke overlap: voor sommige rijen is groep {arm!r} zo onwaarschijnlijk dat ze daar {weight} keer het gemiddelde gewicht"
        " zouden krijgen. Bekijk de overlap voor u het cijfer gebruikt.",
    ),
    "constant_outcome": (
        "In group {arm!r} everybody has the same outcome: the uncertainty about that group is unknown and not in the interval.",
        "In groep {arm!r} heeft iedereen dezelfde uitkomst: de onzekerheid over die groep is onbekend en telt niet mee in het interval.",
    ),
    "nobody_left": (
        "In group {arm!r} nobody leaves: the uncertainty about that group is unknown and not in the interval.",
        "In groep {arm!r} vertrekt niemand: de onzekerheid over die groep is onbekend en telt niet mee in het interval.",
    ),
    "few_rows": (
        "Group {arm!r} has only {rows} rows: {consequence}",
        "Groep {arm!r} telt maar {rows} rijen: {consequence}",
    ),
    "few_of_a_kind": (
        "In group {arm!r} {value:g} occurs only {count}x: {consequence}",
        "In groep {arm!r} komt {value:g} maar {count} keer voor: {consequence}",
    ),
    "cluster_per_row": (
        "Every row is a cluster of its own: the standard error allows for no dependence at all. Give the column of the clusters.",
        "Elke rij is een eigen cluster: de standaardfout houdt met geen enkele samenhang rekening. Geef de kolom met de clusters.",
    ),
    "few_clusters": ("Only {count} clusters: {consequence}", "Maar {count} clusters: {consequence}"),
    "few_clusters_in_group": (
        "Group {arm!r} lies in only {count} clusters: {consequence}",
        "Groep {arm!r} zit in maar {count} clusters: {consequence}",
    ),
    "failed_replicates": (
        "{failed} of the {replicates} bootstrap samples gave no estimate and do not count: a group or a covariate is too rare. Simplify the"
        " formulas.",
        "{failed} van de {replicates} bootstrapsteekproeven leverden geen schatting op en tellen niet mee: een groep of kenmerk is te"
        " zeldzaam. Vereenvoudig de formules.",
    ),
}


class Text:
    """A message and its facts, worded when it is read."""

    def __init__(self, message: str, /, **facts: object) -> None:
        self.message, self.facts = message, facts

    def __str__(self) -> str:
        return worded(self.message, self.facts)


def worded(message: str, facts: dict[str, object]) -> str:
    """A message with its facts in the language of today."""
    dutch = os.environ.get(LANGUAGE, "en").startswith("nl")
    return MESSAGES[message][dutch].format(**facts)
