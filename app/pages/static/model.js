// The editor of a part of the model: while somebody types, the service says what is wrong, at its field, and the form and the YAML follow each other.
(() => {
  const pause = 600;
  const form = document.querySelector("form[data-editor]");
  if (!form || !form.elements.side) return;
  const yaml = form.elements.yaml;
  const was = form.elements.was;
  let timer;
  let asked = 0;

  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  const choose = (side) => {
    for (const one of form.querySelectorAll("input[name=side]")) one.checked = one.value === side;
  };

  const mark = (problems) => {
    for (const one of form.querySelectorAll("[data-fields] [aria-invalid]")) one.removeAttribute("aria-invalid");
    for (const one of form.querySelectorAll("[data-fields] .hint .wrong")) one.remove();
    for (const problem of problems.querySelectorAll("[data-field]")) {
      const field = form.elements[problem.dataset.field];
      if (!(field instanceof HTMLElement)) continue;
      field.setAttribute("aria-invalid", "true");
      const said = document.createElement("span");
      said.className = "wrong";
      said.textContent = problem.querySelector("span").textContent + " ";
      document.getElementById(field.getAttribute("aria-describedby"))?.prepend(said);
      const link = problem.querySelector("a");
      if (link && field.id) link.href = "#" + field.id;
    }
  };

  const look = async (side) => {
    const mine = ++asked;
    const said = new URLSearchParams(new FormData(form));
    said.set("do", "look");
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { Accept: "text/html" } });
      const page = parse(await answer.text());
      const theirs = page.querySelector("form[data-editor]");
      if (mine !== asked || !theirs) return;
      const problems = page.querySelector("[data-problems]");
      for (const one of problems.querySelectorAll("[role=alert]")) one.removeAttribute("role");
      if (side === "form") {
        mark(problems);
        if (yaml.value === was.value) {
          yaml.value = theirs.elements.yaml.value;
          was.value = theirs.elements.was.value;
        }
      } else if (theirs.elements.was.value === theirs.elements.yaml.value) {
        form.querySelector("[data-fields]").replaceChildren(...theirs.querySelector("[data-fields]").childNodes);
        was.value = theirs.elements.was.value;
      }
      document.querySelector("[data-problems]").replaceChildren(...problems.childNodes);
      form.querySelector("[data-curves]").replaceChildren(...theirs.querySelector("[data-curves]").childNodes);
    } catch {
      // The service is away for a moment; Check and Save say more.
    }
  };

  form.addEventListener("input", (event) => {
    if (event.target.name === "side") return;
    const side = event.target === yaml ? "yaml" : "form";
    choose(side);
    document.querySelector(".preview")?.remove();
    clearTimeout(timer);
    timer = setTimeout(look, pause, side);
  });
})();
