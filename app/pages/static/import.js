// A form with a file that is answered by the same form keeps the file: what is wrong is shown around it, and the file need not be chosen again.
(() => {
  const form = document.querySelector("form[data-keeps-file]");
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
      if (answer.redirected) return void location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of ["[data-outcome]", "[data-headings]"]) {
        const now = page.querySelector(part);
        if (!now) return void form.submit();
        document.querySelector(part).replaceChildren(...now.childNodes);
      }
      document.querySelector("[data-outcome] [role=alert]")?.focus();
    } catch {
      form.submit();
    } finally {
      button.disabled = false;
    }
  });
})();
