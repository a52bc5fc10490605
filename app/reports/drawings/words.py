"""Texts of drawings, English and German, beside those of the text report."""

from __future__ import annotations

from datetime import date

from app.domain.terms import Direction
from app.reports.text_words import Words

DRAWING_TEXTS: dict[str, tuple[str, str]] = {
    # heat map
    "heat_map": ("Who works against whom", "Wer gegen wen arbeitet"),
    "heat_map_how": (
        "Each row is a department that pushes, each column one that suffers. A cell holds the severity of the worst conflict, "
        "from 0 to 100, and how many there are.",
        "Jede Zeile ist eine Abteilung, die drängt, jede Spalte eine, die leidet. In der Zelle stehen die Schwere des schwersten "
        "Konflikts, von 0 bis 100, und wie viele es sind.",
    ),
    "pushes": (
        "{source} works against {target}: {level}, {severity}.",
        "{source} arbeitet gegen {target}: {level}, {severity}.",
    ),
    "the_customers": ("Customers", "Kunden"),
    "who_pushes": ("Who pushes", "Wer drängt"),
    "who_suffers": ("Who suffers", "Wer leidet"),
    "level": ("Level", "Stufe"),
    "severity": ("Severity", "Schwere"),
    "conflicts": ("Conflicts", "Konflikte"),
    "one_conflict": ("1 conflict", "1 Konflikt"),
    "n_conflicts": ("{n} conflicts", "{n} Konflikte"),
    # chain
    "chain": ("How it comes about", "Wie es dazu kommt"),
    "chain_how": ("The chain runs from the goal to the harm.", "Die Kette läuft vom Ziel zum Schaden."),
    "begins_with": ("It begins with {name}", "Es beginnt bei {name}"),
    "ends_with": ("It hurts {name}", "Es schadet: {name}"),
    "step": ("Step", "Schritt"),
    "moves": ("What moves", "Was sich bewegt"),
    "strength": ("How strongly", "Wie stark"),
    "shows": ("Shows", "Zeigt sich"),
    "known_by": ("Known by", "Woher bekannt"),
    "goes_up": ("{name} rises", "{name} steigt"),
    "goes_down": ("{name} falls", "{name} fällt"),
    # network
    "network": ("The ways that harm most", "Die Wege, die am meisten schaden"),
    "network_how": (
        "Goals stand first, what they set off follows, the harm comes last. Only the strongest of {all} influences are drawn: {drawn}.",
        "Zuerst stehen Ziele, dann folgt, was sie auslösen, zuletzt kommt der Schaden. Nur die stärksten von {all} Einflüssen sind "
        "gezeichnet: {drawn}.",
    ),
    "leads_to": ("{source} → {target}", "{source} → {target}"),
    "from": ("From", "Von"),
    "to": ("To", "Nach"),
    # compass
    "compass": ("Where each department pulls", "Wohin jede Abteilung zieht"),
    "compass_how": (
        "The thick arrow is the direction that is best for customers. An arrow that points away from it pulls against what they are "
        "owed; the longer it is, the harder the department pushes.",
        "Der dicke Pfeil ist die Richtung, die für die Kunden die beste ist. Ein Pfeil, der von ihm weg zeigt, zieht gegen das, was "
        "ihnen zusteht; je länger er ist, desto stärker drängt die Abteilung.",
    ),
    "against": ("against customers", "gegen die Kunden"),
    "for": ("for customers", "für die Kunden"),
    "neither": ("neither", "weder noch"),
    "points": ("{name}: {value}, {told}.", "{name}: {value}, {told}."),
    "department": ("Department", "Abteilung"),
    "alignment": ("Alignment", "Ausrichtung"),
    "meaning": ("What it means", "Was das heißt"),
    "reaches": ("Reaches", "Erreicht"),
    "of_what_is_owed": ("{share} of what customers are owed", "{share} dessen, was Kunden zusteht"),
    "reaches_nothing": ("reaches no customer outcome", "erreicht kein Kundenergebnis"),
    "pull_for": ("pulls with the customers", "zieht mit den Kunden"),
    "pull_rather_for": ("pulls rather with the customers", "zieht eher mit den Kunden"),
    "pull_neither": ("pulls neither for nor against", "zieht weder mit noch gegen"),
    "pull_rather_against": ("pulls rather against the customers", "zieht eher gegen die Kunden"),
    "pull_against": ("pulls against the customers", "zieht gegen die Kunden"),
    # timeline
    "timeline": ("The road over time", "Der Weg über die Zeit"),
    "timeline_how": (
        "A bar for each item, from the day on which it begins to the day on which it ends. The end waits for the hatched ones.",
        "Ein Balken für jede Maßnahme, vom Tag ihres Beginns bis zum Tag ihres Endes. Auf die schraffierten wartet das Ende.",
    ),
    "timeline_item": ("Item", "Maßnahme"),
    "timeline_phase": ("Phase", "Phase"),
    "timeline_stage": ("Stage", "Stand auf dem Weg"),
    "timeline_begins": ("Begins", "Beginn"),
    "timeline_ends": ("Ends", "Ende"),
    "timeline_critical": ("The end waits for it", "Das Ende wartet darauf"),
    "timeline_yes": ("yes", "ja"),
    # trend
    "trend": ("How it went", "Wie es sich entwickelt hat"),
    "trend_how": (
        "The line is the alignment index, from −1, straight against customers, to +1, straight for them. The bars count serious findings.",
        "Die Linie ist der Ausrichtungsindex, von −1, geradewegs gegen die Kunden, bis +1, geradewegs für sie. Die Balken zählen "
        "ernste Befunde.",
    ),
    "trend_from_to": ("From {first} on {since} to {last} on {until}.", "Von {first} am {since} bis {last} am {until}."),
    "day": ("Day", "Tag"),
    "index": ("Alignment index", "Ausrichtungsindex"),
    "serious": ("Serious findings", "Ernste Befunde"),
    "unknown": ("unknown", "unbekannt"),
    # payout
    "payout": ("What is paid for which result", "Was für welches Ergebnis gezahlt wird"),
    "payout_of": ("What is paid for “{name}”", "Was für „{name}“ gezahlt wird"),
    "payout_how": (
        "Across: the result as a share of the target. Up: pay as a share of what is paid at the target.",
        "Waagerecht: das Ergebnis als Anteil am Ziel. Senkrecht: die Zahlung als Anteil dessen, was beim Ziel gezahlt wird.",
    ),
    "jumps": ("It jumps by {share} at {at}.", "Sie springt um {share} bei {at}."),
    "result": ("Result", "Ergebnis"),
    "pay": ("Pay", "Zahlung"),
    "at_target": ("target", "Ziel"),
    # pay of a role, before and after
    "role_curves": ("Variable pay: {name}", "Variable Vergütung: {name}"),
    "role_curves_how": (
        "Across: how far every target is reached. Up: variable pay as a share of that at target. The dashed line is before the change, "
        "the solid one after it.",
        "Waagerecht: wie weit jedes Ziel erreicht ist. Senkrecht: die variable Vergütung als Anteil derjenigen beim Ziel. Gestrichelt "
        "vor der Änderung, durchgezogen danach.",
    ),
    "curve_before": ("Before", "Vorher"),
    "curve_after": ("After", "Nachher"),
    # front
    "fan": ("Money until the end of each quarter", "Geld bis zum Ende jedes Quartals"),
    "fan_how": (
        "The line is the middle of the draws; all but a twentieth of them stay above the lower dashed line, and below the upper one.",
        "Die Linie ist die Mitte der Ziehungen; alle bis auf ein Zwanzigstel bleiben über der unteren gestrichelten Linie und unter der "
        "oberen.",
    ),
    "fan_quarter": ("Quarter", "Quartal"),
    "fan_quarters": ("Quarters from now", "Quartale ab jetzt"),
    "fan_low": ("Low", "Tief"),
    "fan_middle": ("Middle", "Mitte"),
    "fan_high": ("High", "Hoch"),
    "tornado": ("What decides the net present value", "Was den Kapitalwert entscheidet"),
    "tornado_how": (
        "Each bar is how far the net present value goes with one assumption alone; the line is nothing won, nothing lost.",
        "Jeder Balken ist, wie weit der Kapitalwert mit einer Annahme allein geht; an der Linie ist nichts gewonnen, nichts verloren.",
    ),
    "tornado_assumption": ("Assumption", "Annahme"),
    "front": ("How much few changes clear", "Wie viel wenige Änderungen lösen"),
    "front_how": (
        "Across: how many changes are made. Up: the severity that is left. Beyond the plan in the ring more changes bring little.",
        "Waagerecht: wie viele Änderungen gemacht werden. Senkrecht: die Schwere, die bleibt. Beim Plan im Ring beginnen weitere "
        "Änderungen wenig zu bringen.",
    ),
    "changes": ("Changes", "Änderungen"),
    "severity_left": ("Severity left", "Schwere, die bleibt"),
    "knee": ("worth most", "lohnt am meisten"),
    # REAP
    "reap": ("What the goals are after", "Worauf die Ziele aus sind"),
    "reap_how": (
        "Shares of the pressure of all goals whose metric keeps customers, works cheaply, wins customers or sells more to them.",
        "Anteile am Druck aller Ziele, deren Metrik Kunden hält, sparsam arbeitet, Kunden gewinnt oder ihnen mehr verkauft.",
    ),
    "retention": ("Keep customers", "Kunden halten"),
    "efficiency": ("Work cheaply", "Sparsam arbeiten"),
    "acquisition": ("Win customers", "Kunden gewinnen"),
    "penetration": ("Sell them more", "Ihnen mehr verkaufen"),
    "driver": ("What for", "Wofür"),
    "driver_shares": ("Worth beside pressure and pay", "Wert neben Druck und Vergütung"),
    "driver_shares_how": (
        "For each element its share of what customers are worth, of the pressure of all goals, and of the pay that hangs on them.",
        "Für jedes Element sein Anteil an dem, was Kunden wert sind, am Druck aller Ziele und an der Vergütung, die daran hängt.",
    ),
    "share_worth": ("worth", "Wert"),
    "share_pressure": ("pressure", "Druck"),
    "share_pay": ("pay", "Vergütung"),
    "share": ("Share", "Anteil"),
}


class DrawingWords(Words):
    """The texts in one language."""

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its placeholders filled."""
        if text in DRAWING_TEXTS:
            return DRAWING_TEXTS[text][self.language == "de"].format(**values)
        return super().__call__(text, **values)

    def moves(self, name: str, direction: Direction | None) -> str:
        """Something that goes up or down, in words."""
        return name if direction is None else self(f"goes_{direction}", name=name)

    def found(self, count: int) -> str:
        """How many conflicts."""
        return self("one_conflict") if count == 1 else self("n_conflicts", n=self.count(count))

    def short_day(self, day: date) -> str:
        """A day in as few letters as will do."""
        return (
            f"{day.day}.{day.month}."
            if self.language == "de"
            else f"{day.day} {self.day(day.isoformat()).split()[1][:3]}"
        )

    def pull(self, alignment: float) -> str:
        """Where a department pulls, in words (semantics §5)."""
        bounds = ((0.4, "pull_for"), (0.1, "pull_rather_for"), (-0.1, "pull_neither"), (-0.4, "pull_rather_against"))
        return self(next((name for least, name in bounds if alignment >= least), "pull_against"))
