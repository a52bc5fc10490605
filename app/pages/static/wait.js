// A page to wait on looks for itself: it takes what the service says now, and goes where the job led.
(() => {
  const pause = 1500;
  const look = async () => {
    const waiting = document.querySelector("[data-wait]");
    if (!waiting) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) return void location.replace(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-wait]");
      if (!now) return void location.reload();
      if (now.textContent !== waiting.textContent) waiting.replaceChildren(...now.childNodes);
    } catch {
      // The service is away for a moment; the next look says more.
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();
