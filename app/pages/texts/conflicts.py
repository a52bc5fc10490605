"""Texts around one conflict: how it stands, what can be made of it, what was said, what happened."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the list
    "conflicts_how": (
        "What works against what, the worst first. Open one to see why, and to say what becomes of it.",
        "Was wogegen arbeitet, das Schwerste zuerst. Öffnen Sie einen Konflikt, um zu sehen, warum, und zu sagen, was aus ihm wird.",
    ),
    "filter_assignee": ("Looked after by", "Zuständig"),
    "any_assignee": ("anybody or nobody", "gleich wer"),
    "nobody_looks": ("nobody looks after it", "niemand ist zuständig"),
    "somebody_looks": ("{name} looks after it", "{name} ist zuständig"),
    "somebody_gone": ("somebody who is no member any more", "jemand, der kein Mitglied mehr ist"),
    "one_comment": ("1 comment", "1 Kommentar"),
    "n_comments": ("{n} comments", "{n} Kommentare"),
    "no_comments": ("no comment", "kein Kommentar"),
    # how it stands
    "handling": ("What becomes of it", "Was aus ihm wird"),
    "stands": ("It is {status}.", "Er ist {status}."),
    "stands_new": (
        "It is new: the last analysis was the first to see it, and nobody has said yet what becomes of it.",
        "Er ist neu: Die letzte Analyse hat ihn als erste gesehen, und noch niemand hat gesagt, was aus ihm wird.",
    ),
    "stands_open": (
        "It is open: nobody has said what becomes of it.",
        "Er ist offen: Niemand hat gesagt, was aus ihm wird.",
    ),
    "stands_acknowledged": (
        "It is acknowledged: somebody agrees that it is a conflict.",
        "Er ist anerkannt: Jemand stimmt zu, dass es ein Konflikt ist.",
    ),
    "stands_disputed": (
        "It is disputed: somebody does not think that it is a conflict.",
        "Er ist bestritten: Jemand hält ihn für keinen Konflikt.",
    ),
    "stands_waived": ("It is accepted as it is.", "Er wird so hingenommen."),
    "stands_resolved": (
        "It is resolved: the last analysis did not see it any more. One that sees it again opens it.",
        "Er ist gelöst: Die letzte Analyse hat ihn nicht mehr gesehen. Sieht ihn wieder eine, ist er offen.",
    ),
    "stands_goal_removed": (
        "It is gone because a goal is that it was about; nobody has solved it.",
        "Er ist weg, weil ein Ziel weg ist, um das es ging; gelöst hat ihn niemand.",
    ),
    "stands_regressed": (
        "It is back again: it was gone, and the last analysis saw it again.",
        "Er ist wieder da: Er war weg, und die letzte Analyse hat ihn wieder gesehen.",
    ),
    "waiver_until": (
        "{owner} accepts it until {day}, that day included: “{reason}”",
        "{owner} nimmt ihn bis einschließlich {day} hin: „{reason}“",
    ),
    "waiver_endless": ("The document accepts it, without an end.", "Das Dokument nimmt ihn hin, ohne Ende."),
    "waiver_unnamed": ("Somebody", "Jemand"),
    "waiver_no_reason": ("no reason given", "ohne Begründung"),
    "waiver_voids": (
        "It ends sooner when the chain that shows the conflict changes, when the evidence behind the chain does, and when an analysis does "
        "not see the conflict any more.",
        "Das endet früher, wenn sich die Kette ändert, die den Konflikt zeigt, wenn sich die Belege dahinter ändern, und wenn eine Analyse "
        "den Konflikt nicht mehr sieht.",
    ),
    "waiver_by_document": (
        "The document itself says so, at {place}; only a change of the document ends it.",
        "Das sagt das Dokument selbst, unter {place}; nur eine Änderung des Dokuments beendet es.",
    ),
    # what can be made of it
    "decide_open": ("Open it again", "Wieder öffnen"),
    "decide_open_why": (
        "Nobody's word on it counts any more; it stands on the list of what waits for somebody.",
        "Niemandes Wort dazu gilt mehr; er steht wieder auf der Liste dessen, was auf jemanden wartet.",
    ),
    "decide_seen": ("Take note of it", "Zur Kenntnis nehmen"),
    "decide_seen_why": (
        "It is not new any more, and stays open.",
        "Er ist nicht mehr neu und bleibt offen.",
    ),
    "decide_acknowledged": ("Acknowledge it", "Anerkennen"),
    "decide_acknowledged_why": (
        "You agree that it is a conflict, and it is to be solved.",
        "Sie stimmen zu, dass es ein Konflikt ist, und er soll gelöst werden.",
    ),
    "decide_disputed": ("Dispute it", "Bestreiten"),
    "decide_disputed_why": (
        "You do not think that it is a conflict. Your reason stands among the comments.",
        "Sie halten ihn für keinen Konflikt. Ihre Begründung steht bei den Kommentaren.",
    ),
    "decide_waived": ("Accept it for a time", "Für eine Zeit hinnehmen"),
    "decide_waived_again": ("Change what is accepted", "Das Hinnehmen ändern"),
    "decide_waived_why": (
        "It is a conflict, and it stays for now. Say why, and until when.",
        "Es ist ein Konflikt, und er bleibt vorerst. Sagen Sie, warum, und bis wann.",
    ),
    "reason": ("Reason", "Begründung"),
    "last_day": ("Last day", "Letzter Tag"),
    "nothing_possible": ("Nothing can be decided here now.", "Hier ist jetzt nichts zu entscheiden."),
    "changed_meanwhile": (
        "Somebody changed this meanwhile. You see how it stands now; what you typed is kept. Look, and send it again.",
        "Das hat inzwischen jemand geändert. Sie sehen den jetzigen Stand; was Sie eingegeben haben, ist noch da. Sehen Sie nach und "
        "senden Sie es noch einmal.",
    ),
    "looked_after": ("Who looks after it", "Wer zuständig ist"),
    "nobody": ("nobody", "niemand"),
    "assign_it": ("Save who looks after it", "Zuständigkeit speichern"),
    "no_members": (
        "There are no members yet; whoever administers the workspace adds them.",
        "Es gibt noch keine Mitglieder; wer den Arbeitsbereich verwaltet, fügt sie hinzu.",
    ),
    # what was said and what happened
    "comments": ("Comments", "Kommentare"),
    "nobody_commented": ("Nobody has said anything yet.", "Noch hat niemand etwas gesagt."),
    "older_comments": ("{n} older ones are not shown.", "{n} ältere sind nicht gezeigt."),
    "your_comment": ("Your comment", "Ihr Kommentar"),
    "comment_it": ("Comment", "Kommentieren"),
    "what_happened": ("What happened to it", "Was mit ihm geschah"),
    "history_appeared": ("An analysis saw it for the first time.", "Eine Analyse hat ihn zum ersten Mal gesehen."),
    "history_stayed": (
        "Another analysis saw it; it is not new any more.",
        "Eine weitere Analyse hat ihn gesehen; er ist nicht mehr neu.",
    ),
    "history_resolved": (
        "An analysis did not see it any more: resolved.",
        "Eine Analyse hat ihn nicht mehr gesehen: gelöst.",
    ),
    "history_resolved_goal_removed": (
        "It is gone with a goal that it was about.",
        "Er ist mit einem Ziel weg, um das es ging.",
    ),
    "history_came_back": ("An analysis saw it again.", "Eine Analyse hat ihn wieder gesehen."),
    "history_acknowledged": ("Acknowledged.", "Anerkannt."),
    "history_disputed": ("Disputed.", "Bestritten."),
    "history_waived": ("Accepted by the document.", "Vom Dokument hingenommen."),
    "history_waived_until": ("Accepted until {day}: “{reason}”", "Hingenommen bis {day}: „{reason}“"),
    "history_reopened": ("Opened again.", "Wieder geöffnet."),
    "history_waiver_ended_expired": (
        "No longer accepted: the last day has passed.",
        "Nicht mehr hingenommen: Der letzte Tag ist vorbei.",
    ),
    "history_waiver_ended_withdrawn": (
        "No longer accepted by the document.",
        "Vom Dokument nicht mehr hingenommen.",
    ),
    "history_waiver_ended_chain": (
        "No longer accepted: the chain that shows it has changed.",
        "Nicht mehr hingenommen: Die Kette, die ihn zeigt, hat sich geändert.",
    ),
    "history_waiver_ended_sources": (
        "No longer accepted: the evidence behind the chain has changed.",
        "Nicht mehr hingenommen: Die Belege hinter der Kette haben sich geändert.",
    ),
    "history_waiver_ended_both": (
        "No longer accepted: chain and evidence have changed.",
        "Nicht mehr hingenommen: Kette und Belege haben sich geändert.",
    ),
    "history_regraded": ("Its level went from {before} to {after}.", "Seine Stufe ging von {before} auf {after}."),
    "history_assigned": ("{name} looks after it.", "{name} ist zuständig."),
    "history_unassigned": ("{name} no longer looks after it.", "{name} ist nicht mehr zuständig."),
    # what was done
    "done_conflict_open": ("The conflict is open.", "Der Konflikt ist offen."),
    "done_conflict_acknowledged": ("The conflict is acknowledged.", "Der Konflikt ist anerkannt."),
    "done_conflict_disputed": (
        "The conflict is disputed; your reason is kept.",
        "Der Konflikt ist bestritten; Ihre Begründung ist gespeichert.",
    ),
    "done_conflict_waived": (
        "The conflict is accepted until the day you named.",
        "Der Konflikt wird bis zum genannten Tag hingenommen.",
    ),
    "done_conflict_assigned": ("Who looks after it is saved.", "Die Zuständigkeit ist gespeichert."),
    "done_conflict_unassigned": ("Nobody looks after it now.", "Jetzt ist niemand zuständig."),
    "done_conflict_commented": ("Your comment is saved.", "Ihr Kommentar ist gespeichert."),
}
