"""Every type of problem that the service answers with: status, title, and what its page says, in English and German.

`detail` is the sentence of one occurrence; `{…}` is filled from what happened.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.terms import Language


@dataclass(frozen=True, slots=True)
class Told:
    """The same said in English and German."""

    en: str
    de: str

    def said(self, language: Language) -> str:
        """The text in a language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem. `slug` ends its address and never changes; clients branch on it."""

    slug: str
    status: int
    title: Told
    detail: Told
    meaning: Told
    cause: Told
    remedy: Told


MALFORMED = ProblemType(
    "malformed", 400,
    Told("The body cannot be read", "Der Inhalt ist nicht lesbar"),
    Told("The body could not be read; errors say where.", "Der Inhalt war nicht lesbar; errors sagt, wo."),
    Told(
        "The bytes that were sent are not what their media type says: JSON, YAML or a workbook.",
        "Die gesendeten Bytes sind nicht das, was ihr Medientyp sagt: JSON, YAML oder eine Arbeitsmappe.",
    ),
    Told(
        "A comma or bracket is missing, a member is given twice, a tab indents YAML, the text is not UTF-8, or values nest "
        "too deeply.",
        "Ein Komma oder eine Klammer fehlt, ein Feld steht doppelt, ein Tabulator rückt YAML ein, der Text ist nicht UTF-8, "
        "oder die Werte sind zu tief verschachtelt.",
    ),
    Told(
        "Look at the line and column in errors. Send UTF-8, and name the format in Content-Type.",
        "Sehen Sie in Zeile und Spalte unter errors nach. Senden Sie UTF-8 und nennen Sie das Format in Content-Type.",
    ),
)  # fmt: skip

VALIDATION = ProblemType(
    "validation", 422,
    Told("What was sent is not valid", "Das Gesendete ist nicht gültig"),
    Told(
        "{problems} in what was sent; errors lists each with its place.",
        "{problems} im Gesendeten; errors nennt jedes mit seiner Stelle.",
    ),
    Told(
        "What was sent can be read, but does not say what it should: members are missing, unknown or out of range, "
        "references lead nowhere, "
        "sums do not come out.",
        "Das Gesendete ist lesbar, sagt aber nicht, was es soll: Felder fehlen, sind unbekannt oder außerhalb ihrer Grenzen, "
        "Verweise gehen ins "
        "Leere, Summen stimmen nicht.",
    ),
    Told(
        "Usually a misspelt member or key, a percentage where a share from 0 to 1 is due, or component weights that do not "
        "sum to 1.",
        "Meist ein falsch geschriebenes Feld oder ein falscher Schlüssel, ein Prozentwert, wo ein Anteil von 0 bis 1 stehen "
        "soll, oder Gewichte, die "
        "zusammen nicht 1 ergeben.",
    ),
    Told(
        "Every problem is listed at once, with a JSON pointer, the value found, what was expected and, where there is one, "
        "the nearest valid value. "
        "The JSON Schema is at /v1/schemas/document.json.",
        "Alle Probleme stehen auf einmal da, mit JSON-Zeiger, gefundenem Wert, Erwartung und, wo es einen gibt, dem nächsten "
        "gültigen Wert. "
        "Das JSON-Schema liegt unter /v1/schemas/document.json.",
    ),
)  # fmt: skip

INVALID_REQUEST = ProblemType(
    "invalid-request", 400,
    Told("The request is not understood", "Die Anfrage ist nicht verständlich"),
    Told("{problems} in the parameters; errors lists each.", "{problems} in den Parametern; errors nennt jedes."),
    Told(
        "A query parameter or a header is unknown, given twice, or holds what it cannot.",
        "Ein Abfrageparameter oder eine Kopfzeile ist unbekannt, doppelt oder hat einen unmöglichen Wert.",
    ),
    Told(
        "Parameters that are not known are refused rather than ignored, so that a misspelt filter never returns too much.",
        "Unbekannte Parameter werden abgelehnt statt übergangen, damit ein verschriebener Filter nie zu viel liefert.",
    ),
    Told(
        "Each entry of errors names the parameter, what was found, what was expected and the nearest known name. /docs lists "
        "the parameters.",
        "Jeder Eintrag in errors nennt den Parameter, den gefundenen Wert, die Erwartung und den nächsten bekannten Namen. "
        "/docs führt die Parameter auf.",
    ),
)  # fmt: skip

CURSOR_INVALID = ProblemType(
    "cursor-invalid", 400,
    Told("The cursor does not fit", "Der Cursor passt nicht"),
    Told(
        "The cursor was not made for this list with these filters and this order.",
        "Der Cursor gehört nicht zu dieser Liste mit diesen Filtern und dieser Reihenfolge.",
    ),
    Told(
        "A cursor marks a place in one list, with its filters and order, of one version of the catalogue.",
        "Ein Cursor markiert eine Stelle in einer Liste, mit ihren Filtern und ihrer Reihenfolge, in einer Fassung des Katalogs.",
    ),
    Told(
        "It was changed, used with other filters or another order, or the service has a newer catalogue since.",
        "Er wurde verändert, mit anderen Filtern oder anderer Reihenfolge benutzt, oder der Dienst hat inzwischen einen "
        "neueren Katalog.",
    ),
    Told(
        "Follow the next and prev addresses as they are; start again at first.",
        "Folgen Sie den Adressen next und prev unverändert; beginnen Sie wieder bei first.",
    ),
)  # fmt: skip

NOT_FOUND = ProblemType(
    "not-found", 404,
    Told("There is nothing here", "Hier ist nichts"),
    Told("There is nothing at {path}.", "Unter {path} ist nichts."),
    Told(
        "The address leads nowhere, or names something that does not exist.",
        "Die Adresse führt nirgendwohin oder nennt etwas, das es nicht gibt.",
    ),
    Told(
        "A misspelt path or id. Paths have no slash at the end; ids are written exactly as lists give them, percent-encoded.",
        "Ein verschriebener Pfad oder eine falsche Kennung. Pfade enden ohne Schrägstrich; Kennungen stehen genau so da, wie "
        "Listen sie nennen, "
        "prozentkodiert.",
    ),
    Told(
        "Look the id up in the list it belongs to; /docs names every path. The nearest known names stand in nearest.",
        "Suchen Sie die Kennung in ihrer Liste; /docs nennt jeden Pfad. Die nächsten bekannten Namen stehen in nearest.",
    ),
)  # fmt: skip

METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405,
    Told("The method does not work here", "Die Methode gibt es hier nicht"),
    Told("{method} does not work on {path}; {allowed} do.", "{method} gibt es auf {path} nicht, wohl aber {allowed}."),
    Told("The address exists, but not with this method.", "Die Adresse gibt es, aber nicht mit dieser Methode."),
    Told(
        "Often a GET on what takes a POST, such as /v1/audits, or the attempt to change built-in knowledge.",
        "Oft ein GET auf etwas, das POST verlangt, wie /v1/audits, oder der Versuch, eingebautes Wissen zu ändern.",
    ),
    Told("The Allow header lists what works.", "Die Kopfzeile Allow nennt, was geht."),
)  # fmt: skip

NOT_ACCEPTABLE = ProblemType(
    "not-acceptable", 406,
    Told("No form that is accepted is offered", "Keine gewünschte Form ist im Angebot"),
    Told("What Accept asks for is not offered; what is: {offered}.", "Was Accept verlangt, gibt es nicht; es gibt {offered}."),
    Told(
        "The Accept header excludes every form in which this answer exists.",
        "Die Kopfzeile Accept schließt jede Form aus, in der es diese Antwort gibt.",
    ),
    Told("Accept names only types that are not offered here.", "Accept nennt nur Typen, die es hier nicht gibt."),
    Told("Send Accept: application/json, or leave it out.", "Senden Sie Accept: application/json oder lassen Sie es weg."),
)  # fmt: skip

UNSUPPORTED_MEDIA_TYPE = ProblemType(
    "unsupported-media-type", 415,
    Told("The body's format is not read here", "Dieses Format wird hier nicht gelesen"),
    Told("{found} is not read here; what is: {offered}.", "{found} wird hier nicht gelesen, wohl aber {offered}."),
    Told(
        "The Content-Type or Content-Encoding of the body is none that is read.",
        "Content-Type oder Content-Encoding des Inhalts ist keines, das gelesen wird.",
    ),
    Told(
        "curl sends application/x-www-form-urlencoded unless it is told otherwise; compressed bodies are refused.",
        "curl sendet application/x-www-form-urlencoded, wenn nichts anderes gesagt ist; komprimierte Inhalte werden abgelehnt.",
    ),
    Told(
        "Name the format: Content-Type: application/yaml or application/json. Send the body uncompressed. Accept-Post, "
        "for a PATCH Accept-Patch, lists the formats.",
        "Nennen Sie das Format: Content-Type: application/yaml oder application/json. Senden Sie unkomprimiert. "
        "Accept-Post, für PATCH Accept-Patch, nennt die Formate.",
    ),
)  # fmt: skip

TOO_LARGE = ProblemType(
    "too-large", 413,
    Told("What was sent is too large", "Das Gesendete ist zu groß"),
    Told("The body is larger than {most} bytes.", "Der Inhalt ist größer als {most} Bytes."),
    Told(
        "A body is read up to 10 MiB, and a document audited up to a number of KPIs and components, so that every audit ends in good time.",
        "Ein Inhalt wird bis 10 MiB gelesen und ein Dokument bis zu einer Zahl von KPIs und Bestandteilen geprüft, damit jede "
        "Prüfung rechtzeitig endet.",
    ),
    Told(
        "The document holds far more than one organization, or something that is no document.",
        "Das Dokument enthält weit mehr als eine Organisation oder ist gar keins.",
    ),
    Told(
        "Send one organization at a time. `concord audit` takes larger documents; who runs the service can raise CONCORD_AUDIT_GOALS.",
        "Senden Sie eine Organisation auf einmal. `concord audit` nimmt größere Dokumente; wer den Dienst betreibt, kann "
        "CONCORD_AUDIT_GOALS erhöhen.",
    ),
)  # fmt: skip

ADDRESS_TOO_LONG = ProblemType(
    "address-too-long", 414,
    Told("The address is too long", "Die Adresse ist zu lang"),
    Told("The address is longer than {most} bytes.", "Die Adresse ist länger als {most} Bytes."),
    Told("Path and query together are read up to a limit.", "Pfad und Abfrage werden bis zu einer Grenze gelesen."),
    Told("A filter lists very many values.", "Ein Filter nennt sehr viele Werte."),
    Told("Ask in several requests.", "Fragen Sie in mehreren Anfragen."),
)  # fmt: skip

HEADERS_TOO_LARGE = ProblemType(
    "headers-too-large", 431,
    Told("The headers are too large", "Die Kopfzeilen sind zu groß"),
    Told("The headers are larger than {most} bytes together.", "Die Kopfzeilen sind zusammen größer als {most} Bytes."),
    Told("Headers are read up to a limit.", "Kopfzeilen werden bis zu einer Grenze gelesen."),
    Told("Usually cookies that a proxy or a browser adds.", "Meist Cookies, die ein Proxy oder Browser anhängt."),
    Told("Send fewer headers; no cookies are needed.", "Senden Sie weniger Kopfzeilen; Cookies braucht es nicht."),
)  # fmt: skip

OVERLOADED = ProblemType(
    "overloaded", 503,
    Told("Too much at once", "Zu viel auf einmal"),
    Told("As many audits wait for their turn as may wait.", "Es warten so viele Prüfungen auf ihre Reihe, wie warten dürfen."),
    Told(
        "Audits are computed a few at a time; the queue for them is full. Nothing of the request was done.",
        "Prüfungen werden zu wenigen zugleich berechnet; ihre Warteschlange ist voll. Von der Anfrage wurde nichts ausgeführt.",
    ),
    Told("Many clients ask at the same time.", "Viele fragen zugleich."),
    Told(
        "Ask again after the seconds in Retry-After. Who runs the service can raise CONCORD_WORKERS.",
        "Fragen Sie nach den Sekunden in Retry-After wieder. Wer den Dienst betreibt, kann CONCORD_WORKERS erhöhen.",
    ),
)  # fmt: skip

NOT_READY = ProblemType(
    "not-ready", 503,
    Told("The service is not ready", "Der Dienst ist nicht bereit"),
    Told("The service starts or ends.", "Der Dienst fährt hoch oder herunter."),
    Told("No work should be sent to this process now.", "Diesem Prozess sollte jetzt keine Arbeit geschickt werden."),
    Told("It has not read its catalogue yet, or was told to end.", "Er hat seinen Katalog noch nicht gelesen oder soll enden."),
    Told("Ask again after the seconds in Retry-After.", "Fragen Sie nach den Sekunden in Retry-After wieder."),
)  # fmt: skip

INTERNAL = ProblemType(
    "internal", 500,
    Told("A fault of ours", "Ein Fehler bei uns"),
    Told(
        "Something went wrong that should not; the log names it under the request id.",
        "Etwas ging schief, das nicht schiefgehen sollte; das Protokoll nennt es unter der Anfragekennung.",
    ),
    Told(
        "The service failed while it worked on a request that may well be right.",
        "Der Dienst scheiterte an einer Anfrage, die durchaus richtig sein kann.",
    ),
    Told("A mistake in the program.", "Ein Fehler im Programm."),
    Told(
        "Nothing was changed. Report it with the request_id; the log of the service holds the rest under it.",
        "Es wurde nichts verändert. Melden Sie es mit der request_id; unter ihr steht das Übrige im Protokoll des Dienstes.",
    ),
)  # fmt: skip

BAD_HTTP = ProblemType(
    "bad-http", 400,
    Told("This is not HTTP", "Das ist kein HTTP"),
    Told("What arrived cannot be read as an HTTP request.", "Was ankam, ist nicht als HTTP-Anfrage lesbar."),
    Told(
        "The request line or a header breaks the rules of HTTP/1.1.",
        "Die Anfragezeile oder eine Kopfzeile verletzt die Regeln von HTTP/1.1.",
    ),
    Told(
        "TLS spoken to a port without TLS, characters that must be percent-encoded, or a broken proxy.",
        "TLS auf einem Port ohne TLS, Zeichen, die prozentkodiert sein müssen, oder ein fehlerhafter Proxy.",
    ),
    Told(
        "Send a well-formed request; use http:// where no TLS is served.",
        "Senden Sie eine wohlgeformte Anfrage; nehmen Sie http://, wo es kein TLS gibt.",
    ),
)  # fmt: skip

UNAUTHENTICATED = ProblemType(
    "unauthenticated", 401,
    Told("No valid credential came with the request", "Die Anfrage kam ohne gültige Anmeldung"),
    Told(
        "Send a valid API key or token: Authorization: Bearer …",
        "Senden Sie einen gültigen API-Schlüssel oder ein gültiges Token: Authorization: Bearer …",
    ),
    Told(
        "Who asks could not be told. The answer is the same whatever is wrong with the credential, so that nobody can learn from it.",
        "Wer fragt, ließ sich nicht feststellen. Die Antwort ist dieselbe, was immer an der Anmeldung falsch ist, damit niemand aus "
        "ihr lernt.",
    ),
    Told(
        "The header is missing, the key has a typo, was revoked, has expired or came from a network that it is not meant for, or the "
        "token is not one of the issuer's for this service.",
        "Die Kopfzeile fehlt, der Schlüssel ist verschrieben, widerrufen, abgelaufen oder kam aus einem Netz, für das er nicht gilt, "
        "oder das Token ist keines des Ausstellers für diesen Dienst.",
    ),
    Told(
        "Send the key in the Authorization header, never in the address. An administrator makes a new one with `concord keys create`.",
        "Senden Sie den Schlüssel in der Kopfzeile Authorization, nie in der Adresse. Wer verwaltet, macht mit `concord keys create` "
        "einen neuen.",
    ),
)  # fmt: skip

FORBIDDEN = ProblemType(
    "forbidden", 403,
    Told("The credential does not allow this", "Die Anmeldung erlaubt das nicht"),
    Told("The scope {scope} is needed.", "Dafür braucht es das Recht {scope}."),
    Told(
        "Who asks is known, but the key or token does not carry the scope that the operation needs.",
        "Wer fragt, ist bekannt, aber der Schlüssel oder das Token trägt das Recht nicht, das die Operation braucht.",
    ),
    Told(
        "Scopes are read, write (which includes read), admin (which includes all) and embed. /docs names what each operation needs.",
        "Rechte sind read, write (schließt read ein), admin (schließt alle ein) und embed. /docs nennt, was jede Operation braucht.",
    ),
    Told(
        "Use a credential with that scope, or have an administrator make one.",
        "Nehmen Sie eine Anmeldung mit diesem Recht oder lassen Sie sich eine geben.",
    ),
)  # fmt: skip

RATE_LIMITED = ProblemType(
    "rate-limited", 429,
    Told("Too many requests", "Zu viele Anfragen"),
    Told(
        "No more than {quota} in {window} seconds are answered; ask again in {seconds} s.",
        "Mehr als {quota} in {window} Sekunden werden nicht beantwortet; fragen Sie in {seconds} s wieder.",
    ),
    Told(
        "More was asked than is allowed for the credential, its workspace or, without a credential, the network address. Nothing of "
        "the request was done.",
        "Es wurde mehr gefragt, als für die Anmeldung, ihren Arbeitsbereich oder, ohne Anmeldung, die Netzadresse erlaubt ist. Von der "
        "Anfrage wurde nichts ausgeführt.",
    ),
    Told(
        "A loop without a pause, or many clients with one key. Analyses, plans, imports and audits have a limit of their own.",
        "Eine Schleife ohne Pause oder viele Programme mit einem Schlüssel. Analysen, Pläne, Importe und Prüfungen haben eine eigene "
        "Grenze.",
    ),
    Told(
        "Wait for the seconds in Retry-After. RateLimit-Policy and RateLimit, on every answer, say what is allowed and what is left.",
        "Warten Sie die Sekunden in Retry-After ab. RateLimit-Policy und RateLimit, an jeder Antwort, sagen, was erlaubt ist und was "
        "bleibt.",
    ),
)  # fmt: skip

ISSUER_UNAVAILABLE = ProblemType(
    "issuer-unavailable", 503,
    Told("Tokens cannot be checked now", "Tokens lassen sich gerade nicht prüfen"),
    Told("The issuer of tokens cannot be reached.", "Der Aussteller der Tokens ist nicht erreichbar."),
    Told(
        "The keys by which tokens are checked could not be fetched from their issuer. Nothing of the request was done; API keys work.",
        "Die Schlüssel, mit denen Tokens geprüft werden, ließen sich beim Aussteller nicht holen. Von der Anfrage wurde nichts "
        "ausgeführt; API-Schlüssel gelten weiter.",
    ),
    Told(
        "The issuer is down, or the network to it, or CONCORD_OIDC_ISSUER names something else.",
        "Der Aussteller oder das Netz zu ihm ist gestört, oder CONCORD_OIDC_ISSUER nennt etwas anderes.",
    ),
    Told("Ask again after the seconds in Retry-After.", "Fragen Sie nach den Sekunden in Retry-After wieder."),
)  # fmt: skip

PROBLEM_TYPES: dict[str, ProblemType] = {
    type_.slug: type_
    for type_ in (
        INVALID_REQUEST, CURSOR_INVALID, MALFORMED, BAD_HTTP, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, TOO_LARGE,
        ADDRESS_TOO_LONG, UNSUPPORTED_MEDIA_TYPE, VALIDATION, HEADERS_TOO_LARGE, INTERNAL, OVERLOADED, NOT_READY,
        UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, ISSUER_UNAVAILABLE,
    )
}  # fmt: skip
"""Slug → type, by status."""

WHAT: dict[str, Told] = {
    "metric": Told("there is no metric {name}", "es gibt keine Metrik {name}"),
    "lever": Told("there is no lever {name}", "es gibt keinen Hebel {name}"),
    "family": Told("there is no family {name}", "es gibt keine Familie {name}"),
    "influence": Told("there is no influence {name}", "es gibt keinen Einfluss {name}"),
    "citation": Told("there is no citation {name}", "es gibt keine Quelle {name}"),
    "rule": Told("there is no rule {name}", "es gibt keine Regel {name}"),
    "rule pack": Told("there is no rule pack {name}", "es gibt kein Regelpaket {name}"),
    "remedy": Told("there is no remedy {name}", "es gibt keine Abhilfe {name}"),
    "fact kind": Told("there is no fact kind {name}", "es gibt keine Faktenart {name}"),
    "instrument": Told("there is no instrument {name}", "es gibt kein Instrument {name}"),
    "schema": Told("there is no schema {name}", "es gibt kein Schema {name}"),
    "department": Told("there is no department {name}", "es gibt keine Abteilung {name}"),
    "page": Told(
        "no page of this service that shows a view is at {name}",
        "unter {name} zeigt keine Seite dieses Dienstes eine Ansicht",
    ),
    "problem type": Told("there is no problem type {name}", "es gibt keine Problemart {name}"),
}
"""What an unknown name was looked up as → the sentence that says so."""
