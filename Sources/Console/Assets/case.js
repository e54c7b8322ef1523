// A decision in ten seconds: one key decides, the next case is there already, and a slip can be taken back.
"use strict";
(() => {
  const verdictKeys = { c: "confirm", 1: "confirm", f: "false-alarm", 2: "false-alarm", e: "exempt", 3: "exempt", t: "transfer", 4: "transfer" };
  const undoSeconds = 60;

  let isBusy = false;
  /** The newest decision of this page: {id, path, until}. */
  let latest = null;
  /** Pages fetched ahead: address → promise of a document. */
  const ahead = new Map();

  const article = () => document.querySelector("article.case");
  const bar = () => document.querySelector("[data-decide]");
  const openMenu = () => document.querySelector(".verdict-menu[open]");
  const lightbox = () => document.querySelector("[data-lightbox]");

  async function fetchPage(path) {
    const response = await fetch(path, { credentials: "same-origin", headers: { "X-Purpose": "prefetch" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  /** Fetches the next page with its pictures, so that it shows at once. */
  function prefetch(path) {
    if (!path || ahead.has(path)) return;
    const page = fetchPage(path);
    ahead.clear();
    ahead.set(path, page);
    page.then((page) => {
      for (const image of page.querySelectorAll(".still img")) new Image().src = image.getAttribute("src");
    }).catch(() => ahead.delete(path));
  }

  /** Puts a fetched page in place of this one. */
  function swap(page, path, { push }) {
    const main = page.querySelector("main");
    if (!main?.querySelector("article.case")) throw new Error("not a case");
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    const language = page.querySelector("[data-language]")?.getAttribute("href");
    if (language) for (const link of document.querySelectorAll("[data-language]")) link.setAttribute("href", language);
    if (push) history.pushState(null, "", path);
    window.scrollTo({ top: 0 });
    mount();
  }

  async function go(path) {
    if (!path) return;
    try {
      swap(await (ahead.get(path) ?? fetchPage(path)), path, { push: true });
    } catch {
      location.href = path;
    }
  }

  async function refresh(notice) {
    const path = location.pathname + location.search;
    try {
      swap(await fetchPage(path), path, { push: false });
      if (notice) {
        const box = document.querySelector("[data-conflict]");
        box.textContent = notice;
        box.hidden = false;
      }
    } catch {
      location.reload();
    }
  }

  function mount() {
    const element = article();
    if (!element) return;
    for (const video of element.querySelectorAll("video")) {
      video.muted = true;
      // The controls would lie over the scene; they are there when it is enlarged.
      video.controls = false;
      video.play().catch(() => { /* The browser forbids it; the controls are there. */ });
    }
    showZones(localStorage.getItem("zones") !== "off");
    Xunjie.refreshAges();
    // Who has no part in the cases is asked for a reason at each: nothing of them is fetched unasked.
    if (bar()) prefetch(element.dataset.next);
  }

  // Decisions

  const ticks = () => [...document.querySelectorAll('.verdict-menu[data-verdict="confirm"] input[type=checkbox]')];

  async function decide(verdict, reason) {
    const element = article();
    if (isBusy || !bar() || !element) return;
    isBusy = true;
    bar().setAttribute("aria-busy", "true");
    const { case: id, next, queue, filter } = element.dataset;
    const note = document.querySelector("[data-note]")?.value.trim() ?? "";
    const body = { kind: verdict, declaresNoConflict: true };
    if (verdict === "confirm") body.ticks = ticks().filter((tick) => tick.checked).map((tick) => tick.name.slice("tick-".length));
    const shop = verdict === "confirm" ? document.querySelector('.verdict-menu[data-verdict="confirm"] input[name=shopID]')?.value.trim() : "";
    if (shop) body.shopID = shop;
    if (reason) body.reason = reason;
    if (note) body.note = note;
    try {
      const answer = await Xunjie.request("POST", `/api/v1/cases/${encodeURIComponent(id)}/actions`, body);
      latest = { id, path: `/cases/${id}${filter}`, until: Date.now() + undoSeconds * 1000 };
      const state = answer?.case?.stateName?.[document.documentElement.lang.slice(0, 2)] ?? "";
      const done = Xunjie.say("decided", { state });
      Xunjie.refreshCountsSoon();
      const path = next || (answer?.nextCaseID ? `/cases/${answer.nextCaseID}${filter}` : "");
      if (!path) {
        sessionStorage.setItem("toast", `${done} · ${Xunjie.say("queueDone")}`);
        location.href = queue;
        return;
      }
      await go(path);
      Xunjie.toast(done, {
        seconds: undoSeconds, countdown: (n) => Xunjie.say("undoWithin", { n }),
        action: { label: `${Xunjie.say("undo")} (U)`, run: undo },
      });
    } catch (error) {
      if (error.status === 409) await refresh(Xunjie.say("conflict"));
      else Xunjie.toast(Xunjie.say("requestFailed", { reason: error.message }), { bad: true, seconds: 8 });
    } finally {
      isBusy = false;
      bar()?.removeAttribute("aria-busy");
    }
  }

  async function undo() {
    const form = document.querySelector("[data-undo-form]");
    const here = article()?.dataset;
    const target = form ? { id: here.case, path: `/cases/${here.case}${here.filter}`, until: Infinity } : latest;
    if (!target || isBusy || Date.now() > target.until) return;
    isBusy = true;
    try {
      await Xunjie.request("POST", `/api/v1/cases/${encodeURIComponent(target.id)}/actions`, { kind: "undo" });
      latest = null;
      document.querySelector(".toasts").replaceChildren();
      Xunjie.refreshCountsSoon();
      ahead.clear();
      if (here?.case === target.id) await refresh(); else await go(target.path);
      Xunjie.toast(Xunjie.say("undone"));
    } catch (error) {
      Xunjie.toast(Xunjie.say("requestFailed", { reason: error.message }), { bad: true, seconds: 8 });
    } finally {
      isBusy = false;
    }
  }

  function choose(verdict) {
    if (!bar()) return;
    const menu = document.querySelector(`.verdict-menu[data-verdict="${verdict}"]`);
    if (!menu) return;
    const wasOpen = menu.open;
    closeMenus();
    menu.open = !wasOpen;
    if (menu.open) menu.querySelector(".tick-row input, .reason-grid button")?.focus();
  }

  function closeMenus() {
    for (const menu of document.querySelectorAll(".verdict-menu[open]")) menu.open = false;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-undo-form]")) {
      event.preventDefault();
      undo();
    } else if (form.closest("[data-decide]")) {
      event.preventDefault();
      const verdict = form.elements.kind.value;
      const reason = event.submitter?.name === "reason" ? event.submitter.value : undefined;
      if (verdict !== "confirm" && !reason) Xunjie.toast(Xunjie.say("decideFirst"));
      else decide(verdict, reason);
    }
  });

  // One verdict's list at a time, also where the browser does not know <details name>.
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches?.(".verdict-menu") || !menu.open) return;
    for (const other of document.querySelectorAll(".verdict-menu[open]")) if (other !== menu) other.open = false;
  }, true);

  // Layers and enlarging

  function showZones(isOn) {
    document.body.classList.toggle("zones-off", !isOn);
    document.querySelector("[data-toggle-zone]")?.setAttribute("aria-pressed", String(isOn));
    localStorage.setItem("zones", isOn ? "on" : "off");
  }

  const toggleZones = () => showZones(document.body.classList.contains("zones-off"));
  const figures = () => [...document.querySelectorAll("article.case [data-still]")];

  /** What is enlarged, or was last. */
  let enlarged = { index: 0, isBefore: false };

  function enlarge(index, isBefore = false) {
    const all = figures();
    if (!all.length) return;
    const wanted = all[(index + all.length) % all.length];
    const before = all.find((figure) => figure.dataset.still === "scene-before");
    const shown = isBefore && before ? before : wanted;
    enlarged = { index: (index + all.length) % all.length, isBefore: shown !== wanted };
    const frame = document.createElement("div");
    frame.className = "frame";
    const source = shown.querySelector("video, img");
    const copy = source.cloneNode();
    frame.append(copy);
    const overlay = shown.querySelector(".overlay");
    if (overlay) frame.append(overlay.cloneNode(true));
    document.querySelector("[data-lightbox-stage]").replaceChildren(frame);
    document.querySelector("[data-lightbox-label]").textContent = shown.dataset.label;
    if (copy instanceof HTMLVideoElement) {
      copy.muted = true;
      copy.controls = true;
      copy.currentTime = source.currentTime;
      copy.play().catch(() => { /* The browser forbids it; the controls are there. */ });
    }
    if (!lightbox().open) lightbox().showModal();
  }

  function blink() {
    if (!lightbox().open) {
      enlarge(figures().findIndex((figure) => figure.dataset.still === "after-dwell"), true);
    } else {
      enlarge(enlarged.index, !enlarged.isBefore);
    }
  }

  document.addEventListener("close", (event) => {
    if (!event.target.matches?.("[data-lightbox]")) return;
    document.querySelector("[data-lightbox-stage]").replaceChildren();
  }, true);

  document.addEventListener("click", (event) => {
    const target = event.target;
    const link = target.closest("[data-enlarge], .clip .frame");
    const step = target.closest(".pager a, .decided a[href]");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest("[data-affirm-all]")) { for (const tick of ticks()) tick.checked = true; return; }
    if (link) {
      event.preventDefault();
      enlarge(figures().indexOf(link.closest("[data-still]")));
    } else if (step && article()) {
      event.preventDefault();
      go(step.getAttribute("href"));
    } else if (target.closest("[data-toggle-zone]")) {
      toggleZones();
    } else if (target.closest("[data-open-help]")) {
      document.querySelector("[data-help]").showModal();
    } else if (target.closest("[data-close]") || (target.closest("[data-lightbox-stage]") && !target.closest("video"))) {
      lightbox().close();
    } else if (openMenu() && !openMenu().contains(target)) {
      closeMenus();
    }
  });

  // Keys

  document.addEventListener("keydown", (event) => {
    const element = article();
    if (!element) return;
    if (event.target.matches?.("[data-note]") && (event.key === "Enter" || event.key === "Escape") && !event.isComposing) {
      event.preventDefault();
      event.target.blur();
      return;
    }
    if (Xunjie.isTyping(event) || event.repeat) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (document.querySelector("[data-help]").open) return;
    const menu = openMenu();
    const run = lightbox().open ? lightboxKeys(key) : menu ? menuKeys(key, menu) ?? pageKeys(key, element) : pageKeys(key, element);
    if (!run) return;
    event.preventDefault();
    run();
  });

  function lightboxKeys(key) {
    switch (key) {
      case "ArrowRight": return () => enlarge(enlarged.index + 1);
      case "ArrowLeft": return () => enlarge(enlarged.index - 1);
      case "b": return blink;
      case "z": return toggleZones;
      default: return null;
    }
  }

  function menuKeys(key, menu) {
    if (key === "Escape") return () => { closeMenus(); menu.querySelector("summary").focus(); };
    if (menu.dataset.verdict === "confirm") return confirmKeys(key, menu);
    const buttons = [...menu.querySelectorAll(".reason-grid button")];
    if (/^[0-9]$/.test(key)) {
      const button = buttons.find((button) => button.dataset.digit === key);
      return () => button?.click();
    }
    const step = { ArrowDown: 2, ArrowUp: -2, ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return null;
    const current = buttons.indexOf(document.activeElement);
    return () => buttons[Math.min(buttons.length - 1, Math.max(0, current + step))].focus();
  }

  function confirmKeys(key, menu) {
    const all = ticks();
    if (/^[1-4]$/.test(key)) return () => { all[key - 1].checked = !all[key - 1].checked; all[key - 1].focus(); };
    if (key === "a") return () => { for (const tick of all) tick.checked = true; };
    if (key === "Enter") return () => menu.querySelector("form").requestSubmit();
    return null;
  }

  function pageKeys(key, element) {
    if (key in verdictKeys) return () => choose(verdictKeys[key]);
    const { next, previous } = element.dataset;
    switch (key) {
      case "j": case "ArrowRight": return next ? () => go(next) : null;
      case "k": case "ArrowLeft": return previous ? () => go(previous) : null;
      case "u": return undo;
      case "z": return toggleZones;
      case "b": return blink;
      case "n": return () => document.querySelector("[data-note]")?.focus();
      case "p": return () => {
        const video = element.querySelector(".clip video");
        if (video?.paused) video.play().catch(() => { /* The browser forbids it. */ }); else video?.pause();
      };
      case "?": return () => document.querySelector("[data-help]").showModal();
      case "Enter":
        return document.activeElement === document.body
          ? () => enlarge(figures().findIndex((figure) => figure.dataset.still === "after-dwell")) : null;
      default: return null;
    }
  }

  // What others do

  window.addEventListener("live:case-changed", ({ detail }) => {
    const element = article();
    if (isBusy || !element || detail.id !== element.dataset.case) return;
    const wasOpen = bar() !== null;
    const isWriting = document.querySelector("[data-note]")?.value;
    Xunjie.request("GET", `/api/v1/cases/${encodeURIComponent(detail.id)}`).then(({ case: record }) => {
      if (isBusy || record.state === article()?.dataset.state) return;
      if (isWriting) Xunjie.toast(Xunjie.say("conflict"), { bad: true, seconds: 10 });
      refresh(wasOpen ? Xunjie.say("conflict") : null);
    }).catch(() => { /* Deciding will tell. */ });
  });

  setInterval(() => {
    const note = document.querySelector("[data-undo-until]");
    if (!note) return;
    const left = Math.ceil((Date.parse(note.dataset.undoUntil) - Date.now()) / 1000);
    if (left > 0) note.textContent = Xunjie.say("undoWithin", { n: left });
    else note.closest("form").remove();
  }, 1000);

  window.addEventListener("popstate", () => location.reload());
  mount();
})();
