// The zone editor: polygons, lines and reference lengths on the channel's picture, in parts of its width and height.
"use strict";
(() => {
  const page = document.querySelector("[data-zones]");
  const svg = document.querySelector("[data-svg]");
  const list = document.querySelector("[data-zone-list]");
  const none = document.querySelector("[data-zone-none]");
  const help = document.querySelector("[data-zone-help]");
  const documentField = document.querySelector("[data-document]");
  const failure = document.querySelector("[data-zones-failure]");
  const saveButton = document.querySelector("[data-save]");
  const undoButton = document.querySelector("[data-undo]");
  const mayEdit = "editable" in page.dataset;
  const lengthList = document.querySelector("[data-length-list]");
  const scaleState = document.querySelector("[data-scale-state]");
  const scaleShown = document.querySelector("[data-scale-shown]");
  /** What a line in a zone of this kind is called; kinds without a line are missing. */
  const lineNames = new Map([...document.querySelectorAll("[data-line]")].map((element) => [element.dataset.kind, element.dataset.line]));
  const kindNames = new Map([...document.querySelectorAll("[data-kind]")].map((element) => [element.dataset.kind, element.textContent]));
  const snapPixels = 12;

  /** The whole document; members that the editor does not know stay as they are. */
  let content = { zones: [] };
  let chosen = -1;
  /** Index of the picked corner of the chosen zone, or -1. */
  let picked = -1;
  /** Where the pointer is, and a person is shown; null outside the picture. */
  let pointed = null;
  /** {what: "zone" | "line" | "length", kind, points, cursor} while something new is drawn. */
  let drawing = null;
  let drag = null;
  let refusedID = null;
  let saved = "";
  /** The version that the drawing began with; somebody else's newer one is not overwritten. */
  let base = Number(page.dataset.version);
  const history = [];

  const picture = document.querySelector("[data-canvas] img");
  let width = Number(page.dataset.width) || 1920;
  let height = Number(page.dataset.height) || 1080;

  const serialized = () => {
    const rest = { ...content };
    delete rest.zones;
    const zones = content.zones.map((zone) => "  " + JSON.stringify(zone)).join(",\n");
    const members = Object.entries(rest).map(([key, value]) => `,\n ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join("");
    return `{"zones": [\n${zones}\n]${members}}\n`;
  };

  function load(text) {
    const read = JSON.parse(text);
    if (!read || !Array.isArray(read.zones)) throw new Error(Xunjie.say("documentBroken"));
    if (read.scale !== undefined && !Array.isArray(read.scale)) throw new Error(Xunjie.say("documentBroken"));
    for (const zone of read.zones) {
      if (!Array.isArray(zone.polygon)) throw new Error(Xunjie.say("documentBroken"));
    }
    return read;
  }

  function remember() {
    history.push(JSON.stringify(content));
    if (history.length > 100) history.shift();
  }

  function undo() {
    if (drawing) {
      drawing.points.pop();
      if (!drawing.points.length) drawing = null;
    } else if (history.length) {
      content = JSON.parse(history.pop());
      chosen = Math.min(chosen, content.zones.length - 1);
      picked = -1;
    }
    render();
  }

  // Geometry, in parts of the picture

  const { rounded, crosses, element } = Shapes;
  const pointOf = (event) => Shapes.pointOf(svg, event);
  const distancePixels = (a, b) => Shapes.distancePixels(svg, a, b);
  const nearestSide = (points, point) => Shapes.nearestSide(svg, points, point);

  // Ground scale: as the analysis takes it from the lengths

  const personMetres = 1.7;

  /** Row and heights per metre of one length: what stands counts at its foot, what lies across at its middle. */
  function markOf({ from, to, metres }) {
    const across = (to[0] - from[0]) * width / height;
    const upright = to[1] - from[1];
    const row = Math.abs(upright) >= Math.abs(across) ? Math.max(from[1], to[1]) : (from[1] + to[1]) / 2;
    return { row, heightsPerMetre: Math.hypot(across, upright) / metres };
  }

  /** Heights per metre at a row; null where the lengths do not tell it. */
  function heightsPerMetre(row) {
    const marks = (content.scale ?? []).map(markOf);
    if (marks.length !== 2) return null;
    const growth = (marks[1].heightsPerMetre - marks[0].heightsPerMetre) / (marks[1].row - marks[0].row);
    if (!(growth > 0) || !Number.isFinite(growth)) return null;
    const here = marks[0].heightsPerMetre + growth * (row - marks[0].row);
    return here > 0.002 ? here : null;
  }

  function horizonRow() {
    const marks = (content.scale ?? []).map(markOf);
    if (heightsPerMetre(1) === null) return null;
    const growth = (marks[1].heightsPerMetre - marks[0].heightsPerMetre) / (marks[1].row - marks[0].row);
    return marks[0].row - marks[0].heightsPerMetre / growth;
  }

  /** A person of 1.7 m whose feet stand at the point, with the square metre that he covers beside him. */
  function person(x, row) {
    const metre = heightsPerMetre(row);
    if (metre === null || metre * personMetres > 1.2) return null;
    const unit = metre * height;
    const [cx, foot] = [x * width, row * height];
    const at = (dx, up) => `${(cx + dx * unit).toFixed(1)},${(foot - up * unit).toFixed(1)}`;
    const group = element("g", { class: "scale-person" });
    group.append(
      element("circle", { cx, cy: foot - 1.57 * unit, r: 0.13 * unit }),
      element("polygon", { points: [at(-0.24, 1.4), at(0.24, 1.4), at(0.2, 0.8), at(0.14, 0), at(0.03, 0), at(0, 0.7), at(-0.03, 0), at(-0.14, 0), at(-0.2, 0.8)].join(" ") }),
      element("rect", { x: cx + 0.4 * unit, y: foot - unit, width: unit, height: unit }));
    const label = element("text", { x: cx + 0.9 * unit, y: foot - 0.5 * unit, "text-anchor": "middle", "dominant-baseline": "middle", "font-size": Math.max(8, Math.min(0.3 * unit, height / 30)) });
    label.textContent = "1 m²";
    group.append(label);
    return group;
  }

  function scaleGroups(scale) {
    const groups = (content.scale ?? []).map((length, index) => {
      const group = element("g", { class: "scale-length", "data-length": index });
      group.append(element("polyline", { points: `${pixels(length.from)} ${pixels(length.to)}` }));
      const label = element("text", { x: length.to[0] * width + 8 * scale, y: (length.from[1] + length.to[1]) / 2 * height, "font-size": 13 * scale });
      label.textContent = `${length.metres} m`;
      group.append(label);
      if (mayEdit && !drawing) {
        for (const end of ["from", "to"]) group.append(element("circle", { cx: length[end][0] * width, cy: length[end][1] * height, r: 5 * scale, "data-end": end }));
      }
      return group;
    });
    if (!scaleShown?.checked) return groups;
    const horizon = horizonRow();
    if (horizon !== null && horizon > 0 && horizon < 1) {
      groups.push(element("line", { class: "scale-horizon", x1: 0, x2: width, y1: horizon * height, y2: horizon * height }));
    }
    const top = Math.max(0, horizon ?? 0);
    const fixed = [[0.05, 0.25], [0.14, 0.55], [0.27, 0.95]].map(([x, part]) => [x, top + part * (1 - top)]);
    groups.push(...[...fixed, ...(pointed && !drawing ? [pointed] : [])].map(([x, row]) => person(x, row)).filter(Boolean));
    return groups;
  }

  // Drawing what is

  const pixels = ([x, y]) => `${x * width},${y * height}`;

  function renderPicture() {
    if (!svg) return;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.classList.toggle("is-drawing", drawing !== null);
    const box = svg.getBoundingClientRect();
    const scale = box.width ? width / box.width : 1;
    const groups = content.zones.map((zone, index) => {
      const group = element("g", { class: `zone-${zone.kind}${index === chosen ? " is-chosen" : ""}`, "data-index": index });
      group.append(element("polygon", { points: zone.polygon.map(pixels).join(" ") }));
      if (zone.line) group.append(element("polyline", { class: "zone-line", points: zone.line.map(pixels).join(" ") }));
      const [x, y] = zone.polygon.reduce((sum, point) => [sum[0] + point[0], sum[1] + point[1]], [0, 0]).map((sum) => sum / (zone.polygon.length || 1));
      const label = element("text", { x: x * width, y: y * height, "text-anchor": "middle", "font-size": 14 * scale });
      label.textContent = zone.id;
      group.append(label);
      if (index === chosen && mayEdit && !drawing) {
        zone.polygon.forEach((point, corner) => group.append(element("circle", {
          cx: point[0] * width, cy: point[1] * height, r: 6 * scale, "data-corner": corner, class: corner === picked ? "is-picked" : "",
        })));
        (zone.line ?? []).forEach((point, at) => group.append(element("circle", {
          cx: point[0] * width, cy: point[1] * height, r: 4.5 * scale, "data-line-point": at, class: "zone-line",
        })));
      }
      return group;
    });
    if (drawing) {
      const group = element("g", { class: drawing.what === "length" ? "scale-length" : `zone-${drawing.kind}` });
      const points = drawing.cursor ? [...drawing.points, drawing.cursor] : drawing.points;
      group.append(element("polyline", { points: points.map(pixels).join(" ") }));
      drawing.points.forEach((point, index) => group.append(element("circle", {
        cx: point[0] * width, cy: point[1] * height, r: (index === 0 && drawing.what === "zone" ? 8 : 5) * scale,
      })));
      groups.push(group);
    }
    svg.replaceChildren(...groups, ...scaleGroups(scale));
  }

  function field(label, control, isWide = false) {
    const holder = document.createElement("label");
    holder.className = isWide ? "field wide" : "field";
    const text = document.createElement("span");
    text.textContent = Xunjie.say(label);
    holder.append(text, control);
    return holder;
  }

  function input(value, placeholder, onChange) {
    const control = document.createElement("input");
    control.value = value;
    control.placeholder = placeholder;
    control.addEventListener("change", () => { remember(); onChange(control.value.trim()); refusedID = null; render(); });
    return control;
  }

  function zoneForm(zone) {
    const form = document.createElement("div");
    form.className = "zone-form";
    const kind = document.createElement("select");
    for (const [id, name] of kindNames) kind.add(new Option(name, id, false, id === zone.kind));
    kind.addEventListener("change", () => {
      remember();
      zone.kind = kind.value;
      // What another kind looks for does not hold for this one.
      delete zone.violations;
      if (!lineNames.has(zone.kind)) delete zone.line;
      if (zone.kind !== "permitted") delete zone.permit;
      render();
    });
    const name = input(zone.id, "", (value) => { if (value) zone.id = value; });
    name.maxLength = 64;
    const dwell = input(zone.dwell_s ?? "", Xunjie.say("zoneDwellDefault"), (value) => {
      const seconds = Number(value);
      if (value && seconds >= 1) zone.dwell_s = seconds; else delete zone.dwell_s;
    });
    dwell.inputMode = "numeric";
    const hours = input((zone.hours ?? []).join("; "), Xunjie.say("zoneHoursExample"), (value) => {
      const spans = value.split(/[;；]/).map((span) => span.trim()).filter(Boolean);
      if (spans.length) zone.hours = spans; else delete zone.hours;
    });
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button button-small danger";
    remove.textContent = Xunjie.say("deleteZone");
    remove.addEventListener("click", () => {
      remember();
      content.zones.splice(chosen, 1);
      chosen = picked = -1;
      render();
    });
    form.append(field("zoneName", name), field("zoneKind", kind), field("zoneHours", hours, true));
    if (zone.kind === "permitted") {
      const permit = input(zone.permit ?? "", Xunjie.say("zonePermitExample"), (value) => { if (value) zone.permit = value; else delete zone.permit; });
      permit.maxLength = 64;
      form.append(field("zonePermit", permit, true));
    }
    form.append(field("zoneDwell", dwell), remove);
    if (lineNames.has(zone.kind)) form.append(lineButton(zone));
    return form;
  }

  function lineButton(zone) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small wide";
    button.dataset.drawLine = "";
    button.textContent = Xunjie.say(zone.line ? "removeLine" : "drawLine", { line: lineNames.get(zone.kind) });
    button.addEventListener("click", () => {
      if (!zone.line) { start({ what: "line", kind: zone.kind }); return; }
      remember();
      delete zone.line;
      render();
    });
    return button;
  }

  function renderScale() {
    if (!lengthList) return;
    const lengths = content.scale ?? [];
    lengthList.replaceChildren(...lengths.map((length, index) => {
      const item = document.createElement("li");
      const metres = input(String(length.metres), "1.7", (value) => {
        const number = Number(value.replace(",", "."));
        if (number >= 0.1 && number <= 50) length.metres = number;
      });
      metres.inputMode = "decimal";
      metres.disabled = !mayEdit;
      item.append(field("lengthMetres", metres));
      if (mayEdit) {
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button button-small danger";
        remove.textContent = Xunjie.say("deleteZone");
        remove.addEventListener("click", () => {
          remember();
          content.scale.splice(index, 1);
          if (!content.scale.length) delete content.scale;
          render();
        });
        item.append(remove);
      }
      return item;
    }));
    const isUsable = lengths.length < 2 || heightsPerMetre(1) !== null;
    scaleState.textContent = Xunjie.say(!isUsable ? "scaleWrong" : ["scaleNone", "scaleOne", "scaleTwo"][Math.min(2, lengths.length)]);
    scaleState.classList.toggle("is-wrong", !isUsable);
    const tool = document.querySelector("[data-new-length]");
    if (tool) {
      tool.disabled = lengths.length >= 2;
      tool.setAttribute("aria-pressed", String(drawing?.what === "length"));
    }
  }

  function renderList() {
    list.replaceChildren(...content.zones.map((zone, index) => {
      const item = document.createElement("li");
      item.classList.toggle("is-chosen", index === chosen);
      item.classList.toggle("is-refused", zone.id === refusedID);
      const pick = document.createElement("button");
      pick.type = "button";
      pick.className = "zone-pick";
      pick.setAttribute("aria-expanded", String(index === chosen));
      const swatch = document.createElement("i");
      swatch.className = `swatch zone-${zone.kind}`;
      const name = document.createElement("span");
      name.textContent = zone.id;
      const kind = document.createElement("small");
      kind.textContent = kindNames.get(zone.kind) ?? zone.kind;
      pick.append(swatch, name, kind);
      pick.addEventListener("click", () => choose(index === chosen ? -1 : index));
      item.append(pick);
      if (index === chosen && mayEdit) item.append(zoneForm(zone));
      return item;
    }));
    none.hidden = content.zones.length > 0;
  }

  function render() {
    renderPicture();
    renderList();
    renderScale();
    const text = serialized();
    documentField.value = text;
    if (!mayEdit) return;
    help.textContent = Xunjie.say(drawing ? { zone: "zoneHelpDrawing", line: "zoneHelpLine", length: "zoneHelpLength" }[drawing.what] : chosen >= 0 ? "zoneHelpChosen" : "zoneHelpIdle");
    saveButton.disabled = text === saved || drawing !== null;
    undoButton.disabled = !history.length && !drawing;
    for (const tool of document.querySelectorAll("[data-new]")) {
      tool.setAttribute("aria-pressed", String(drawing?.what === "zone" && drawing.kind === tool.dataset.new));
    }
  }

  function choose(index) {
    chosen = index;
    picked = -1;
    render();
  }

  // Making and changing

  function start(what) {
    drawing = { ...what, points: [], cursor: null };
    if (drawing.what !== "line") chosen = -1;
    picked = -1;
    render();
    svg?.focus();
  }

  function freeName(kind) {
    for (let number = 1; ; number++) {
      const name = `${kind}-${number}`;
      if (!content.zones.some((zone) => zone.id === name)) return name;
    }
  }

  function finish() {
    const { what, kind, points } = drawing;
    if (what !== "zone") {
      if (points.length < 2) { Xunjie.toast(Xunjie.say("lineTooShort"), { bad: true }); return; }
      remember();
      // A person is what most views show at more than one depth.
      if (what === "length") content.scale = [...(content.scale ?? []), { from: points[0], to: points[1], metres: personMetres }];
      else content.zones[chosen].line = points;
      drawing = null;
      render();
      if (what === "length") lengthList.querySelector("li:last-child input")?.select();
      return;
    }
    if (points.length < 3) { Xunjie.toast(Xunjie.say("zoneTooFew"), { bad: true }); return; }
    if (crosses(points)) { Xunjie.toast(Xunjie.say("zoneCrosses"), { bad: true }); return; }
    remember();
    content.zones.push({ id: freeName(kind), kind, polygon: points });
    drawing = null;
    choose(content.zones.length - 1);
  }

  function onPointerDown(event) {
    if (event.button !== 0) return;
    svg.focus();
    const point = pointOf(event);
    if (drawing) {
      if (drawing.what === "zone" && drawing.points.length >= 3 && distancePixels(point, drawing.points[0]) < snapPixels) finish();
      else if (drawing.what === "line" && drawing.points.length >= 2 && distancePixels(point, drawing.points.at(-1)) < snapPixels) finish();
      else if (!drawing.points.length || distancePixels(point, drawing.points.at(-1)) > 3) {
        drawing.points.push(point);
        if (drawing.what === "length" && drawing.points.length === 2) finish();
        else render();
      }
      return;
    }
    const length = content.scale?.[Number(event.target.closest("[data-length]")?.dataset.length ?? -1)];
    if (length) {
      const end = event.target.dataset.end;
      if (mayEdit && end) startDrag(event, point, (at) => { length[end] = at; });
      return;
    }
    const index = Number(event.target.closest("g")?.dataset.index ?? -1);
    if (index < 0) { choose(-1); return; }
    const corner = Number(event.target.dataset.corner ?? -1);
    const linePoint = Number(event.target.dataset.linePoint ?? -1);
    if (linePoint >= 0 && mayEdit) {
      startDrag(event, point, (at) => { content.zones[index].line[linePoint] = at; });
      return;
    }
    const isSame = index === chosen;
    chosen = index;
    picked = corner;
    render();
    // The first press chooses; only a chosen zone moves.
    if (!mayEdit || !isSame) return;
    drag = { from: point, corner, before: JSON.stringify(content), polygon: content.zones[index].polygon.map((p) => [...p]), hasMoved: false };
    svg.setPointerCapture(event.pointerId);
  }

  /** Moves one point of a line or a length with the pointer; `place` puts it where the pointer is. */
  function startDrag(event, from, place) {
    drag = { from, place, before: JSON.stringify(content), hasMoved: false };
    svg.setPointerCapture(event.pointerId);
  }

  function onPointerMove(event) {
    pointed = pointOf(event);
    if (drawing) {
      drawing.cursor = pointed;
      renderPicture();
      return;
    }
    if (!drag) {
      if (scaleShown?.checked) renderPicture();
      return;
    }
    const point = pointOf(event);
    if (!drag.hasMoved && distancePixels(point, drag.from) < 3) return;
    drag.hasMoved = true;
    if (drag.place) {
      drag.place(point);
      renderPicture();
      return;
    }
    const zone = content.zones[chosen];
    if (drag.corner >= 0) {
      zone.polygon[drag.corner] = point;
    } else {
      zone.polygon = Shapes.movedBy(drag.polygon, drag.from, point);
    }
    renderPicture();
  }

  function onPointerUp() {
    if (!drag) return;
    const zone = content.zones[chosen];
    if (drag.place) {
      if (drag.hasMoved) history.push(drag.before);
    } else if (drag.hasMoved) {
      if (crosses(zone.polygon)) {
        zone.polygon = drag.polygon;
        Xunjie.toast(Xunjie.say("zoneCrosses"), { bad: true });
      } else {
        history.push(drag.before);
        refusedID = null;
      }
    }
    drag = null;
    render();
  }

  function onDoubleClick(event) {
    if (!mayEdit || drawing || chosen < 0 || event.target.dataset.corner !== undefined || event.target.dataset.linePoint !== undefined) return;
    const point = pointOf(event);
    const polygon = content.zones[chosen].polygon;
    remember();
    const after = nearestSide(polygon, point);
    polygon.splice(after + 1, 0, point);
    picked = after + 1;
    render();
  }

  function onKeyDown(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.matches("input, textarea")) {
      event.preventDefault();
      undo();
      return;
    }
    if (Xunjie.isTyping(event)) return;
    if (drawing) {
      if (event.key === "Enter") finish();
      else if (event.key === "Backspace") undo();
      else if (event.key === "Escape") { drawing = null; render(); } else return;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") { choose(-1); return; }
    const polygon = content.zones[chosen]?.polygon;
    if (!polygon || picked < 0 || document.activeElement !== svg) return;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (polygon.length <= 3) { Xunjie.toast(Xunjie.say("zoneTooFew"), { bad: true }); return; }
      const rest = polygon.filter((_, index) => index !== picked);
      if (crosses(rest)) { Xunjie.toast(Xunjie.say("zoneCrosses"), { bad: true }); return; }
      remember();
      content.zones[chosen].polygon = rest;
      picked = -1;
      render();
    } else if (event.key in steps) {
      event.preventDefault();
      const [dx, dy] = steps[event.key];
      const pixelsPerStep = event.shiftKey ? 10 : 1;
      const moved = polygon.map((point) => [...point]);
      moved[picked] = [rounded(moved[picked][0] + dx * pixelsPerStep / width), rounded(moved[picked][1] + dy * pixelsPerStep / height)];
      if (crosses(moved)) return;
      remember();
      content.zones[chosen].polygon = moved;
      render();
    }
  }

  async function save() {
    saveButton.disabled = true;
    failure.hidden = true;
    try {
      const answer = await Xunjie.request("PUT", `/api/v1/channels/${encodeURIComponent(page.dataset.zones)}/zones`, { document: serialized(), base });
      base = answer.version;
      saved = serialized();
      refusedID = null;
      Xunjie.toast(Xunjie.say("saved", { n: answer.version }));
      const version = document.querySelector(".page-head > .muted:last-child");
      if (version) version.textContent = Xunjie.say("saved", { n: answer.version });
    } catch (error) {
      failure.querySelector("small").textContent = error.message;
      failure.hidden = false;
      // The message names the zone; it is marked and opened.
      const named = content.zones.findIndex((zone) => error.message.includes(`“${zone.id}”`));
      if (named >= 0) {
        refusedID = content.zones[named].id;
        chosen = named;
      }
    }
    render();
  }

  /** Puts another channel's zones over this picture, to be adjusted; nothing is saved, and undo brings back what was. */
  async function copyZones(id) {
    try {
      const answer = await Xunjie.request("GET", `/api/v1/channels/${encodeURIComponent(id)}/zones`);
      const read = load(answer.document);
      remember();
      content = read;
      drawing = null;
      chosen = picked = -1;
      render();
      Xunjie.toast(Xunjie.say("zonesCopied"));
    } catch (error) {
      Xunjie.toast(error.message, { bad: true });
    }
  }

  document.querySelector("[data-copy-zones]")?.addEventListener("change", (event) => {
    if (event.target.value) copyZones(event.target.value);
    event.target.value = "";
  });

  documentField.addEventListener("change", () => {
    try {
      const read = load(documentField.value);
      remember();
      content = read;
      chosen = picked = -1;
      render();
    } catch {
      Xunjie.toast(Xunjie.say("documentBroken"), { bad: true });
    }
  });
  documentField.form.addEventListener("submit", () => { saved = serialized(); });
  window.addEventListener("beforeunload", (event) => {
    if (mayEdit && serialized() !== saved) event.preventDefault();
  });

  if (svg) {
    svg.addEventListener("pointerdown", onPointerDown);
    svg.addEventListener("pointermove", onPointerMove);
    svg.addEventListener("pointerup", onPointerUp);
    svg.addEventListener("pointercancel", onPointerUp);
    svg.addEventListener("pointerleave", () => { pointed = null; renderPicture(); });
    svg.addEventListener("dblclick", onDoubleClick);
    new ResizeObserver(renderPicture).observe(svg);
    const measure = () => {
      if (picture.naturalWidth) [width, height] = [picture.naturalWidth, picture.naturalHeight];
      picture.parentElement.style.setProperty("--aspect", String(width / height));
      renderPicture();
    };
    if (picture.complete) measure();
    picture.addEventListener("load", measure);
  }
  document.addEventListener("keydown", onKeyDown);
  for (const tool of document.querySelectorAll("[data-new]")) {
    tool.addEventListener("click", () => { if (svg) start({ what: "zone", kind: tool.dataset.new }); });
  }
  document.querySelector("[data-new-length]")?.addEventListener("click", () => { if (svg) start({ what: "length" }); });
  scaleShown?.addEventListener("change", renderPicture);
  undoButton?.addEventListener("click", undo);
  saveButton?.addEventListener("click", save);

  const text = documentField.value.trim();
  try {
    if (text) content = load(text);
    // A refused document is not what is in force, so it still waits to be saved.
    saved = failure.hidden ? serialized() : "";
    render();
  } catch {
    // The text stays as it is; the page says what is wrong with it.
    if (mayEdit) help.textContent = Xunjie.say("documentBroken");
  }
})();
