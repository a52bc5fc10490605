"""The types of problems that arise where something is stored: states, preconditions, retries, the database."""

from __future__ import annotations

from app.web.problem_types import PROBLEM_TYPES, ProblemType, Told

ALREADY_EXISTS = ProblemType(
    "already-exists", 409,
    Told("The key is taken", "Der Schlüssel ist vergeben"),
    Told("There is a thing with this key already.", "Unter diesem Schlüssel gibt es schon etwas."),
    Told(
        "A POST makes something new; its key is in use in this workspace.",
        "Ein POST legt Neues an; sein Schlüssel wird in diesem Arbeitsbereich schon verwendet.",
    ),
    Told("The thing was made before, or the key was chosen twice.", "Es wurde früher angelegt, oder der Schlüssel doppelt gewählt."),
    Told("Take another key, or PUT to the key's address to replace what is there.",
         "Nehmen Sie einen anderen Schlüssel, oder ersetzen Sie das Vorhandene mit PUT."),
)  # fmt: skip

STILL_REFERENCED = ProblemType(
    "still-referenced", 409,
    Told("Others refer to it", "Anderes verweist darauf"),
    Told("It cannot go while others refer to it; references lists them.",
         "Es kann nicht weg, solange anderes darauf verweist; references führt es auf."),
    Told("Nothing is deleted silently: what refers to the thing would be left hanging.",
         "Nichts wird stillschweigend gelöscht: Was darauf verweist, hinge in der Luft."),
    Told("Goals, plans or gates name its key.", "Ziele, Pläne oder Bedingungen nennen seinen Schlüssel."),
    Told("Change or delete what is listed first, or ask for `?cascade=true`, which deletes it too.",
         "Ändern oder löschen Sie zuerst das Aufgeführte, oder verlangen Sie `?cascade=true`, was es mitlöscht."),
)  # fmt: skip

EMBED_EXPIRED = ProblemType(
    "embed-expired", 401,
    Told("The time of the embed's token is over", "Die Zeit des Tokens der Ansicht ist abgelaufen"),
    Told("The token was good for a quarter of an hour at most, and no longer is.",
         "Das Token galt höchstens eine Viertelstunde, und nun nicht mehr."),
    Told("A token shows one view for a short time. Only whoever has a token that this service made is told that it has expired.",
         "Ein Token zeigt eine Ansicht für kurze Zeit. Nur wer eines von diesem Dienst hat, erfährt, dass es abgelaufen ist."),
    Told("The page did not ask for the next token in time, or kept an old one.",
         "Die Seite hat nicht rechtzeitig um das nächste Token gebeten oder ein altes aufbewahrt."),
    Told("Ask `POST /v1/embed-tokens` for another one. The web component does so by itself when two thirds of the time are over.",
         "Fordern Sie mit `POST /v1/embed-tokens` ein neues an. Die Web-Komponente tut es von selbst nach zwei Dritteln der Zeit."),
)  # fmt: skip

EMBED_REVOKED = ProblemType(
    "embed-revoked", 401,
    Told("The embed's token was revoked", "Das Token der Ansicht wurde widerrufen"),
    Told("Somebody has ended what the token allowed.", "Jemand hat beendet, was das Token erlaubte."),
    Told("A revoked token opens nothing from the next request on.",
         "Ein widerrufenes Token öffnet von der nächsten Anfrage an nichts mehr."),
    Told("`DELETE /v1/embed-tokens/{id}` was called for it.", "Dafür wurde `DELETE /v1/embed-tokens/{id}` aufgerufen."),
    Told("Ask for another token, if the view may still be shown.",
         "Fordern Sie ein neues Token an, falls die Ansicht noch gezeigt werden darf."),
)  # fmt: skip

EMBED_VIEW = ProblemType(
    "embed-view", 403,
    Told("The embed's token is for another view", "Das Token der Ansicht gilt für eine andere"),
    Told("The token shows one view, and not this one.", "Das Token zeigt eine Ansicht, und nicht diese."),
    Told("A token opens exactly the view that it was made for.", "Ein Token öffnet genau die Ansicht, für die es gemacht wurde."),
    Told("The page shows another view than the one that it asked a token for.",
         "Die Seite zeigt eine andere Ansicht als die, für die sie ein Token angefordert hat."),
    Told("Ask for a token of this view.", "Fordern Sie ein Token für diese Ansicht an."),
)  # fmt: skip

WRONG_STATE = ProblemType(
    "wrong-state", 409,
    Told("Its state does not allow this", "Sein Zustand lässt das nicht zu"),
    Told("{reason}", "{reason}"),
    Told("The request is right, but not now.", "Die Anfrage ist richtig, aber nicht jetzt."),
    Told("The thing has ended, was applied, or waits for something else.",
         "Es ist beendet, wurde angewendet oder wartet auf anderes."),
    Told("Read it again and see what its state is.", "Lesen Sie es neu und sehen Sie nach seinem Zustand."),
)  # fmt: skip

CRITERIA_UNMET = ProblemType(
    "criteria-unmet", 409,
    Told("What the next stage needs is missing", "Es fehlt, was die nächste Stufe braucht"),
    Told("The item cannot go to {stage} yet, as this is not so: {criteria}.",
         "Die Maßnahme kann noch nicht zu {stage}, denn dies ist nicht so: {criteria}."),
    Told("An item of a roadmap leaves a stage when all that has to be so before is so; `missing` lists what is not.",
         "Eine Maßnahme der Roadmap verlässt eine Stufe, wenn alles so ist, was davor so sein muss; `missing` führt auf, was fehlt."),
    Told("It has no owner, day, measure or guardrail yet, or nobody has confirmed what was found.",
         "Ihr fehlt, wer sie verantwortet, ein Tag, ein Maß oder eine Leitplanke, oder niemand hat das Gefundene bestätigt."),
    Told("Enter what is missing, confirm criteria with evidence, and ask for the stage again.",
         "Tragen Sie das Fehlende ein, bestätigen Sie Kriterien mit Belegen, und verlangen Sie die Stufe noch einmal."),
)  # fmt: skip

CLASHING = ProblemType(
    "conflicting-changes", 409,
    Told("Scenario and model changed the same", "Szenario und Modell haben dasselbe geändert"),
    Told("The model was changed where the scenario changes it, in another way; conflicts lists the places, and nothing was changed.",
         "Das Modell wurde dort, wo das Szenario es ändert, anders geändert; conflicts führt die Stellen auf, und nichts wurde geändert."),
    Told("Which of two values is meant nobody but you can say.", "Welcher von zwei Werten gemeint ist, können nur Sie sagen."),
    Told("Somebody changed the model after the revision that the scenario stands on.",
         "Jemand hat das Modell nach der Revision geändert, auf der das Szenario steht."),
    Told("Send a choice for each conflict: its pointer, and `scenario` or `model` as what is taken.",
         "Senden Sie zu jedem Konflikt eine Wahl: seinen Zeiger, und `scenario` oder `model` als das, was gilt."),
)  # fmt: skip

PRECONDITION_FAILED = ProblemType(
    "precondition-failed", 412,
    Told("It was changed meanwhile", "Es wurde inzwischen geändert"),
    Told("The state that the request was made for is not the current one; nothing was changed.",
         "Der Stand, für den die Anfrage galt, ist nicht der aktuelle; nichts wurde geändert."),
    Told("`If-Match` or `If-None-Match` does not fit the thing as it is; ETag names its state.",
         "`If-Match` oder `If-None-Match` passt nicht zum Stand der Dinge; ETag nennt ihn."),
    Told("Somebody else wrote first, or the thing exists already, or is gone.",
         "Jemand anders schrieb zuerst, oder es gibt das Ding schon, oder nicht mehr."),
    Told("Read it again, make your change on what you find, and send that state's ETag.",
         "Lesen Sie es neu, ändern Sie das Gefundene und senden Sie dessen ETag."),
)  # fmt: skip

PRECONDITION_REQUIRED = ProblemType(
    "precondition-required", 428,
    Told("Say on which state you change it", "Auf welchem Stand ändern Sie?"),
    Told("It exists; send If-Match with the ETag of the state that you change.",
         "Es existiert; senden Sie If-Match mit dem ETag des Standes, den Sie ändern."),
    Told("Two writers must not overwrite each other unseen.", "Zwei Schreiber dürfen einander nicht ungesehen überschreiben."),
    Told("A PUT, PATCH or DELETE of what exists came without `If-Match`.",
         "PUT, PATCH oder DELETE von Vorhandenem kam ohne `If-Match`."),
    Told("Send the ETag that you read, or `If-Match: *` to overwrite whatever is there.",
         "Senden Sie das gelesene ETag, oder `If-Match: *`, um zu überschreiben, was auch da ist."),
)  # fmt: skip

CLAIM_REUSED = ProblemType(
    "idempotency-key-reused", 422,
    Told("The Idempotency-Key belongs to another request", "Der Idempotency-Key gehört zu einer anderen Anfrage"),
    Told("This Idempotency-Key came before with another request; nothing was done.",
         "Dieser Idempotency-Key kam schon mit einer anderen Anfrage; nichts wurde getan."),
    Told("A key stands for one request; the same key with another method, path or body is a mistake.",
         "Ein Schlüssel steht für eine Anfrage; mit anderer Methode, anderem Pfad oder Inhalt ist er ein Irrtum."),
    Told("A key was made once and used for several requests.", "Ein Schlüssel wurde einmal erzeugt und mehrfach verwendet."),
    Told("Make a new key for each request, and repeat it only when that request is sent again.",
         "Erzeugen Sie für jede Anfrage einen neuen Schlüssel, und wiederholen Sie ihn nur mit ihr."),
)  # fmt: skip

CLAIM_RUNNING = ProblemType(
    "idempotency-in-progress", 409,
    Told("The first request is still running", "Die erste Anfrage läuft noch"),
    Told("A request with this Idempotency-Key is still running.", "Eine Anfrage mit diesem Idempotency-Key läuft noch."),
    Told("A retry came before the first request had ended.", "Eine Wiederholung kam, ehe die erste Anfrage zu Ende war."),
    Told("The client gave up waiting, or sent it twice.", "Der Client wartete nicht ab oder sandte doppelt."),
    Told("Wait as long as Retry-After says, and send the same request again.",
         "Warten Sie, solange Retry-After sagt, und senden Sie dieselbe Anfrage noch einmal."),
)  # fmt: skip

STORAGE_UNAVAILABLE = ProblemType(
    "storage-unavailable", 503,
    Told("The database cannot be used now", "Die Datenbank ist gerade nicht zu gebrauchen"),
    Told("The database did not answer; nothing was changed.", "Die Datenbank antwortete nicht; nichts wurde geändert."),
    Told("The service runs, but what it keeps cannot be reached.", "Der Dienst läuft, aber sein Bestand ist nicht erreichbar."),
    Told("The database restarts, is overloaded, or the network to it is down.",
         "Die Datenbank startet neu, ist überlastet, oder das Netz zu ihr ist gestört."),
    Told("Send the request again after Retry-After; work goes on by itself once the database is back.",
         "Senden Sie die Anfrage nach Retry-After noch einmal; sobald die Datenbank da ist, geht es von selbst weiter."),
)  # fmt: skip

STORAGE_FULL = ProblemType(
    "storage-full", 503,
    Told("There is no room to write", "Zum Schreiben ist kein Platz"),
    Told("The disk of the database is full; nothing was changed. Reading goes on.",
         "Der Datenträger der Datenbank ist voll; nichts wurde geändert. Lesen geht weiter."),
    Told("What is to be written does not fit any more.", "Was geschrieben werden soll, passt nicht mehr."),
    Told("The disk, or the quota of the database, is used up.", "Der Datenträger oder das Kontingent ist erschöpft."),
    Told("Make room, then send the request again.", "Schaffen Sie Platz und senden Sie die Anfrage noch einmal."),
)  # fmt: skip

JOB_INTERRUPTED = ProblemType(
    "job-interrupted", 500,
    Told("The job never came to an end", "Der Auftrag kam nie zu Ende"),
    Told("The job was begun several times, and each time whoever did it was not heard of any more.",
         "Der Auftrag wurde mehrmals begonnen, und jedes Mal meldete sich, wer ihn ausführte, nicht mehr."),
    Told("The job itself seems to end the processes that do it; it is not begun again.",
         "Der Auftrag selbst scheint die Prozesse zu beenden, die ihn ausführen; er wird nicht noch einmal begonnen."),
    Told("It takes more memory than there is, or the service was stopped by force again and again.",
         "Er braucht mehr Speicher als da ist, oder der Dienst wurde immer wieder gewaltsam beendet."),
    Told("Look at the service's log and its memory, then ask for the work again.",
         "Sehen Sie ins Protokoll des Dienstes und nach seinem Speicher, und verlangen Sie die Arbeit dann noch einmal."),
)  # fmt: skip

STORED = (
    ALREADY_EXISTS, STILL_REFERENCED, WRONG_STATE, CRITERIA_UNMET, CLASHING, CLAIM_RUNNING, PRECONDITION_FAILED, CLAIM_REUSED,
    PRECONDITION_REQUIRED,
    STORAGE_UNAVAILABLE, STORAGE_FULL, JOB_INTERRUPTED, EMBED_EXPIRED, EMBED_REVOKED, EMBED_VIEW,
)  # fmt: skip

PROBLEM_TYPES.update({type_.slug: type_ for type_ in STORED})
