/* <concord-view>: shows one view of Concord in a page of yours.

   <script src="https://concord.example/embed.js"></script>
   <concord-view view="matrix"></concord-view>
   document.querySelector("concord-view").fetchToken = async ({signal}) => (await fetch("/my-token", {signal})).text()

   Events: loaded {analysis, view, expiresIn}, error {reason, message, retryIn}, select {what, id, text}.
   Attributes: view, max-height (pixels), theme (light, dark, auto), service (address of Concord, if not that of this script). */
(() => {
  "use strict";
  if (customElements.get("concord-view")) return;

  const SCRIPT = document.currentScript ? document.currentScript.src : "";
  const ANSWER_WITHIN = 15000;
  const SHORTEST = 2000, LONGEST = 60000;
  const LOOK = ["ink", "soft", "line", "faint", "paper", "tint", "link", "low", "low-ink", "medium", "medium-ink", "high", "high-ink",
    "critical", "critical-ink", "good", "bad", "even", "accent", "font", "radius", "space"];
  const MESSAGES = {
    token: "The page could not get a token for this view.",
    signed_out: "The page has ended its access to this view.",
    origin: "This page is not among those that may show this view.",
    unreachable: "Concord did not answer.",
    malformed: "What the page calls a token is none.",
  };

  const claimsOf = (token) => {
    try {
      const body = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
      const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(body), (c) => c.charCodeAt(0))));
      return typeof claims.jti === "string" && Array.isArray(claims.origins) ? claims : null;
    } catch {
      return null;
    }
  };

  class ConcordView extends HTMLElement {
    static observedAttributes = ["view", "max-height", "theme"];

    #fetchToken = null;
    #frame = null;
    #ready = false;
    #token = null;
    #asked = 0;
    #failures = 0;
    #timers = new Map();
    #ending = null;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{display:block}:host([hidden]){display:none}" +
        "iframe{display:block;width:100%;border:0;height:12rem}p{margin:0;padding:.75rem;font:1rem/1.5 system-ui,sans-serif}");
      root.adoptedStyleSheets = [sheet];
    }

    /* An async function that gives a token, or null when there will be none any more. It is called at the start and before each one ends. */
    get fetchToken() { return this.#fetchToken; }
    set fetchToken(source) {
      this.#fetchToken = source;
      if (this.#ending) this.#renew();
    }

    /* Show the present state now. */
    refresh() {
      if (this.#ending) this.#renew();
    }

    connectedCallback() {
      this.#takeOver();
      this.#ending = new AbortController();
      const { signal } = this.#ending;
      addEventListener("message", (event) => this.#hear(event), { signal });
      addEventListener("online", () => this.#wake(), { signal });
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#wake(), { signal });
      if (this.#fetchToken) this.#renew();
    }

    disconnectedCallback() {
      this.#ending?.abort();
      this.#ending = null;
      for (const timer of this.#timers.values()) clearTimeout(timer.id);
      this.#timers.clear();
      this.#asked += 1;
      this.#failures = 0;
      this.#drop();
      this.shadowRoot.replaceChildren();
    }

    attributeChangedCallback(name, before, now) {
      if (before === now || !this.#ending) return;
      if (name === "view") { this.#drop(); this.#renew(); } else this.#dress();
    }

    /* What a page set before this script had come. */
    #takeOver() {
      if (!Object.hasOwn(this, "fetchToken")) return;
      const source = this.fetchToken;
      delete this.fetchToken;
      this.#fetchToken = source;
    }

    get #base() { return (this.getAttribute("service") || SCRIPT.replace(/\/embed(-[0-9a-f]+)?\.js([?#].*)?$/, "")).replace(/\/$/, ""); }
    get #origin() { return new URL(this.#base, location.href).origin; }

    async #renew() {
      if (!this.#fetchToken) return;
      const mine = ++this.#asked;
      this.#clear("renew");
      let given;
      try {
        given = await this.#fetchToken({ signal: this.#ending.signal, view: this.getAttribute("view") });
      } catch (fault) {
        if (mine === this.#asked && this.#ending) this.#failed("token", String(fault?.message || fault));
        return;
      }
      if (mine !== this.#asked || !this.#ending) return;
      const token = given && typeof given === "object" ? given.token : given;
      if (token === null || token === undefined) return this.#ended("signed_out");
      const claims = claimsOf(String(token));
      if (!claims) return this.#ended("malformed");
      if (!claims.origins.includes(location.origin)) return this.#ended("origin");
      this.#token = String(token);
      if (this.#frame) this.#send(); else this.#open(claims);
    }

    #open(claims) {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
      frame.setAttribute("referrerpolicy", "no-referrer");
      frame.title = this.getAttribute("label") || "Concord";
      frame.addEventListener("load", () => { this.#ready = true; this.#send(); });
      frame.src = `${this.#base}/embed/${encodeURIComponent(this.getAttribute("view") || claims.view)}?id=${encodeURIComponent(claims.jti)}`;
      this.#frame = frame;
      this.#ready = false;
      this.#dress();
      this.shadowRoot.replaceChildren(frame);
      this.#set("answer", ANSWER_WITHIN, () => { this.#drop(); this.#failed("unreachable"); });
    }

    #drop() {
      this.#frame?.remove();
      this.#frame = null;
      this.#ready = false;
      this.#clear("answer");
    }

    #send() {
      if (!this.#ready || !this.#token) return;
      this.#dress();
      this.#post({ type: "token", token: this.#token });
      this.#set("answer", ANSWER_WITHIN, () => { this.#drop(); this.#failed("unreachable"); });
    }

    #post(message) {
      this.#frame?.contentWindow?.postMessage({ v: 1, ...message }, this.#origin);
    }

    #dress() {
      const most = Number(this.getAttribute("max-height"));
      if (this.#frame) this.#frame.style.maxHeight = most > 0 ? `${most}px` : "";
      if (!this.#ready) return;
      const style = getComputedStyle(this);
      const properties = {};
      for (const name of LOOK) {
        const value = style.getPropertyValue(`--concord-${name}`).trim();
        if (value) properties[name] = value;
      }
      this.#post({ type: "look", properties, theme: this.getAttribute("theme") || "" });
    }

    #hear(event) {
      if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== this.#origin) return;
      const said = event.data;
      if (!said || typeof said !== "object" || said.v !== 1 || typeof said.type !== "string") return;
      if (said.type === "size" && Number.isFinite(said.height) && said.height >= 0 && said.height < 100000) {
        this.#frame.style.height = `${Math.ceil(said.height)}px`;
      } else if (said.type === "loaded" && Number.isFinite(said.expiresIn)) {
        this.#arrived(said);
      } else if (said.type === "error" && typeof said.reason === "string") {
        this.#clear("answer");
        if (said.final === true) this.#report(said.reason, String(said.message || ""), null);
        else this.#failed(said.reason, String(said.message || ""));
      } else if (said.type === "select" && typeof said.what === "string") {
        this.#tell("select", { what: said.what, id: String(said.id || ""), text: String(said.text || "") });
      }
    }

    /* The server has said how long the token lives on: two thirds of it pass before the next one is asked for. */
    #arrived(said) {
      this.#clear("answer");
      this.#failures = 0;
      this.#set("renew", Math.max(said.expiresIn * 1000 * 2 / 3, SHORTEST), () => this.#renew());
      this.#tell("loaded", { view: said.view, analysis: said.analysis || null, expiresIn: said.expiresIn });
    }

    #failed(reason, message) {
      this.#failures += 1;
      const least = Math.min(SHORTEST * 2 ** (this.#failures - 1), LONGEST);
      const later = Math.round(least * (0.8 + Math.random() * 0.4));
      this.#post({ type: "notice" });
      this.#report(reason, message, later);
      this.#set("renew", later, () => this.#renew());
    }

    #ended(reason) {
      this.#clear("renew");
      this.#token = null;
      this.#post({ type: "notice" });
      this.#report(reason, "", null);
    }

    #report(reason, message, later) {
      const told = message || MESSAGES[reason] || reason;
      if (!this.#frame) {
        const text = document.createElement("p");
        text.setAttribute("role", "status");
        text.textContent = told;
        this.shadowRoot.replaceChildren(text);
      }
      this.#tell("error", { reason, message: told, retryIn: later === null ? null : later / 1000 });
    }

    #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }

    /* Back in sight or on the net: what is due or has failed is done now. Timers of sleeping machines are late. */
    #wake() {
      const waits = this.#timers.get("renew");
      if (waits && (this.#failures > 0 || performance.now() >= waits.due)) this.#renew();
    }

    #set(name, milliseconds, then) {
      this.#clear(name);
      const id = setTimeout(() => { this.#timers.delete(name); then(); }, milliseconds);
      this.#timers.set(name, { id, due: performance.now() + milliseconds });
    }

    #clear(name) {
      const timer = this.#timers.get(name);
      if (timer) clearTimeout(timer.id);
      this.#timers.delete(name);
    }
  }

  customElements.define("concord-view", ConcordView);
})();
