// Searching the past: the region is drawn on a still of the chosen time, a search under way is followed, pictures are enlarged.
"use strict";
(() => {
  const form = document.querySelector("[data-past]");
  const pollSeconds = 1;

  // The region

  function draw() {
    const svg = form.querySelector("[data-svg]");
    const image = form.querySelector("[data-past-still]");
    const missing = form.querySelector("[data-past-no-still]");
    const field = form.querySelector("[data-region]");
    const from = form.querySelector("[data-past-from]");
    const channel = form.querySelector("[data-past-channel]");
    const submit = form.querySelector("[data-past-submit]");
    const snapPixels = 14;
    let width = 1600;
    let height = 900;
    let points = field.value.split(" ").filter(Boolean).map((pair) => pair.split(",").map(Number));
    let isClosed = points.length >= 3;
    let cursor = null;
    let drag = null;

    const pixels = ([x, y]) => `${x * width},${y * height}`;

    function render() {
      const box = svg.getBoundingClientRect();
      const scale = box.width ? width / box.width : 1;
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.classList.toggle("is-drawing", !isClosed);
      const group = Shapes.element("g", { class: "zone-frontage is-chosen" });
      if (isClosed) group.append(Shapes.element("polygon", { points: points.map(pixels).join(" ") }));
      else if (points.length) group.append(Shapes.element("polyline", { points: [...points, ...(cursor ? [cursor] : [])].map(pixels).join(" ") }));
      points.forEach((point, index) => group.append(Shapes.element("circle", {
        cx: point[0] * width, cy: point[1] * height, r: (index === 0 && !isClosed ? 8 : 6) * scale, "data-corner": index,
      })));
      svg.replaceChildren(group);
      field.value = isClosed ? points.map((point) => point.join(",")).join(" ") : "";
      submit.disabled = !isClosed;
    }

    function close() {
      if (Shapes.crosses(points)) { Xunjie.toast(Xunjie.say("zoneCrosses"), { bad: true }); return; }
      isClosed = true;
      cursor = null;
    }

    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      svg.focus();
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
      const point = Shapes.pointOf(svg, event);
      if (!isClosed) cursor = point;
      else if (!drag) return;
      else if (drag.corner >= 0) points[drag.corner] = point;
      else points = Shapes.movedBy(drag.before, drag.from, point);
      render();
    });
    for (const name of ["pointerup", "pointercancel"]) {
      svg.addEventListener(name, () => {
        if (!drag) return;
        if (Shapes.crosses(points)) {
          points = drag.before;
          Xunjie.toast(Xunjie.say("zoneCrosses"), { bad: true });
        }
        drag = null;
        render();
      });
    }
    svg.addEventListener("dblclick", (event) => {
      if (!isClosed || event.target.dataset.corner !== undefined) return;
      const point = Shapes.pointOf(svg, event);
      points.splice(Shapes.nearestSide(svg, points, point) + 1, 0, point);
      render();
    });
    svg.addEventListener("keydown", (event) => {
      if (isClosed || !points.length) return;
      if (event.key === "Enter" && points.length >= 3) close();
      else if (event.key === "Backspace") points.pop();
      else if (event.key === "Escape") points = [];
      else return;
      event.preventDefault();
      render();
    });
    form.querySelector("[data-redraw]").addEventListener("click", () => {
      points = [];
      isClosed = false;
      render();
      svg.focus();
    });

    // The still

    function measure() {
      missing.hidden = true;
      image.hidden = false;
      if (image.naturalWidth) [width, height] = [image.naturalWidth, image.naturalHeight];
      image.parentElement.style.setProperty("--aspect", String(width / height));
      render();
    }
    function fail() {
      image.hidden = true;
      missing.hidden = false;
      render();
    }
    image.addEventListener("load", measure);
    image.addEventListener("error", fail);
    if (image.complete) { if (image.naturalWidth) measure(); else fail(); }
    from.addEventListener("change", () => {
      if (!from.value) return;
      image.src = `/past/still.jpg?channel=${encodeURIComponent(channel.value)}&at=${encodeURIComponent(from.value)}`;
    });
    channel.addEventListener("change", () => { location.href = `/past?channel=${encodeURIComponent(channel.value)}`; });
    new ResizeObserver(render).observe(svg);
    render();
  }
  if (form) draw();

  // A search under way, and an archive that is being listed

  function follow() {
    const result = document.querySelector("#past-result[data-under-way]");
    const isScanning = document.querySelector("[data-past-scanning]") !== null;
    if (!result && !isScanning) return;
    setTimeout(async () => {
      const page = document.hidden ? null : await Xunjie.freshPage();
      if (isScanning && page && !page.querySelector("[data-past-scanning]")) { location.reload(); return; }
      const fresh = page?.getElementById("past-result");
      if (result && fresh) {
        // Replaced in parts: a button that is being pressed must not go.
        if (fresh.matches("[data-under-way]")) {
          result.querySelector("progress").value = fresh.querySelector("progress").value;
          result.querySelector(".past-progress span").textContent = fresh.querySelector(".past-progress span").textContent;
          result.querySelector(".state").textContent = fresh.querySelector(".state").textContent;
        } else result.replaceWith(fresh);
      }
      follow();
    }, (isScanning ? 4 : pollSeconds) * 1000);
  }
  follow();

  // Large pictures

  const box = document.querySelector("[data-lightbox]");
  const large = box.querySelector("[data-lightbox-picture]");
  let shown = null;
  const links = () => [...document.querySelectorAll("[data-past-picture]")];

  function enlarge(link) {
    shown = link;
    large.src = link.href;
    const overlay = box.querySelector("[data-lightbox-overlay]");
    overlay.replaceChildren(...[...link.querySelector("[data-whole]").children].map((child) => child.cloneNode(true)));
    const when = link.parentElement.querySelector("figcaption span").textContent;
    box.querySelector("[data-lightbox-title]").textContent = `${link.title} · ${when}`;
    if (!box.open) box.showModal();
  }
  large.addEventListener("load", () => {
    large.parentElement.style.aspectRatio = `${large.naturalWidth} / ${large.naturalHeight}`;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-past-picture]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      enlarge(link);
    } else if (event.target.closest?.("[data-lightbox-close], .lightbox-stage")) box.close();
  });
  document.addEventListener("keydown", (event) => {
    if (!box.open || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    const all = links();
    const next = all[all.indexOf(shown) + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) enlarge(next);
    event.preventDefault();
  });
})();
