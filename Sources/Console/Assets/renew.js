// Parts of a page that are taken over from a fresh one when something changed; pictures that renew themselves.
"use strict";
(() => {
  const quietSeconds = 1;
  const picture = document.querySelector("[data-renew-picture]");
  let timer = 0;

  /** Whether somebody is writing in this part, whose words must not go. */
  const isBusy = (part) => [...part.querySelectorAll("input:not([type=hidden]), textarea")]
    .some((field) => field === document.activeElement || field.value !== field.defaultValue);

  function renewSoon() {
    if (timer || document.hidden) return;
    timer = setTimeout(async () => {
      timer = 0;
      try {
        const response = await fetch(location.pathname + location.search, { credentials: "same-origin" });
        if (!response.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        for (const part of document.querySelectorAll("[data-renew]")) {
          const fresh = page.getElementById(part.id);
          if (fresh && !isBusy(part) && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
        }
      } catch { /* The next change asks again. */ }
    }, quietSeconds * 1000);
  }
  for (const name of ["channel-changed", "fault-changed", "resync"]) window.addEventListener(`live:${name}`, renewSoon);
  setInterval(renewSoon, 30000);

  if (picture) {
    const address = picture.src;
    setInterval(() => {
      if (document.hidden) return;
      // Loaded beside the old one first, so that the picture does not flash.
      const fresh = new Image();
      fresh.onload = () => { picture.src = fresh.src; };
      fresh.src = `${address}?t=${Date.now()}`;
    }, 4000);
  }
})();
