"""What every column of a workbook means, in German, by the English sentence that the document's description has for it."""

from __future__ import annotations

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    # company
    "Version of the format; 1.": "Version des Formats; 1.",
    "Short name that never changes.": "Kurzname, der sich nie ändert.",
    "Name of the company.": "Name des Unternehmens.",
    "What it does, in words.": "Was es tut, in Worten.",
    "Currency of every amount, ISO 4217.": "Währung aller Beträge nach ISO 4217.",
    "How many people work there.": "Wie viele Menschen dort arbeiten.",
    "How many customers there are.": "Wie viele Kunden es gibt.",
    "Name of the group.": "Name der Gruppe.",
    "Its share of all customers.": "Ihr Anteil an allen Kunden.",
    "Its share of what all customers are worth.": "Ihr Anteil am Wert aller Kunden.",
    # departments
    "Short name that never changes; 'customer' is reserved.": "Kurzname, der sich nie ändert; 'customer' ist vergeben.",
    "Name of the department.": "Name der Abteilung.",
    "What the department does.": "Was die Abteilung tut.",
    "How many people work in it.": "Wie viele Menschen in ihr arbeiten.",
    "Who leads it.": "Wer sie leitet.",
    "Key of the department that it belongs to.": "Schlüssel der Abteilung, zu der sie gehört.",
    # outcomes and KPIs
    "What customers are owed, in words.": "Was Kunden zusteht, in Worten.",
    "Which way it should go.": "In welche Richtung es gehen soll.",
    "How much it counts beside the other outcomes, on any scale.": "Wie viel es neben den anderen zählt, auf beliebiger Skala.",
    "Id of the catalogue's metric, or of an own one, where the name alone is not to decide.": (
        "Kennung der Metrik des Katalogs oder einer eigenen, wo der Name allein nicht entscheiden soll."
    ),
    "True when the name means the opposite of the metric (late deliveries for on-time delivery).": (
        "Wahr, wenn der Name das Gegenteil der Metrik meint (verspätete Lieferungen statt Liefertreue)."
    ),
    "The archetype that it belongs to, where the catalogue has no metric for it.": (
        "Die Familie, zu der es gehört, wo der Katalog keine Metrik dafür hat."
    ),
    "What baseline, target and tolerance are counted in.": "Worin Ausgangswert, Ziel und Toleranz gezählt werden.",
    "Where it stands today.": "Wo es heute steht.",
    "Where it is to stand; another value than the baseline.": "Wo es stehen soll; ein anderer Wert als der Ausgangswert.",
    "For 'maintain': how far it may be from the target.": "Bei 'maintain': wie weit es vom Ziel abweichen darf.",
    "Key of the customer segment that it is about.": "Schlüssel des Kundensegments, um das es geht.",
    "What a change is worth, in the organization's currency.": "Was eine Änderung wert ist, in der Währung des Unternehmens.",
    "For how many units of change.": "Für wie viele Einheiten der Änderung.",
    "What the change is counted in.": "Worin die Änderung gezählt wird.",
    "Key of the department that is measured by it.": "Schlüssel der Abteilung, die daran gemessen wird.",
    "What it is called there; the catalogue's metric is found by it.": "Wie sie dort heißt; danach wird die Metrik des Katalogs gefunden.",
    "Its share within the department, on any scale.": "Ihr Anteil innerhalb der Abteilung, auf beliebiger Skala.",
    "How soon it is looked at.": "Wie bald darauf geschaut wird.",
    "Who answers for it.": "Wer sie verantwortet.",
    "Keys of departments that carry it too.": "Schlüssel der Abteilungen, die sie mittragen.",
    "First day on which it holds.": "Erster Tag der Gültigkeit.",
    "First day on which it no longer holds.": "Erster Tag, an dem es nicht mehr gilt.",
    # pay
    "Key of the department whose people it pays.": "Schlüssel der Abteilung, deren Leute er vergütet.",
    "Who is paid by it.": "Wer danach vergütet wird.",
    "How many people are paid by it.": "Wie viele Menschen danach vergütet werden.",
    "How often it pays.": "Wie oft ausgezahlt wird.",
    "Variable pay over total pay, at target.": "Variable Vergütung geteilt durch Gesamtvergütung bei Zielerreichung.",
    "Total pay at target, in the organization's currency.": "Gesamtvergütung bei Zielerreichung, in der Währung des Unternehmens.",
    "Who answers for the plan.": "Wer den Plan verantwortet.",
    "Key of the department that designs it.": "Schlüssel der Abteilung, die ihn entwirft.",
    "Key of the department that approves it.": "Schlüssel der Abteilung, die ihn genehmigt.",
    "Keys of the plans of the people on whose results this role is paid.": (
        "Schlüssel der Pläne der Leute, nach deren Ergebnissen diese Rolle vergütet wird."
    ),
    "Key of the incentive plan that it belongs to.": "Schlüssel des Anreizplans, zu dem er gehört.",
    "Short name that never changes, unique over all plans.": "Kurzname, der sich nie ändert, über alle Pläne hinweg eindeutig.",
    "Key of the KPI that it pays for.": "Schlüssel des KPI, der vergütet wird.",
    "What it pays for in words, where that is no KPI of a department.": "Was vergütet wird, in Worten, wo es kein KPI ist.",
    "Which way the measure should go.": "In welche Richtung die Messgröße gehen soll.",
    "Share of the plan's target variable pay; the components of a plan sum to 1.": (
        "Anteil an der variablen Zielvergütung des Plans; die Bestandteile eines Plans ergeben 1."
    ),
    "How pay follows attainment.": "Wie die Auszahlung der Zielerreichung folgt.",
    "Attainment below which nothing is paid.": "Zielerreichung, unter der nichts gezahlt wird.",
    "Attainment at which target pay is paid.": "Zielerreichung, bei der die Zielvergütung gezahlt wird.",
    "The most that is paid, as a multiple of target pay; left out, none is stated.": (
        "Das Höchste, was gezahlt wird, als Vielfaches der Zielvergütung; leer: keines genannt."
    ),
    "The least that is paid, as a multiple of target pay.": "Das Mindeste, was gezahlt wird, als Vielfaches der Zielvergütung.",
    "Rate of a commission.": "Satz einer Provision.",
    "What is paid from which attainment on (tiered).": "Was ab welcher Zielerreichung gezahlt wird (tiered).",
    "What is paid up to which place (ranking).": "Was bis zu welchem Rang gezahlt wird (ranking).",
    "What pay above an attainment is multiplied by.": "Womit die Auszahlung oberhalb einer Zielerreichung vervielfacht wird.",
    "Key of the KPI without which nothing is paid.": "Schlüssel des KPI, ohne den nichts gezahlt wird.",
    "What must hold: a comparison such as '>= 4.2', or a sentence.": "Was gelten muss: ein Vergleich wie '>= 4.2' oder ein Satz.",
    "Key of the KPI that scales pay.": "Schlüssel des KPI, der die Auszahlung skaliert.",
    "The least that pay is multiplied by.": "Womit die Auszahlung mindestens vervielfacht wird.",
    "The most that pay is multiplied by.": "Womit die Auszahlung höchstens vervielfacht wird.",
    "For how many months pay can be taken back.": "Wie viele Monate lang zurückgefordert werden kann.",
    "When it is taken back, in words.": "Wann zurückgefordert wird, in Worten.",
    "For how many months pay is held back.": "Wie viele Monate lang einbehalten wird.",
    "Which share of it is held back.": "Welcher Anteil davon einbehalten wird.",
    "Whether the role controls the measure; left out, the catalogue decides.": (
        "Ob die Rolle die Messgröße in der Hand hat; leer: der Katalog entscheidet."
    ),
    "What else hangs on it, in words; any is read as extra pressure.": (
        "Was sonst daran hängt, in Worten; alles gilt als zusätzlicher Druck."
    ),
    "True when the same success counts for one department only.": "Wahr, wenn derselbe Erfolg nur einer Abteilung zählt.",
    # governance
    "Department or person answerable for what customers are owed.": "Abteilung oder Person, die verantwortet, was Kunden zusteht.",
    "Whether somebody at the top stands behind it.": "Ob jemand an der Spitze dahintersteht.",
    "The department that 'owns the customer', if one does.": "Die Abteilung, der 'der Kunde gehört', wenn es eine gibt.",
    "Keys of KPIs that several departments carry together.": "Schlüssel von KPIs, die mehrere Abteilungen gemeinsam tragen.",
    "Whether customers are thought of in every decision.": "Ob bei jeder Entscheidung an Kunden gedacht wird.",
    "Whether all departments see the same customer.": "Ob alle Abteilungen denselben Kunden sehen.",
    "Whether the quality of what is paid for is looked at.": "Ob auf die Qualität dessen geschaut wird, was vergütet wird.",
    "How often the effects of incentives are looked at.": "Wie oft auf die Wirkungen der Anreize geschaut wird.",
    # own knowledge
    "Id by which KPIs name it.": "Kennung, mit der KPIs sie nennen.",
    "What is measured.": "Was gemessen wird.",
    "Archetype that gives it influences.": "Familie, von der sie Einflüsse erhält.",
    "Which way is good.": "Welche Richtung gut ist.",
    "Other names for it.": "Andere Namen dafür.",
    "Names for its opposite.": "Namen für das Gegenteil.",
    "Function that it belongs to.": "Funktion, zu der sie gehört.",
    "What it is counted in.": "Worin sie gezählt wird.",
    "Retention, efficiency, acquisition or penetration.": "Bindung, Effizienz, Gewinnung oder Durchdringung.",
    "Activity, output, outcome or financial.": "Tätigkeit, Leistung, Wirkung oder Finanzgröße.",
    "Whether customers are owed it.": "Ob sie Kunden zusteht.",
    "Functions whose people control it.": "Funktionen, deren Leute sie in der Hand haben.",
    "Metric or lever that influences.": "Metrik oder Hebel, von dem der Einfluss ausgeht.",
    "Metric that is influenced.": "Metrik, die beeinflusst wird.",
    "'+': both go the same way; '-': opposite ways.": "'+': beide in dieselbe Richtung; '-': entgegengesetzt.",
    "By definition, as a cause, or as pressure on people.": "Per Definition, als Ursache oder als Druck auf Menschen.",
    "How strong it is.": "Wie stark er ist.",
    "For which way of the source it is claimed.": "Für welche Richtung der Quelle er behauptet wird.",
    "After how many days it shows.": "Nach wie vielen Tagen er sich zeigt.",
    "What kind of evidence there is.": "Welche Art von Beleg es gibt.",
    "Where the evidence comes from.": "Woher der Beleg stammt.",
    "How it works.": "Wie er wirkt.",
    "Id of the catalogue's influence that it replaces.": "Kennung des Einflusses im Katalog, den er ersetzt.",
    "Id of the catalogue's influence that it silences.": "Kennung des Einflusses im Katalog, den er abschaltet.",
    "Why.": "Warum.",
    # suppressions and parameters
    "Fingerprint of the finding.": "Fingerabdruck des Befunds.",
    "Rule whose findings are accepted.": "Regel, deren Befunde hingenommen werden.",
    "Keys that the findings are about.": "Schlüssel, um die es in den Befunden geht.",
    "Who accepted it.": "Wer es hingenommen hat.",
    "Last day on which it is accepted.": "Letzter Tag, an dem es hingenommen wird.",
    "What the finding rested on when it was accepted, as the analysis marks it; when that changes, the waiver is void.": (
        "Worauf der Befund ruhte, als er hingenommen wurde, wie die Analyse es kennzeichnet; ändert sich das, ist die Ausnahme nichtig."
    ),
    "Name of the parameter.": "Name des Parameters.",
    "What it is set to.": "Worauf er gesetzt ist.",
}
"""English sentence → German sentence."""
