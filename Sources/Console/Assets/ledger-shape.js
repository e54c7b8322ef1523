// Places of a ledger's entry: one polygon on each camera's picture, kept as lines of text.
"use strict";
(() => {
  for (const editor of document.querySelectorAll("[data-ledger-shape]")) edit(editor);

  function edit(editor) {
    const svg = editor.querySelector("[data-svg]");
    const image = editor.querySelector("[data-shape-still]");
    const missing = editor.querySelector("[data-shape-missing]");
    const choice = editor.querySelector("[data-shape-channel]");
    const text = editor.querySelector("[data-shape-text]");
    const mayEdit = "editable" in editor.dataset;
    const snapPixels = 14;
    let [width, height] = [1600, 900];
    let points = [];
    let isClosed = false;
    let drag = null;

    function lines() {
      const shapes = new Map();
      for (const line of text.value.split("\n")) {
        const colon = line.indexOf(":");
        if (colon <= 0) continue;
        const pairs = line.slice(colon + 1).trim().split(/\s+/).filter(Boolean).map((pair) => pair.split(",").map(Number));
        shapes.set(line.slice(0, colon).trim(), pairs);
      }
      return shapes;
    }

    function keep() {
      const shapes = lines();
      if (isClosed) shapes.set(choice.value, points);
      else shapes.delete(choice.value);
      text.value = [...shapes].map(([channel, pairs]) => `${channel}: ${pairs.map((pair) => pair.join(",")).join(" ")}`).join("\n");
    }

    function load() {
      points = lines().get(choice.value) ?? [];
      isClosed = points.length >= 3;
      if (!isClosed) points = [];
      render();
    }

    function render() {
      const box = svg.getBoundingClientRect();
      const scale = box.width ? width / box.width : 1;
      const pixels = ([x, y]) => `${x * width},${y * height}`;
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.classList.toggle("is-drawing", mayEdit && !isClosed);
      const group = Shapes.element("g", { class: "zone-frontage is-chosen" });
      if (points.length) group.append(Shapes.element(isClosed ? "polygon" : "polyline", { points: points.map(pixels).join(" ") }));
      if (mayEdit) {
        points.forEach(([x, y], index) => group.append(Shapes.element("circle", {
          cx: x * width, cy: y * height, r: (index === 0 && !isClosed ? 8 : 6) * scale, "data-corner": index,
        })));
      }
      svg.replaceChildren(group);
    }

    function close() {
      if (Shapes.crosses(points)) { Xunjie.toast(Xunjie.say("zoneCrosses"), { bad: true }); return; }
      isClosed = true;
      keep();
    }

    if (mayEdit) {
      svg.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        const point = Shapes.pointOf(svg, event);
        if (!isClosed) {
          if (points.length >= 3 && Shapes.distancePixels(svg, point, points[0]) < snapPixels) close();
          else if (!points.length || Shapes.distancePixels(svg, point, points.at(-1)) > 3) points.push(point);
          render();
          return;
        }
        if (event.target === svg) return;
        drag = { from: point, before: points.map((corner) => [...corner]), corner: Number(event.target.dataset.corner ?? -1) };
        svg.setPointerCapture(event.pointerId);
      });
      svg.addEventListener("pointermove", (event) => {
        if (!drag) return;
        const point = Shapes.pointOf(svg, event);
        if (drag.corner >= 0) points[drag.corner] = point;
        else points = Shapes.movedBy(drag.before, drag.from, point);
        render();
      });
      for (const name of ["pointerup", "pointercancel"]) {
        svg.addEventListener(name, () => {
          if (!drag) return;
          if (Shapes.crosses(points)) points = drag.before;
          drag = null;
          keep();
          render();
        });
      }
      svg.addEventListener("keydown", (event) => {
        if (isClosed || !points.length) return;
        if (event.key === "Enter" && points.length >= 3) close();
        else if (event.key === "Backspace") points.pop();
        else if (event.key === "Escape") points = [];
        else return;
        event.preventDefault();
        render();
      });
      editor.querySelector("[data-shape-clear]").addEventListener("click", () => {
        points = [];
        isClosed = false;
        keep();
        render();
      });
      text.addEventListener("change", load);
    }

    function show() {
      const hasPicture = "picture" in (choice.selectedOptions[0]?.dataset ?? {});
      missing.hidden = hasPicture;
      image.parentElement.hidden = !hasPicture;
      if (hasPicture) image.src = `/channels/${encodeURIComponent(choice.value)}/still.jpg`;
      load();
    }
    image.addEventListener("load", () => {
      [width, height] = [image.naturalWidth || width, image.naturalHeight || height];
      image.parentElement.style.setProperty("--aspect", String(width / height));
      render();
    });
    image.addEventListener("error", () => {
      missing.hidden = false;
      image.parentElement.hidden = true;
    });
    choice.addEventListener("change", show);
    // What is drawn already comes first, then what can be drawn on.
    const first = [...lines().keys()][0] ?? choice.querySelector("[data-picture]")?.value;
    if (first) choice.value = first;
    show();
  }
})();
