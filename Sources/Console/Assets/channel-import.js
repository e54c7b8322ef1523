// Hands in a list of channels as a file, and follows the trial of its addresses.
"use strict";
(() => {
  const form = document.querySelector("[data-import-form]");
  if (form) handIn(form);
  const plan = document.querySelector("[data-import]");
  if (plan) follow(plan);

  function handIn(form) {
    const file = form.querySelector("[data-import-file]");
    const failure = document.querySelector("[data-import-failure]");
    const button = form.querySelector("[data-import-begin]");

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const chosen = file.files[0] ?? new File([form.elements.text.value], "");
      button.disabled = true;
      failure.hidden = true;
      try {
        // In the body and not in the address, since a template may hold a password.
        const answer = await Xunjie.request("POST", "/api/v1/channels/imports", {
          name: chosen.name, content: await base64(chosen), template: form.elements.template.value,
          subTemplate: form.elements.subTemplate.value, skipsTrial: form.elements.skipsTrial.checked,
        });
        location.href = `/channels/import/${encodeURIComponent(answer.id)}`;
      } catch (error) {
        failure.querySelector("small").textContent = error.message;
        failure.hidden = false;
        button.disabled = false;
      }
    });
  }

  function base64(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(file);
    });
  }

  function follow(plan) {
    if (!("running" in plan.dataset)) return;
    const timer = setInterval(async () => {
      if (document.hidden) return;
      try {
        const response = await fetch(location.pathname, { credentials: "same-origin" });
        if (!response.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector("[data-import]");
        if (!fresh) return;
        plan.querySelector("[data-import-bar]").replaceWith(fresh.querySelector("[data-import-bar]"));
        for (const row of fresh.querySelectorAll(".import-row")) {
          const old = document.getElementById(row.id);
          if (old && old.outerHTML !== row.outerHTML) old.replaceWith(row);
        }
        if (!("running" in fresh.dataset)) clearInterval(timer);
      } catch { /* The next look asks again. */ }
    }, 1000);
  }
})();
