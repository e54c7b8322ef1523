// The message's part of the forms of a case, and the pair of pictures of a second look.
"use strict";
(() => {
  for (const choice of document.querySelectorAll("[data-notice-template]")) {
    const form = choice.closest("form");
    const preview = form.querySelector("[data-notice-preview]");
    const recipient = form.querySelector("[data-notice-recipient]");
    const show = () => {
      const option = choice.selectedOptions[0];
      preview.textContent = option?.dataset.text ?? "";
      preview.hidden = !option?.value;
      if (!recipient.value || recipient.value === recipient.dataset.known) recipient.value = option?.dataset.recipient ?? "";
      recipient.dataset.known = option?.dataset.recipient ?? "";
    };
    choice.addEventListener("change", show);
    show();
  }
  const pair = document.querySelector("[data-look]");
  const slide = document.querySelector("[data-look-slide]");
  if (pair && slide) {
    pair.classList.add("is-stacked");
    const now = pair.querySelector("[data-look-now]");
    const cut = () => { now.style.clipPath = `inset(0 0 0 ${slide.value}%)`; };
    slide.addEventListener("input", cut);
    cut();
  }
})();
