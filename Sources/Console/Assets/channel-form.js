// Tries both addresses without leaving the form, so that a password that was typed is never sent back.
"use strict";
(() => {
  const form = document.querySelector("[data-channel-form]");
  const button = form.querySelector("[data-probe]");
  const wait = form.querySelector("[data-probe-wait]");
  const swapped = form.querySelector("[data-swapped]");

  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    probeAll();
  });

  async function probeAll() {
    const { url } = form.elements;
    if (!url.value.trim()) { url.focus(); return; }
    button.disabled = true;
    wait.hidden = false;
    swapped.hidden = true;
    const found = {};
    // One after the other, as many cameras refuse two new connections at once.
    for (const source of form.querySelectorAll("[data-source]")) found[source.dataset.source] = await probe(source);
    const pixels = (answer) => (answer ? answer.width * answer.height : 0);
    swapped.hidden = !(found.url && pixels(found.subURL) > pixels(found.url));
    button.disabled = false;
    wait.hidden = true;
  }

  async function probe(source) {
    const failure = source.querySelector("[data-probe-failure]");
    const result = source.querySelector("[data-probe-result]");
    const url = form.elements[source.dataset.source].value.trim();
    failure.hidden = result.hidden = true;
    if (!url) return null;
    try {
      const found = await Xunjie.request("POST", "/api/v1/channels/probe", {
        url, transport: form.elements.transport.value, field: source.dataset.source, channel: form.dataset.channel,
      });
      result.querySelector("[data-probe-still]").src = found.stillDataURL ?? "";
      showFacts(result, [
        ["codec", found.codec.toUpperCase()],
        ["pictureSize", `${found.width} × ${found.height}`],
        ["frameRate", Xunjie.say("framesPerSecond", { n: Math.round(found.frameRate * 100) / 100 })],
        ["keyFrameGap", found.gopSeconds == null ? Xunjie.say("onlyOneKeyFrame") : Xunjie.say("seconds", { n: Math.round(found.gopSeconds * 10) / 10 })],
        ["container", found.container],
      ]);
      result.hidden = false;
      return found;
    } catch (error) {
      failure.textContent = Xunjie.say("probeFailed", { reason: error.message });
      failure.hidden = false;
      return null;
    }
  }

  function showFacts(result, facts) {
    result.querySelector("[data-probe-facts]").replaceChildren(...facts.map(([name, value]) => {
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = Xunjie.say(name);
      text.textContent = value;
      row.append(term, text);
      return row;
    }));
  }
})();
