// Hands in a list of shops as a file; without a script it is pasted.
"use strict";
(() => {
  const form = document.querySelector("[data-ledger-import]");
  if (!form) return;
  const file = form.querySelector("[data-import-file]");
  const failure = document.querySelector("[data-import-failure]");

  function base64(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    failure.hidden = true;
    try {
      // The file's own bytes: spreadsheets here write GB 18030, and the server can tell.
      const content = await base64(file.files[0] ?? new Blob([form.elements.text.value]));
      const answer = await Xunjie.request("POST", "/api/v1/ledgers/shop/import", { content });
      location.href = `/ledgers/shop?imported=${answer.changed}`;
    } catch (error) {
      failure.querySelector("small").textContent = error.message;
      failure.hidden = false;
      button.disabled = false;
    }
  });
})();
