"""The pages of a sign-in link: one asks whether the key is wanted, the other shows it, once."""

from __future__ import annotations

from html import escape

from app.domain.terms import Language
from app.web.pages.layout import Page

_ASK = {
    "en": """\
<p>This link opens once. It makes a key that may do everything in the workspace, and shows it to you a single time.</p>
<form method="post"><p><button>Show me the key</button></p></form>""",
    "de": """\
<p>Dieser Link öffnet sich einmal. Er erzeugt einen Schlüssel, der im Arbeitsbereich alles darf, und zeigt ihn Ihnen ein einziges Mal.</p>
<form method="post"><p><button>Schlüssel zeigen</button></p></form>""",
}

_KEY = {
    "en": """\
<p>Keep it where you keep passwords; nobody can show it to you again.</p>
<pre><code>{key}</code></pre>
<p>Try it:</p>
<pre><code>export CONCORD_KEY={key}
curl -H "Authorization: Bearer $CONCORD_KEY" {base}/v1/me
curl -H "Authorization: Bearer $CONCORD_KEY" -H 'Content-Type: application/yaml' \\
     -X PUT --data-binary @company.yaml {base}/v1/organizations/acme/document</code></pre>
<p>You are signed in: <a href="/organizations">look at your organizations</a>, or at
<a href="/docs">every operation, with examples</a>.</p>""",
    "de": """\
<p>Bewahren Sie ihn auf wie ein Passwort; niemand kann ihn Ihnen noch einmal zeigen.</p>
<pre><code>{key}</code></pre>
<p>Probieren Sie ihn aus:</p>
<pre><code>export CONCORD_KEY={key}
curl -H "Authorization: Bearer $CONCORD_KEY" {base}/v1/me
curl -H "Authorization: Bearer $CONCORD_KEY" -H 'Content-Type: application/yaml' \\
     -X PUT --data-binary @company.yaml {base}/v1/organizations/acme/document</code></pre>
<p>Sie sind angemeldet: <a href="/organizations">zu Ihren Organisationen</a>, oder zu
<a href="/docs">allen Operationen mit Beispielen</a>.</p>""",
}

_OVER = {
    "en": """\
<p>The link was used, or its hour is over. Whoever runs the service makes a key in the shell:</p>
<pre><code>concord keys create --workspace default --scopes read,write,admin</code></pre>""",
    "de": """\
<p>Der Link wurde benutzt, oder seine Stunde ist um. Wer den Dienst betreibt, erzeugt einen Schlüssel in der Shell:</p>
<pre><code>concord keys create --workspace default --scopes read,write,admin</code></pre>""",
}


def ask_page(language: Language) -> Page:
    """Is the key wanted? Looking at the page uses nothing up."""
    return Page("Willkommen" if language == "de" else "Welcome", _ASK[language], language)


def key_page(key: str, base: str, language: Language) -> Page:
    """The key, and what to do with it."""
    title = "Ihr Schlüssel" if language == "de" else "Your key"
    return Page(title, _KEY[language].format(key=escape(key), base=escape(base)), language)


def over_page(language: Language) -> Page:
    """The link opens no more."""
    title = "Dieser Link öffnet nichts mehr" if language == "de" else "This link opens nothing any more"
    return Page(title, _OVER[language], language)
