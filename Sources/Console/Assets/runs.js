// Runs: the list renews itself each second while something is under way; the form of a new one tells how long it will take.
"use strict";
(() => {
  const list = document.getElementById("runs");
  if (list) {
    const busySeconds = 1;
    const quietSeconds = 10;
    const follow = () => setTimeout(async () => {
      const page = document.hidden ? null : await Xunjie.freshPage();
      if (page) renew(page);
      follow();
    }, (list.hasAttribute("data-active") ? busySeconds : quietSeconds) * 1000);

    function renew(page) {
      const fresh = page.getElementById("runs");
      const summary = page.getElementById("runs-summary");
      if (summary) document.getElementById("runs-summary").textContent = summary.textContent;
      if (!fresh) return;
      list.toggleAttribute("data-active", fresh.hasAttribute("data-active"));
      for (const run of fresh.children) {
        const old = document.getElementById(run.id);
        if (!old) continue;
        // What somebody has opened stays open, and a button with the focus stays.
        const details = old.querySelector("details");
        if (details?.open) run.querySelector("details")?.setAttribute("open", "");
        if (old.contains(document.activeElement) && old.querySelectorAll("button").length === run.querySelectorAll("button").length) {
          for (const part of ["progress", ".run-bar b", ".run-facts", ".state"]) {
            const [from, to] = [run.querySelector(part), old.querySelector(part)];
            if (from && to) { if (part === "progress") to.value = from.value; else to.innerHTML = from.innerHTML; }
          }
          continue;
        }
        if (old.innerHTML !== run.innerHTML) old.innerHTML = run.innerHTML;
        old.className = run.className;
      }
      // Added or removed ones change the whole list.
      const ids = (parent) => [...parent.children].map((child) => child.id).join();
      if (ids(list) !== ids(fresh)) location.reload();
    }
    follow();
  }

  const form = document.querySelector("[data-run-form]");
  if (form) {
    const estimate = document.getElementById("run-estimate");
    let wanted = 0;
    async function ask() {
      const turn = ++wanted;
      const query = new URLSearchParams(new FormData(form));
      query.delete("csrf");
      for (const key of [...query.keys()]) if (key.startsWith("draft-")) query.delete(key);
      try {
        const response = await fetch(`/runs/new?${query}`, { credentials: "same-origin" });
        if (!response.ok || turn !== wanted) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        estimate.textContent = page.getElementById("run-estimate")?.textContent ?? estimate.textContent;
      } catch { /* The old estimate stays. */ }
    }
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-run-channel]")) form.elements.which.value = "chosen";
      if (event.target.matches("[data-estimates]")) ask();
    });
  }
})();
