"""Texts of the page to sign in, by a key or at the issuer, and of what stood in the way."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "sign_in": ("Sign in", "Anmelden"),
    "sign_out": ("Sign out", "Abmelden"),
    "signed_out": ("You are signed out.", "Sie sind abgemeldet."),
    "your_key": ("API key", "API-Schlüssel"),
    "your_key_about": (
        "It begins with cnc_. Whoever runs Concord makes one with concord keys create.",
        "Er beginnt mit cnc_. Wer Concord betreibt, erzeugt einen mit concord keys create.",
    ),
    "key_refused": (
        "This key is not good, or may not read. Nothing else is said, so that nobody can learn from it.",
        "Dieser Schlüssel ist nicht gültig oder darf nicht lesen. Mehr wird nicht gesagt, damit niemand daraus lernt.",
    ),
    "sign_in_there": ("Sign in with your company account", "Mit dem Firmenkonto anmelden"),
    "sign_in_by_key": ("With an API key", "Mit einem API-Schlüssel"),
    "sign_out_there": (
        "Sign out of your company account, too",
        "Auch vom Firmenkonto abmelden",
    ),
    "oidc_denied": (
        "Your company's sign-in was not completed: it was cancelled, or your account may not use Concord.",
        "Die Anmeldung mit dem Firmenkonto kam nicht zustande: Sie wurde abgebrochen, oder Ihr Konto darf Concord nicht benutzen.",
    ),
    "oidc_elsewhere": (
        "This sign-in was not begun in this browser, or more than ten minutes ago. Sign in once more.",
        "Diese Anmeldung wurde nicht in diesem Browser begonnen oder vor mehr als zehn Minuten. Melden Sie sich noch einmal an.",
    ),
    "oidc_again": (
        "This sign-in was used already, or took too long. Sign in once more.",
        "Diese Anmeldung wurde schon benutzt oder hat zu lange gedauert. Melden Sie sich noch einmal an.",
    ),
    "oidc_away": (
        "Your company's sign-in cannot be reached at the moment. Try again in a minute.",
        "Die Anmeldung mit dem Firmenkonto ist gerade nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.",
    ),
    "oidc_misconfigured": (
        "Your company's sign-in does not know this Concord as it should. Whoever runs Concord finds the reason in its log.",
        "Die Anmeldung mit dem Firmenkonto kennt dieses Concord nicht, wie sie sollte. Wer Concord betreibt, findet den Grund im "
        "Protokoll.",
    ),
    "oidc_refused": (
        "What your company's sign-in says of you could not be confirmed, so you are not signed in. Whoever runs Concord finds the reason "
        "in its log.",
        "Was die Anmeldung mit dem Firmenkonto über Sie sagt, ließ sich nicht bestätigen; Sie sind nicht angemeldet. Wer Concord betreibt, "
        "findet den Grund im Protokoll.",
    ),
    "oidc_no_workspace": (
        "You are known, but your account belongs to no workspace of this Concord. Ask whoever runs Concord to give it one.",
        "Sie sind bekannt, aber Ihr Konto gehört zu keinem Arbeitsbereich dieses Concord. Bitten Sie, wer Concord betreibt, ihm einen zu "
        "geben.",
    ),
    "oidc_no_rights": (
        "You are known, but none of your groups may look at this Concord. Ask whoever runs Concord to let one of them.",
        "Sie sind bekannt, aber keine Ihrer Gruppen darf in dieses Concord sehen. Bitten Sie, wer Concord betreibt, es einer von ihnen zu "
        "erlauben.",
    ),
}
