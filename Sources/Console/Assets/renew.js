// Parts of a page that are taken over from a fresh one when something changed, and a picture that renews itself.
"use strict";
(() => {
  const pictureSeconds = 4;
  const picture = document.querySelector("[data-renew-picture]");

  /** Whether somebody is writing in this part, whose words must not go. */
  const isBusy = (part) => [...part.querySelectorAll("input:not([type=hidden])")]
    .some((field) => field === document.activeElement || field.value !== field.defaultValue);

  Xunjie.renewPage((page) => {
    for (const part of document.querySelectorAll("[data-renew]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && !isBusy(part) && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    }
  });

  if (!picture) return;
  const address = picture.src;
  setInterval(() => {
    if (document.hidden) return;
    // Loaded beside the old one first, so that the picture does not flash.
    const fresh = new Image();
    fresh.onload = () => { picture.src = fresh.src; };
    fresh.src = `${address}?t=${Date.now()}`;
  }, pictureSeconds * 1000);
})();
