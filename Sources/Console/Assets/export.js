// Areas that are hidden as well: rectangles drawn on one still, added to the addresses of all masked exports.
"use strict";
(() => {
  const editor = document.querySelector("[data-hide]");
  if (!editor) return;
  const svg = editor.querySelector("[data-svg]");
  const image = editor.querySelector("img");
  const undo = editor.querySelector("[data-hide-undo]");
  const links = [...document.querySelectorAll("a[data-masked]")].map((link) => ({ link, address: link.getAttribute("href") }));
  const areas = [];
  const leastPixels = 6;
  let from = null;

  function render() {
    svg.replaceChildren(...areas.map(([x0, y0, x1, y1]) => {
      const group = Shapes.element("g", { class: "zone-no-parking" });
      group.append(Shapes.element("polygon", { points: `${x0},${y0} ${x1},${y0} ${x1},${y1} ${x0},${y1}` }));
      return group;
    }));
    const drawn = areas.filter(([x0, y0, x1, y1]) => x0 !== x1 && y0 !== y1);
    const hide = drawn.map((area) => area.join(",")).join(";");
    for (const { link, address } of links) link.href = hide ? `${address}?hide=${hide}` : address;
    undo.disabled = !areas.length;
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = Shapes.pointOf(svg, event);
    areas.push([...from, ...from]);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    areas[areas.length - 1] = [...from, ...Shapes.pointOf(svg, event)];
    render();
  });
  svg.addEventListener("pointerup", (event) => {
    // A click without a drag was none.
    if (from && Shapes.distancePixels(svg, from, Shapes.pointOf(svg, event)) < leastPixels) areas.pop();
    from = null;
    render();
  });
  svg.addEventListener("pointercancel", () => {
    if (from) areas.pop();
    from = null;
    render();
  });
  undo.addEventListener("click", () => {
    areas.pop();
    render();
  });
  const measure = () => image.parentElement.style.setProperty("--aspect", String(image.naturalWidth / image.naturalHeight || 16 / 9));
  image.addEventListener("load", measure);
  if (image.complete) measure();
})();
