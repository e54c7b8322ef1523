// Tries an address without leaving the form, so that a password that was typed is never sent back.
"use strict";
(() => {
  const form = document.querySelector("[data-channel-add]");
  const button = form.querySelector("[data-probe]");
  const wait = form.querySelector("[data-probe-wait]");
  const failure = form.querySelector("[data-probe-failure]");
  const result = form.querySelector("[data-probe-result]");

  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    probe();
  });

  async function probe() {
    const { url, transport } = form.elements;
    if (!url.value.trim()) { url.focus(); return; }
    button.disabled = true;
    wait.hidden = false;
    failure.hidden = true;
    result.hidden = true;
    try {
      const found = await Xunjie.request("POST", "/api/v1/channels/probe", { url: url.value.trim(), transport: transport.value });
      result.querySelector("[data-probe-still]").src = found.stillDataURL;
      showFacts([
        ["codec", found.codec.toUpperCase()],
        ["pictureSize", `${found.width} × ${found.height}`],
        ["frameRate", Xunjie.say("framesPerSecond", { n: Math.round(found.frameRate * 100) / 100 })],
        ["keyFrameGap", found.gopSeconds == null ? Xunjie.say("onlyOneKeyFrame") : Xunjie.say("seconds", { n: Math.round(found.gopSeconds * 10) / 10 })],
        ["container", found.container],
      ]);
      result.hidden = false;
      form.elements.name.focus();
    } catch (error) {
      failure.textContent = Xunjie.say("probeFailed", { reason: error.message });
      failure.hidden = false;
    } finally {
      button.disabled = false;
      wait.hidden = true;
    }
  }

  function showFacts(facts) {
    const list = result.querySelector("[data-probe-facts]");
    list.replaceChildren(...facts.map(([name, value]) => {
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
