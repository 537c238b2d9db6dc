// Drawing tools that the scenes share. A classic script, so that a scene opens straight from the disk.

/** The same numbers on every run: a picture must not change because it was rendered again (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Adds an SVG element to `parent` and returns it. */
function add(parent, name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return parent.appendChild(element);
}

/** A closed smooth path through `points` ([x, y] each), as a Catmull-Rom spline in cubic Béziers. */
function smooth(points) {
  const at = (i) => points[(i + points.length) % points.length];
  let d = `M${at(0)[0].toFixed(1)} ${at(0)[1].toFixed(1)}`;
  for (let i = 0; i < points.length; i++) {
    const [a, b, c, e] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const handles = [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6, c[0], c[1]];
    d += `C${handles.map((value) => value.toFixed(1)).join(' ')}`;
  }
  return `${d}Z`;
}

/** A hand-cut round: a circle whose radius wanders by up to `wander`, as path text. */
function round(x, y, radius, wander, random, corners = 14) {
  return smooth(
    Array.from({ length: corners }, (_, i) => {
      const angle = (i / corners) * 2 * Math.PI;
      const r = radius * (1 + (random() - 0.5) * 2 * wander);
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    }),
  );
}

/** 0 before `from`, 1 after `to`, and a soft start and landing between. */
function ease(t, from, to) {
  const x = Math.min(1, Math.max(0, (t - from) / (to - from)));
  return x * x * x * (x * (6 * x - 15) + 10);
}

const mix = (a, b, share) => a + (b - a) * share;
