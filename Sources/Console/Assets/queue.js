// The queue: new cases arrive by themselves, J and K move, Enter opens, more pages are added in place.
"use strict";
(() => {
  const list = document.querySelector("[data-queue]");
  const fresh = document.querySelector("[data-fresh]");
  const empty = document.querySelector("[data-empty]");
  const filter = list.dataset.liveQueue ?? null;
  const seen = new Set([...list.querySelectorAll("[data-case]")].map((card) => card.dataset.case));
  const waiting = [];

  const cards = () => [...list.querySelectorAll("[data-case]")];
  const cardOf = (id) => list.querySelector(`[data-case="${CSS.escape(id)}"]`);

  /** The box is in pixels of the still, whose size is known once it has loaded. */
  function fitBox(image) {
    const overlay = image.parentElement.querySelector("[data-fit]");
    if (!overlay || !image.naturalWidth) return;
    overlay.setAttribute("viewBox", `0 0 ${image.naturalWidth} ${image.naturalHeight}`);
    overlay.removeAttribute("hidden");
  }
  document.addEventListener("load", (event) => { if (event.target.matches?.(".thumb img")) fitBox(event.target); }, true);
  for (const image of list.querySelectorAll(".thumb img")) if (image.complete) fitBox(image);

  async function fetchCard(id) {
    const response = await fetch(`/queue/rows/${encodeURIComponent(id)}${filter ?? location.search}`, { credentials: "same-origin" });
    if (!response.ok) return null;
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    return holder.content.querySelector("[data-case]");
  }

  async function belongs(id) {
    const { violation, channel } = list.dataset;
    if (!violation && !channel) return true;
    const { case: record } = await Xunjie.request("GET", `/api/v1/cases/${encodeURIComponent(id)}`);
    return (!violation || record.incident.violation === violation) && (!channel || record.incident.channelID === channel);
  }

  async function show(id) {
    const card = await fetchCard(id).catch(() => null);
    if (!card || cardOf(id)) return;
    card.classList.add("is-new");
    list.prepend(card);
    empty.hidden = true;
    while (list.children.length > 300) list.lastElementChild.remove();
  }

  function showButton() {
    fresh.hidden = waiting.length === 0;
    fresh.querySelector("button").textContent = Xunjie.say("newCasesCount", { n: waiting.length });
  }

  window.addEventListener("live:case-added", async ({ detail }) => {
    if (filter === null || !detail.id || seen.has(detail.id)) return;
    seen.add(detail.id);
    try { if (!await belongs(detail.id)) return; } catch { return; }
    // Who has scrolled down or is choosing a card should not have the ground move.
    const isReading = window.scrollY > 120 || list.contains(document.activeElement);
    if (isReading) { waiting.push(detail.id); showButton(); } else { await show(detail.id); }
  });

  window.addEventListener("live:case-changed", async ({ detail }) => {
    const card = detail.id ? cardOf(detail.id) : null;
    if (!card) return;
    const update = await fetchCard(detail.id).catch(() => null);
    if (!update) return;
    const hadFocus = card.contains(document.activeElement);
    if (update.dataset.state !== card.dataset.state) update.classList.add("is-gone");
    card.replaceWith(update);
    if (hadFocus) update.querySelector("a").focus();
  });

  window.addEventListener("live:resync", () => {
    if (filter !== null) {
      if (window.scrollY > 120) Xunjie.toast(Xunjie.say("liveStale"));
      else location.reload();
    }
  });

  fresh.querySelector("button").addEventListener("click", async () => {
    const ids = waiting.splice(0);
    showButton();
    window.scrollTo({ top: 0 });
    for (const id of ids) await show(id);
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-more]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.setAttribute("aria-disabled", "true");
    try {
      const response = await fetch(link.href, { credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const added = [...page.querySelectorAll("[data-queue] [data-case]")].filter((card) => !cardOf(card.dataset.case));
      for (const card of added) seen.add(card.dataset.case);
      list.append(...added);
      const next = page.querySelector("[data-more]");
      if (next) link.replaceWith(next); else link.remove();
      added[0]?.querySelector("a").focus();
    } catch {
      location.href = link.href;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!Xunjie.isTyping(event)) Xunjie.moveFocus(event, cards().map((card) => card.querySelector("a")));
  });
})();
