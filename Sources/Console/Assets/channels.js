// The board: pictures renew themselves, states change by themselves, and a search finds one among ninety.
"use strict";
(() => {
  const tiles = document.querySelector("[data-tiles]");
  if (!tiles) return;
  const search = document.querySelector("[data-channel-search]");
  const empty = document.querySelector("[data-board-empty]");
  const pictureSeconds = 10;
  const all = () => [...tiles.children];

  // Only what can be seen is fetched anew; a camera without a new frame costs an answer without a body.
  const visible = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) isIntersecting ? visible.add(target) : visible.delete(target);
  }, { rootMargin: "100px" });
  const watch = (tile) => watcher.observe(tile);
  all().forEach(watch);

  async function renewPicture(image) {
    const address = image.dataset.address ??= image.src;
    const response = await fetch(address, { credentials: "same-origin", cache: "no-cache" });
    const tag = response.headers.get("ETag");
    if (!response.ok || tag === image.dataset.tag) return;
    const reader = new FileReader();
    reader.onload = () => { image.dataset.tag = tag; image.src = reader.result; };
    reader.readAsDataURL(await response.blob());
  }

  setInterval(async () => {
    if (document.hidden) return;
    for (const tile of visible) {
      if (!tile.isConnected) { visible.delete(tile); watcher.unobserve(tile); continue; }
      const image = tile.querySelector("[data-still]");
      // One after the other: the pages' other requests share the same few connections.
      if (image && tile.dataset.health !== "off") await renewPicture(image).catch(() => {});
    }
  }, pictureSeconds * 1000);

  function filter() {
    const words = search.value.trim().toLowerCase().split(/\s+/);
    for (const tile of tiles.children) tile.hidden = !words.every((word) => tile.dataset.find.includes(word));
    empty.hidden = all().some((tile) => !tile.hidden);
  }
  search.addEventListener("input", filter);

  /** Takes over what changed, in the new order; who has the focus or is looking at a picture keeps it. */
  function renew(page) {
    for (const part of ["[data-board-summary]", "[data-board-shows]"]) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh && old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
    }
    const focused = document.activeElement?.closest?.("[data-channel]")?.id;
    const fresh = [...page.querySelectorAll("[data-tiles] > [data-channel]")].map((tile) => {
      const old = document.getElementById(tile.id);
      const [picture, next] = [old?.querySelector("[data-still]"), tile.querySelector("[data-still]")];
      if (picture && next) next.replaceWith(picture);
      watch(tile);
      return tile;
    });
    visible.clear();
    tiles.replaceChildren(...fresh);
    filter();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  // All tiles come with one answer.
  Xunjie.renewPage(renew);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
      search.blur();
      return;
    }
    if (Xunjie.isTyping(event)) return;
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
      return;
    }
    Xunjie.moveFocus(event, all().filter((tile) => !tile.hidden));
  });
})();
