/* Within the frame of an embed: takes a token from the page around it, fetches the view, tells how large it is and what was picked.

   Messages are {v: 1, type, …} and go to, and come from, the one page around that the service allows. */
(() => {
  "use strict";
  const root = document.documentElement;
  const notice = document.querySelector(".notice");
  const allowed = (root.dataset.origins || "").split(" ").filter(Boolean);
  const SAFE_NAME = /^[a-z-]{2,20}$/;
  const SAFE_VALUE = /^[^;{}<>\\]{1,200}$/;

  let host = null, token = null, shownAt = null, running = 0, present = "", height = -1;

  const tell = (message) => { if (host && parent !== window) parent.postMessage({ v: 1, ...message }, host); };

  const measure = () => {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now !== height) { height = now; tell({ type: "size", height }); }
  };

  const say = (reason) => [root.dataset[reason] || root.dataset.unknown, root.dataset[`${reason}Why`] || root.dataset.unknownWhy];

  const noteStale = (reason) => {
    const time = shownAt.toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" });
    notice.textContent = `${root.dataset.stale.replace("{time}", time)}${reason ? ` ${say(reason)[0]}` : ""}`;
    notice.hidden = false;
  };

  /* What was shown stays, with a notice; where nothing was, the reason is all there is. */
  const refuse = (reason, final) => {
    const [title, why] = say(reason);
    if (shownAt) noteStale(reason);
    else {
      const head = document.createElement("h1");
      const text = document.createElement("p");
      head.textContent = title;
      text.textContent = why;
      const main = document.querySelector("main");
      main.removeAttribute("aria-busy");
      main.replaceChildren(head, text);
    }
    measure();
    tell({ type: "error", reason, message: title, final });
  };

  const pickable = (main) => {
    if (!host || parent === window) return;
    for (const one of main.querySelectorAll("[data-select]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "pick";
      button.dataset.select = one.dataset.select;
      button.dataset.id = one.dataset.id;
      button.append(...one.childNodes);
      one.replaceWith(button);
    }
  };

  const show = (text) => {
    if (text !== present) {
      const came = new DOMParser().parseFromString(text, "text/html");
      const open = [...document.querySelectorAll("details")].map((one) => one.open);
      const focused = document.activeElement?.dataset?.id;
      const main = document.importNode(came.querySelector("main"), true);
      [...main.querySelectorAll("details")].forEach((one, place) => { if (open[place]) one.open = true; });
      root.lang = came.documentElement.lang;
      root.dir = came.documentElement.dir;
      if (!root.dataset.look) root.dataset.theme = came.documentElement.dataset.theme;
      document.title = came.title;
      pickable(main);
      document.querySelector("main").replaceWith(main);
      if (focused) main.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
      watcher.disconnect();
      watcher.observe(document.body);
      present = text;
    }
    shownAt = new Date();
    notice.hidden = true;
    measure();
  };

  const load = async () => {
    const mine = ++running;
    let answer, text;
    try {
      answer = await fetch(location.pathname, {
        headers: { Authorization: `Bearer ${token}`, Accept: "text/html" }, credentials: "omit", cache: "no-store",
      });
      text = await answer.text();
    } catch {
      if (mine === running) refuse("offline", false);
      return;
    }
    if (mine !== running) return;
    if (answer.ok) {
      show(text);
      tell({
        type: "loaded", view: location.pathname.split("/").pop(), analysis: answer.headers.get("Concord-Analysis"),
        expiresIn: Number(answer.headers.get("Concord-Expires-In")),
      });
      return;
    }
    let problem = {};
    try { problem = JSON.parse(text); } catch { /* a proxy's own page */ }
    const slug = String(problem.type || "").split("/").pop();
    const known = { "embed-expired": "expired", "embed-revoked": "revoked", "embed-view": "view", "not-found": "gone" };
    const reason = known[slug] || (answer.status === 401 ? "unknown" : "offline");
    refuse(reason, reason === "view" || reason === "gone");
  };

  const dress = (said) => {
    if (["light", "dark", "auto"].includes(said.theme)) {
      root.dataset.theme = said.theme;
      root.dataset.look = "host";
    }
    for (const [name, value] of Object.entries(said.properties || {})) {
      if (SAFE_NAME.test(name) && typeof value === "string" && SAFE_VALUE.test(value) && !/url|image|expression/i.test(value)) {
        root.style.setProperty(`--concord-${name}`, value);
      }
    }
    measure();
  };

  const watcher = new ResizeObserver(measure);
  watcher.observe(document.body);

  addEventListener("message", (event) => {
    const said = event.data;
    if (event.source !== parent || !allowed.includes(event.origin) || !said || said.v !== 1) return;
    host = event.origin;
    if (said.type === "token" && typeof said.token === "string") { token = said.token; load(); }
    else if (said.type === "look") dress(said);
    else if (said.type === "notice" && shownAt) { noteStale(""); measure(); }
  });

  document.addEventListener("click", (event) => {
    const picked = event.target.closest("button[data-select]");
    if (picked) tell({ type: "select", what: picked.dataset.select, id: picked.dataset.id, text: picked.textContent });
  });

  addEventListener("online", () => { if (token && !notice.hidden) load(); });

  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    history.replaceState(null, "", location.pathname + location.search);
    const around = location.ancestorOrigins?.[0];
    host = allowed.find((one) => one === around) || (allowed.length === 1 ? allowed[0] : null);
    token = given;
    load();
  }
})();
