// The editor of rules looks at what stands in it while one types: the service reads form and text, and says what each comes to.
(() => {
  const form = document.querySelector("[data-editor]");
  if (!form) return;
  const pause = 500;
  let timer = 0;
  let asked = 0;
  const look = async (what, all) => {
    const turn = ++asked;
    const said = new URLSearchParams(new FormData(form));
    said.set("do", what);
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked || !page.querySelector("[data-editor]")) return;
      const focused = document.activeElement;
      const name = focused && focused.name;
      for (const part of form.querySelectorAll("[data-live]")) {
        const now = page.querySelector(`[data-live="${part.dataset.live}"]`);
        if (now && (all || !part.contains(focused))) part.replaceChildren(...now.childNodes);
      }
      if (focused && !focused.isConnected) (form.elements.namedItem(name) || form.querySelector("[data-live=tree] select"))?.focus?.();
    } catch {
      // The service is away for a moment; what was typed stays, and the next look says more.
    }
  };
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    const chosen = event.target.matches("select, [type=checkbox]");
    timer = setTimeout(() => look("check", chosen), chosen ? 0 : pause);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-live=tree] button");
    if (!button) return;
    event.preventDefault();
    clearTimeout(timer);
    look(button.value, true);
  });
})();
