// What every page has: texts, requests with the token, ages that count on, short messages, and the live stream.
"use strict";
document.documentElement.classList.add("js");

const Xunjie = (() => {
  const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const words = new Map();
  for (const element of document.querySelectorAll("#words [data-word]")) words.set(element.dataset.word, element.textContent);

  /** The text of that name, with each {value} filled in. */
  function say(name, values = {}) {
    let text = words.get(name) ?? name;
    for (const [key, value] of Object.entries(values)) text = text.replaceAll(`{${key}}`, String(value));
    return text;
  }

  class RequestError extends Error {
    constructor(status, code, message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  /** Sends JSON to the API and gives its answer; throws RequestError, also when the server cannot be reached. */
  async function request(method, path, body) {
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRF-Token"] = csrf;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin" });
    } catch {
      throw new RequestError(0, "unreachable", say("networkFailed"));
    }
    const text = await response.text();
    let answer = null;
    try { answer = text ? JSON.parse(text) : null; } catch { /* An answer without JSON has only its status. */ }
    if (response.ok) return answer;
    if (response.status === 401) throw new RequestError(401, "unauthorized", say("sessionOver"));
    throw new RequestError(response.status, answer?.error?.code ?? "", answer?.error?.message ?? `HTTP ${response.status}`);
  }

  /** Shows a short message; `action` is {label, run}. Returns a function that takes it away. */
  function toast(text, { bad = false, seconds = 5, action = null, countdown = null } = {}) {
    const box = document.createElement("div");
    box.className = bad ? "toast toast-bad" : "toast";
    const message = document.createElement("span");
    message.textContent = text;
    box.append(message);
    let left = seconds;
    let note = null;
    if (countdown) {
      note = document.createElement("span");
      note.className = "muted";
      note.textContent = countdown(left);
      box.append(note);
    }
    const remove = () => { clearInterval(timer); box.remove(); };
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small";
      button.textContent = action.label;
      button.addEventListener("click", () => { remove(); action.run(); });
      box.append(button);
    }
    const timer = setInterval(() => {
      left -= 1;
      if (left <= 0) remove();
      else if (note) note.textContent = countdown(left);
    }, 1000);
    const stack = document.querySelector(".toasts");
    while (stack.children.length > 2) stack.firstElementChild.remove();
    stack.append(box);
    return remove;
  }

  function age(milliseconds) {
    const seconds = Math.max(0, milliseconds / 1000);
    if (seconds < 60) return say("justNow");
    if (seconds < 3600) return say("minutesAgo", { n: Math.floor(seconds / 60) });
    if (seconds < 86400) return say("hoursAgo", { n: Math.floor(seconds / 3600) });
    return say("daysAgo", { n: Math.floor(seconds / 86400) });
  }

  function refreshAges() {
    for (const element of document.querySelectorAll("time[data-age]")) {
      const then = Date.parse(element.dateTime);
      if (!Number.isNaN(then)) element.textContent = age(Date.now() - then);
    }
  }
  setInterval(refreshAges, 20000);

  /** Whether a key belongs to a field and not to the page. */
  function isTyping(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
    const target = event.target;
    return target instanceof HTMLElement
      && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"));
  }

  /** J and K move over a grid of links, arrows too once one has the focus; Enter opens the first if none has. */
  function moveFocus(event, links) {
    if (!links.length) return;
    const current = links.indexOf(document.activeElement);
    const top = links[0].getBoundingClientRect().top;
    const next = links.findIndex((link) => link.getBoundingClientRect().top !== top);
    const columns = next < 1 ? links.length : next;
    const steps = {
      j: 1, k: -1,
      ...(current >= 0 ? { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns } : {}),
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in steps) {
      event.preventDefault();
      links[Math.min(links.length - 1, Math.max(0, current >= 0 ? current + steps[key] : 0))].focus();
    } else if (key === "Enter" && current < 0 && document.activeElement === document.body) {
      links[0].click();
    }
  }

  // Counts in the head and on the queue's tabs.
  let countsTimer = 0;
  function refreshCountsSoon() {
    if (countsTimer) return;
    countsTimer = setTimeout(async () => {
      countsTimer = 0;
      try {
        const { byState = {}, candidatesByViolation = {} } = await request("GET", "/api/v1/counts") ?? {};
        const all = Object.values(byState).reduce((sum, count) => sum + count, 0);
        for (const element of document.querySelectorAll("[data-state-count]")) {
          const state = element.dataset.stateCount;
          element.textContent = state === "all" ? all : byState[state] ?? 0;
        }
        for (const element of document.querySelectorAll("[data-violation-count]")) {
          element.textContent = candidatesByViolation[element.dataset.violationCount] ?? 0;
        }
        const badge = document.querySelector('[data-badge="queue"]');
        const waiting = byState.candidate ?? 0;
        if (badge) {
          badge.textContent = waiting;
          badge.hidden = waiting === 0;
          badge.title = say("casesWaiting", { n: waiting });
        }
      } catch { /* The next event asks again. */ }
    }, 400);
  }

  /** This page as the server makes it now, its counts in the head taken over; null if it cannot be had. */
  async function freshPage() {
    try {
      const response = await fetch(location.pathname + location.search, { credentials: "same-origin" });
      if (!response.ok || response.redirected) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const badge of document.querySelectorAll("[data-badge]")) {
        const fresh = page.querySelector(`[data-badge="${badge.dataset.badge}"]`);
        if (fresh) badge.replaceWith(fresh);
      }
      return page;
    } catch {
      return null;
    }
  }

  /** Calls `renew` with a fresh page soon after something changed and every half minute; many changes are one call. */
  function renewPage(renew) {
    let timer = 0;
    function renewSoon() {
      if (timer || document.hidden) return;
      timer = setTimeout(async () => {
        timer = 0;
        const page = await freshPage();
        if (page) renew(page);
      }, 1000);
    }
    for (const name of ["channel-changed", "fault-changed", "resync"]) window.addEventListener(`live:${name}`, renewSoon);
    document.addEventListener("visibilitychange", renewSoon);
    setInterval(renewSoon, 30000);
  }

  // Live stream: events go to the page's own script as "live:<name>" with the id. A page that nobody looks at lets go of
  // its connection, as a browser has only six for one server.
  const hiddenSeconds = 30;

  function listen() {
    const light = document.querySelector("[data-live]");
    if (!light || !window.EventSource) return;
    const text = light.querySelector("[data-live-text]");
    let stream = null;
    let wasLost = false;
    let hiddenTimer = 0;

    function show(isOn) {
      light.hidden = false;
      light.classList.toggle("is-off", !isOn);
      text.textContent = say(isOn ? "liveOn" : "liveOff");
    }

    function open() {
      if (stream) return;
      stream = new EventSource("/api/v1/stream");
      stream.addEventListener("open", () => {
        show(true);
        // Not all that happened while the line was down is sent again.
        if (wasLost) { refreshCountsSoon(); emit("resync", {}); }
        wasLost = false;
      });
      stream.addEventListener("error", () => {
        wasLost = true;
        show(false);
        // A refusal is not tried again by itself; most often the login has ended.
        if (stream?.readyState === EventSource.CLOSED) text.textContent = say("sessionOver");
      });
      for (const name of ["case-added", "case-changed", "channel-changed", "fault-changed", "resync"]) {
        stream.addEventListener(name, (event) => {
          let detail = {};
          try { detail = JSON.parse(event.data || "{}"); } catch { /* An event without data is still an event. */ }
          if (name.startsWith("case-") || name === "resync") refreshCountsSoon();
          emit(name, detail);
        });
      }
    }

    function close() {
      stream?.close();
      stream = null;
      wasLost = true;
    }

    document.addEventListener("visibilitychange", () => {
      clearTimeout(hiddenTimer);
      if (document.hidden) hiddenTimer = setTimeout(close, hiddenSeconds * 1000);
      else open();
    });
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    open();
  }

  function emit(name, detail) {
    window.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
  }

  document.addEventListener("change", (event) => {
    event.target.closest?.("form[data-submit-on-change]")?.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset?.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  });

  // A message left by the page before.
  const left = sessionStorage.getItem("toast");
  if (left) {
    sessionStorage.removeItem("toast");
    toast(left);
  }
  // On a small screen the navigation is wider than the page.
  document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  listen();
  return { say, request, toast, isTyping, moveFocus, freshPage, renewPage, refreshAges, refreshCountsSoon };
})();
