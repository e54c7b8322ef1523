// Polygons on a picture, in parts of its width and height: for the zone editor and for searching the past.
"use strict";
const Shapes = (() => {
  const clamp = (value) => Math.min(1, Math.max(0, value));
  const rounded = (value) => Math.round(clamp(value) * 10000) / 10000;

  function pointOf(svg, event) {
    const box = svg.getBoundingClientRect();
    return [rounded((event.clientX - box.left) / box.width), rounded((event.clientY - box.top) / box.height)];
  }

  function distancePixels(svg, a, b) {
    const box = svg.getBoundingClientRect();
    return Math.hypot((a[0] - b[0]) * box.width, (a[1] - b[1]) * box.height);
  }

  function side(p, q, r) { return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]); }

  /** Whether two sides that are no neighbours meet. */
  function crosses(points) {
    const count = points.length;
    for (let first = 0; first < count; first++) {
      for (let second = first + 1; second < count; second++) {
        if (second === first + 1 || (first === 0 && second === count - 1)) continue;
        const [a, b, c, d] = [points[first], points[(first + 1) % count], points[second], points[(second + 1) % count]];
        if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
      }
    }
    return false;
  }

  /** Index of the side that is nearest to the point. */
  function nearestSide(svg, points, point) {
    let best = { index: 0, distance: Infinity };
    points.forEach((a, index) => {
      const b = points[(index + 1) % points.length];
      const along = [b[0] - a[0], b[1] - a[1]];
      const squared = along[0] ** 2 + along[1] ** 2 || 1;
      const part = Math.min(1, Math.max(0, ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / squared));
      const distance = distancePixels(svg, point, [a[0] + part * along[0], a[1] + part * along[1]]);
      if (distance < best.distance) best = { index, distance };
    });
    return best.index;
  }

  /** The polygon moved with the pointer; it stops at the picture's edges with its shape unchanged. */
  function movedBy(polygon, from, to) {
    const xs = polygon.map((p) => p[0]);
    const ys = polygon.map((p) => p[1]);
    const dx = Math.min(1 - Math.max(...xs), Math.max(-Math.min(...xs), to[0] - from[0]));
    const dy = Math.min(1 - Math.max(...ys), Math.max(-Math.min(...ys), to[1] - from[1]));
    return polygon.map(([x, y]) => [rounded(x + dx), rounded(y + dy)]);
  }

  function element(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  return { clamp, rounded, pointOf, distancePixels, crosses, nearestSide, movedBy, element };
})();
