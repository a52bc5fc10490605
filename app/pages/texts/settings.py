"""Texts of the settings of a workspace: what holds for everybody, members, keys, embeds, webhooks, what was done."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "settings": ("Settings", "Einstellungen"),
    "settings_parts": ("Parts of the settings", "Teile der Einstellungen"),
    "settings_workspace": ("Workspace", "Arbeitsbereich"),
    "settings_members": ("Members", "Mitglieder"),
    "settings_keys": ("API keys", "API-Schlüssel"),
    "settings_embeds": ("Embeds", "Einbettungen"),
    "settings_webhooks": ("Webhooks", "Webhooks"),
    "settings_audit": ("What was done", "Was getan wurde"),
    # words of several pages
    "name": ("Name", "Name"),
    "save": ("Save", "Speichern"),
    "save_named": ("Save {name}", "{name} speichern"),
    "remove_named": ("Remove {name}", "{name} entfernen"),
    "change_it": ("Change", "Ändern"),
    "to_do": ("Change", "Ändern"),
    "never": ("never", "nie"),
    "state_head": ("State", "Stand"),
    "made_head": ("Made", "Erstellt"),
    "made_by": ("by {name}, {day}", "von {name}, {day}"),
    "changed_by": ("Changed by {name}, {day}.", "Geändert von {name}, {day}."),
    "is_over": ("Its time is over.", "Die Zeit ist abgelaufen."),
    "is_revoked": ("Revoked.", "Widerrufen."),
    "good_until": ("Good until {at}.", "Gültig bis {at}."),
    "revoke_it": ("Revoke", "Widerrufen"),
    "replace_it": ("Replace", "Ersetzen"),
    "more_over_api": ("{n} more are listed by the API alone.", "{n} weitere listet nur die API auf."),
    # workspace
    "settings_workspace_how": (
        "What holds for everybody who works here, and what you may do.",
        "Was für alle gilt, die hier arbeiten, und was Sie dürfen.",
    ),
    "four_eyes": ("Four eyes", "Vier Augen"),
    "four_eyes_on": (
        "A rule of your own runs only once somebody else than its author has approved it.",
        "Eine eigene Regel läuft erst, wenn jemand anderes als ihr Autor sie freigegeben hat.",
    ),
    "four_eyes_off": (
        "Whoever may write lets a rule of your own run; nobody else has to approve it.",
        "Wer schreiben darf, lässt eine eigene Regel laufen; niemand sonst muss sie freigeben.",
    ),
    "four_eyes_ask": (
        "Somebody else than its author has to approve a rule before it runs",
        "Jemand anderes als ihr Autor muss eine Regel freigeben, bevor sie läuft",
    ),
    "you_here": ("What you may do", "Was Sie dürfen"),
    "you_are": ("You are signed in as {name}. You may:", "Sie sind angemeldet als {name}. Sie dürfen:"),
    "scope_read": ("look at everything", "alles ansehen"),
    "scope_write": ("change models, conflicts, scenarios and rules", "Modelle, Konflikte, Szenarien und Regeln ändern"),
    "scope_admin": (
        "administer: keys, members, webhooks, settings, and all else",
        "verwalten: Schlüssel, Mitglieder, Webhooks, Einstellungen und alles Übrige",
    ),
    "scope_embed": ("make tokens that let portals show views", "Token erstellen, mit denen Portale Ansichten zeigen"),
    "key_only": ("Only for: {names}.", "Nur für: {names}."),
    "done_settings_saved": ("The settings are saved.", "Die Einstellungen sind gespeichert."),
    # members
    "settings_members_how": (
        "The people who look after conflicts. Being a member is no right to sign in.",
        "Die Menschen, die für Konflikte zuständig sind. Mitglied zu sein heißt nicht, sich anmelden zu können.",
    ),
    "no_members_yet": (
        "There are none yet. The next step is to add whoever will look after conflicts.",
        "Es gibt noch keine. Der nächste Schritt ist, diejenigen hinzuzufügen, die für Konflikte zuständig sein werden.",
    ),
    "new_member": ("Add somebody", "Jemanden hinzufügen"),
    "add_member": ("Add", "Hinzufügen"),
    "email": ("E-mail address", "E-Mail-Adresse"),
    "roles": ("Roles, with commas between them", "Rollen, mit Kommas dazwischen"),
    "remove_member_why": (
        "Nobody looks after their conflicts then; what they did stays told.",
        "Für ihre Konflikte ist dann niemand zuständig; was sie getan haben, bleibt verzeichnet.",
    ),
    "done_member_added": ("The member is added.", "Das Mitglied ist hinzugefügt."),
    "done_member_saved": ("The member is saved.", "Das Mitglied ist gespeichert."),
    "done_member_removed": ("The member is removed.", "Das Mitglied ist entfernt."),
    # keys
    "settings_keys_how": (
        "Keys let people and programs in. Give each its own, with no more than it needs, so that you can revoke one alone.",
        "Schlüssel lassen Menschen und Programme ein. Geben Sie jedem einen eigenen, mit nicht mehr, als er braucht, damit Sie "
        "einen allein "
        "widerrufen können.",
    ),
    "keys_there": ("Keys that are good", "Schlüssel, die gelten"),
    "may": ("May", "Darf"),
    "ends_with_letters": ("Ends with", "Endet auf"),
    "last_used": ("Last used", "Zuletzt benutzt"),
    "expires": ("Good until", "Gültig bis"),
    "never_ends": ("without end", "unbefristet"),
    "is_replaced": ("Another one takes its place.", "Ein anderer tritt an seine Stelle."),
    "limited_to": ("Limited to", "Beschränkt auf"),
    "nothing_limits": ("nothing", "nichts"),
    "your_own_key": ("You are signed in with it.", "Mit ihm sind Sie angemeldet."),
    "new_key": ("Make a key", "Einen Schlüssel erstellen"),
    "make_key": ("Make the key", "Schlüssel erstellen"),
    "key_name_why": ("Who or what will use it.", "Wer oder was ihn benutzen wird."),
    "last_day_if_any": ("Last day, if it is to end by itself", "Letzter Tag, falls er von selbst enden soll"),
    "limits_of_key": ("Limit it to organizations or networks", "Auf Organisationen oder Netze beschränken"),
    "only_organizations": ("Only these organizations", "Nur diese Organisationen"),
    "only_organizations_why": (
        "Their keys, with commas between them; empty: all.",
        "Ihre Kürzel, mit Kommas dazwischen; leer: alle.",
    ),
    "only_networks": ("Only from these networks", "Nur aus diesen Netzen"),
    "only_networks_why": ("Such as 192.0.2.0/24; empty: from anywhere.", "Etwa 192.0.2.0/24; leer: von überall."),
    "key_made": ("The key “{name}” is made.", "Der Schlüssel „{name}“ ist erstellt."),
    "key_shown_once": (
        "Copy it now: it is shown this once and kept nowhere.",
        "Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt und nirgends aufbewahrt.",
    ),
    "key_was_shown": (
        "The key “{name}” was made when this form was sent first. It was shown then, and is not shown again; if it is lost, "
        "revoke it.",
        "Der Schlüssel „{name}“ wurde erstellt, als dieses Formular zum ersten Mal gesendet wurde. Er wurde da gezeigt und wird "
        "es nicht noch "
        "einmal; ist er verloren, widerrufen Sie ihn.",
    ),
    "replace_key_why": (
        "A new key may the same. This one is good for another day, so that whoever uses it can change over.",
        "Ein neuer Schlüssel darf dasselbe. Dieser gilt noch einen Tag, damit, wer ihn benutzt, wechseln kann.",
    ),
    "replace_key": ("Replace “{name}”", "„{name}“ ersetzen"),
    "revoke_key_why": (
        "Whoever uses it is let in no more, from now on and for good.",
        "Wer ihn benutzt, kommt ab sofort und endgültig nicht mehr hinein.",
    ),
    "revoke_own_key_why": (
        "You are signed in with this key: it signs you out, for good.",
        "Sie sind mit diesem Schlüssel angemeldet: Das meldet Sie ab, endgültig.",
    ),
    "revoke_key": ("Revoke “{name}”", "„{name}“ widerrufen"),
    "done_key_revoked": ("The key is revoked.", "Der Schlüssel ist widerrufen."),
    # embeds
    "settings_embeds_how": (
        "A token lets the pages of a portal show one view of one organization. It is good for a quarter of an hour: make one here"
        " to try it; "
        "for visitors, the portal's server asks for tokens by itself.",
        "Mit einem Token zeigen die Seiten eines Portals eine Ansicht einer Organisation. Es gilt eine Viertelstunde: Erstellen "
        "Sie hier eines, "
        "um es zu erproben; für Besucher fordert der Server des Portals selbst Token an.",
    ),
    "new_embed": ("Show a view in a portal", "Eine Ansicht in einem Portal zeigen"),
    "make_embed": ("Make the token", "Token erstellen"),
    "organization_of_it": ("Organization", "Organisation"),
    "view_of_it": ("View", "Ansicht"),
    "narrowed": ("Which conflict or department", "Welcher Konflikt oder welche Abteilung"),
    "narrowed_why": (
        "For these two views alone: the last part of the address of its page.",
        "Nur für diese beiden Ansichten: der letzte Teil der Adresse ihrer Seite.",
    ),
    "origins": ("Pages that may show it", "Seiten, die es zeigen dürfen"),
    "origins_why": (
        "The beginning of their addresses, a line each, such as https://portal.acme.example. Without any, no page may.",
        "Der Anfang ihrer Adressen, je eine Zeile, etwa https://portal.acme.example. Ohne Angabe darf keine Seite.",
    ),
    "language_of_it": ("Language", "Sprache"),
    "language_of_visitor": ("what the visitor's browser prefers", "was der Browser der Besucher bevorzugt"),
    "english": ("English", "Englisch"),
    "german": ("German", "Deutsch"),
    "show_pay": ("Show figures of pay: weights, shares, costs", "Vergütung zeigen: Gewichte, Anteile, Kosten"),
    "with_pay": ("with figures of pay", "mit Angaben zur Vergütung"),
    "embeds_there": ("Tokens of the last day", "Token des letzten Tages"),
    "no_embeds_yet": (
        "None. A token that you make above stands here, and can be revoked.",
        "Keine. Ein Token, das Sie oben erstellen, steht dann hier und lässt sich widerrufen.",
    ),
    "no_page": ("no page", "keine Seite"),
    "embed_made": ("The token is made. It is good until {at}.", "Das Token ist erstellt. Es gilt bis {at}."),
    "embed_was_shown": (
        "It was made when this form was sent first.",
        "Es wurde erstellt, als dieses Formular zum ersten Mal gesendet wurde.",
    ),
    "embed_try": ("To try it now", "Um es jetzt zu erproben"),
    "embed_try_why": (
        "Paste this into one of the pages that you named. It is shown this once.",
        "Fügen Sie das in eine der Seiten ein, die Sie genannt haben. Es wird nur dieses eine Mal gezeigt.",
    ),
    "embed_lasting": ("For visitors, to stay", "Für Besucher, auf Dauer"),
    "embed_lasting_why": ("Paste this into the page:", "Fügen Sie das in die Seite ein:"),
    "embed_server_why": (
        "At /concord-token your portal's server checks who is there, and answers with the token that it gets from this:",
        "Unter /concord-token prüft der Server Ihres Portals, wer da ist, und antwortet mit dem Token, das er hiervon bekommt:",
    ),
    "done_embed_revoked": ("The token is revoked.", "Das Token ist widerrufen."),
    # what was done
    "settings_audit_how": (
        "Who did what and when, the latest first. Each event carries the hash of the one before, so that none can be changed or "
        "taken out unseen.",
        "Wer wann was getan hat, das Letzte zuerst. Jedes Ereignis trägt den Hash des vorigen, sodass keines unbemerkt geändert "
        "oder entfernt "
        "werden kann.",
    ),
    "who_did": ("Who", "Wer"),
    "what_done": ("What", "Was"),
    "to_what": ("To what", "Woran"),
    "when": ("When", "Wann"),
    "number_head": ("No.", "Nr."),
    "verify_chain": ("Verify all of it", "Alles prüfen"),
    "chain_holds": (
        "All {n} events are as they were recorded.",
        "Alle {n} Ereignisse sind so, wie sie verzeichnet wurden.",
    ),
    "chain_broken": ("The chain does not hold at event {n}.", "Die Kette hält nicht bei Ereignis {n}."),
    "nothing_done": ("Nothing of this kind was done.", "Nichts dergleichen wurde getan."),
    "newer": ("Newer", "Neuere"),
    "older": ("Older", "Ältere"),
    "pages_of_list": ("Pages of the list", "Seiten der Liste"),
    # webhooks
    "settings_webhooks_how": (
        "Tools that keep in step are told of changes: what was analysed, which conflicts opened or went, which waivers ended.",
        "Werkzeuge, die Schritt halten, erfahren von Änderungen: was analysiert wurde, welche Konflikte kamen oder gingen, welches "
        "Hinnehmen endete.",
    ),
    "no_webhooks_yet": ("Nobody is told of anything yet.", "Noch erfährt niemand etwas."),
    "new_webhook": ("Tell somebody", "Jemandem Bescheid geben"),
    "add_webhook": ("Add the endpoint", "Endpunkt hinzufügen"),
    "webhook_url": ("Address", "Adresse"),
    "webhook_url_why": (
        "It begins with https:// and is one that all the world can reach.",
        "Sie beginnt mit https:// und ist von überall zu erreichen.",
    ),
    "webhook_description": ("What it is for, if you like", "Wofür, wenn Sie mögen"),
    "webhook_types": ("Of what", "Wovon"),
    "webhook_types_why": ("Without any, of everything.", "Ohne Auswahl von allem."),
    "webhook_made": (
        "The endpoint is added. This secret shows it that messages are genuine.",
        "Der Endpunkt ist hinzugefügt. An diesem Geheimnis erkennt er, dass Nachrichten echt sind.",
    ),
    "webhook_was_shown": (
        "It was added when this form was sent first, and its secret was shown then; if it is lost, remove the endpoint and add it again.",
        "Er wurde hinzugefügt, als dieses Formular zum ersten Mal gesendet wurde, und sein Geheimnis wurde da gezeigt; ist es verloren, "
        "entfernen Sie den Endpunkt und fügen ihn neu hinzu.",
    ),
    "webhook_is_active": ("is told", "erfährt"),
    "every_message": ("of everything", "von allem"),
    "webhook_off_gone": ("switched off: it says that it is gone", "abgeschaltet: Er sagt, dass es ihn nicht mehr gibt"),
    "webhook_off_exhausted": (
        "switched off: it took nothing for three days",
        "abgeschaltet: Er nahm drei Tage lang nichts an",
    ),
    "webhook_off_by_hand": ("switched off", "abgeschaltet"),
    "sent_last": ("What was sent last", "Was zuletzt gesendet wurde"),
    "delivery_pending": ("under way", "unterwegs"),
    "delivery_delivered": ("arrived", "angekommen"),
    "delivery_failed": ("failed", "fehlgeschlagen"),
    "attempts": ("attempts: {n}", "Versuche: {n}"),
    "try_webhook": ("Send a test", "Test senden"),
    "switch_off": ("Switch off", "Abschalten"),
    "switch_on": ("Switch on", "Einschalten"),
    "remove_it": ("Remove", "Entfernen"),
    "done_webhook_active": ("It is told of changes again.", "Er erfährt wieder von Änderungen."),
    "done_webhook_disabled": ("It is told of nothing any more.", "Er erfährt nichts mehr."),
    "done_webhook_tried": ("A test is under way.", "Ein Test ist unterwegs."),
    "done_webhook_removed": ("The endpoint is removed.", "Der Endpunkt ist entfernt."),
}
