// The channels: pictures renew themselves, states change by themselves, and a search finds one among ninety.
"use strict";
(() => {
  const tiles = document.querySelector("[data-tiles]");
  if (!tiles) return;
  const search = document.querySelector("[data-channel-search]");
  const onlyTroubled = document.querySelector("[data-only-troubled]");
  const pictureSeconds = 10;

  document.addEventListener("error", (event) => {
    if (event.target.matches?.("[data-still]")) event.target.classList.add("is-missing");
  }, true);
  document.addEventListener("load", (event) => {
    if (event.target.matches?.("[data-still]")) event.target.classList.remove("is-missing");
  }, true);
  for (const image of tiles.querySelectorAll("[data-still]")) {
    if (image.complete && image.naturalWidth === 0) image.classList.add("is-missing");
  }

  // Only what can be seen is fetched anew.
  const visible = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) isIntersecting ? visible.add(target) : visible.delete(target);
  }, { rootMargin: "100px" });
  const watch = (tile) => watcher.observe(tile);
  for (const tile of tiles.children) watch(tile);

  setInterval(() => {
    if (document.hidden) return;
    for (const tile of visible) {
      if (!tile.isConnected) { visible.delete(tile); watcher.unobserve(tile); continue; }
      if (tile.dataset.health === "off") continue;
      const image = tile.querySelector("[data-still]");
      const address = image.src.split("?")[0];
      // Loaded beside the old one first, so that the picture does not flash.
      const fresh = new Image();
      fresh.onload = () => { image.src = fresh.src; };
      fresh.src = `${address}?t=${Date.now()}`;
    }
  }, pictureSeconds * 1000);

  function filter() {
    const text = search.value.trim().toLowerCase();
    for (const tile of tiles.children) {
      const isFound = !text || tile.dataset.find.includes(text);
      const isTroubled = tile.dataset.health === "bad" || tile.dataset.health === "off";
      tile.hidden = !isFound || (onlyTroubled.checked && !isTroubled);
    }
  }
  search.addEventListener("input", filter);
  onlyTroubled.addEventListener("change", filter);

  // All tiles come with one answer, so many changes at once cost one request.
  let timer = 0;
  function renewSoon() {
    if (timer) return;
    timer = setTimeout(async () => {
      timer = 0;
      try {
        const response = await fetch(location.pathname, { credentials: "same-origin" });
        if (!response.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const summary = page.querySelector(".page-head .muted");
        if (summary) document.querySelector(".page-head .muted").textContent = summary.textContent;
        for (const fresh of page.querySelectorAll("[data-tiles] > [data-channel]")) renew(fresh);
        filter();
      } catch { /* The next change asks again. */ }
    }, 1000);
  }

  function renew(fresh) {
    const old = document.getElementById(fresh.id);
    if (!old) {
      tiles.append(fresh);
      watch(fresh);
      return;
    }
    if (old.querySelector(".menu[open]")) return;
    const picture = old.querySelector("[data-still]");
    fresh.querySelector("[data-still]").replaceWith(picture);
    old.replaceWith(fresh);
    watch(fresh);
  }
  window.addEventListener("live:channel-changed", renewSoon);
  window.addEventListener("live:resync", renewSoon);
  setInterval(() => { if (!document.hidden) renewSoon(); }, 30000);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || Xunjie.isTyping(event)) return;
    event.preventDefault();
    search.focus();
  });
})();
