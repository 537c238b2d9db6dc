import type { Moment, VisitPair } from './clip.ts';

// Drawn by hand as SVG: two colours that can be told apart in print and by the colour-blind, on a ground of their own, so
// that they are readable on light and dark pages alike.
const TRUTH = '#8a8577';
const ESTIMATE = '#c4472c';
const INK = '#2b2a26';
const GROUND = '#faf7f0';
const FONT = 'font-family="Inter, system-ui, sans-serif" font-size="12"';

const WIDTH = 760;
const LEFT = 70;
const RIGHT = 20;

/** Each visit as two bars over the time of its clip: when the person was there, and when they were counted. */
export function visitBars(pairs: readonly VisitPair[]): string {
  const row = 34;
  const height = 56 + row * pairs.length;
  const endS = Math.ceil(Math.max(1, ...pairs.flatMap(({ truth, estimate }) => [truth?.[1] ?? 0, (estimate?.leaveMs ?? 0) / 1000])) / 10) * 10;
  const x = (atS: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * atS) / endS;
  const bar = (fromS: number, untilS: number, y: number, colour: string): string => `<rect x="${round(x(fromS))}" y="${y}" width="${round(x(untilS) - x(fromS))}" height="10" rx="2" fill="${colour}"/>`;
  const rows = pairs.map(({ truth, estimate }, index) => {
    const y = 30 + row * index;
    return [
      `<text x="12" y="${y + 15}" ${FONT} fill="${INK}">visit ${index + 1}</text>`,
      truth === null ? '' : bar(truth[0], truth[1], y, TRUTH),
      estimate === null ? '' : bar(estimate.enterMs / 1000, estimate.leaveMs / 1000, y + 12, ESTIMATE),
    ].join('');
  });
  return svg(height, 'When each person was there, and when they were counted', [legend([['truth', TRUTH], ['estimate', ESTIMATE]]), ...rows, axis(x, endS, height - 22)]);
}

/** Who was counted as watching, under how far the heads were turned away, over the time of a clip. */
export function attentionOverTime(moments: readonly Moment[], people: number): string {
  const height = 300;
  const endS = Math.max(1, Math.ceil(Math.max(...moments.map(({ atS }) => atS))));
  const x = (atS: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * atS) / endS;
  const turned = (deg: number): number => 150 - (110 * Math.min(deg, 60)) / 60;
  const counted = (number: number): number => 262 - (70 * number) / Math.max(1, people);
  const line = (points: readonly (readonly [number, number])[], colour: string, dash = ''): string => `<polyline points="${points.map(([px, py]) => `${round(px)},${round(py)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2" ${dash}/>`;
  const measured = moments.filter(({ mostTurnedDeg }) => mostTurnedDeg !== null);
  const steps = moments.flatMap(({ atS, watching }, index) => [[x(atS), counted(moments[index - 1]?.watching ?? watching)] as const, [x(atS), counted(watching)] as const]);
  return svg(height, 'How far the heads are turned, and how many are counted as watching', [
    legend([['head turned most', TRUTH], ['counted as watching', ESTIMATE]]),
    label('60°', turned(60)), label('30°', turned(30)), label('0°', turned(0)),
    ...[0, 30, 60].map((deg) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${turned(deg)}" y2="${turned(deg)}" stroke="${INK}" stroke-opacity="0.15"/>`),
    line(measured.map(({ atS, mostTurnedDeg }) => [x(atS), turned(mostTurnedDeg ?? 0)]), TRUTH),
    ...Array.from({ length: people + 1 }, (_, number) => label(String(number), counted(number))),
    line(steps, ESTIMATE),
    axis(x, endS, height - 22),
  ]);
}

function label(text: string, y: number): string {
  return `<text x="${LEFT - 10}" y="${round(y) + 4}" text-anchor="end" ${FONT} fill="${INK}">${text}</text>`;
}

function legend(entries: readonly (readonly [string, string])[]): string {
  return entries.map(([name, colour], index) => `<rect x="${LEFT + 180 * index}" y="10" width="14" height="8" rx="2" fill="${colour}"/><text x="${LEFT + 20 + 180 * index}" y="18" ${FONT} fill="${INK}">${name}</text>`).join('');
}

function axis(x: (atS: number) => number, endS: number, y: number): string {
  const step = [0.5, 1, 2, 5, 10, 20, 50, 100].find((each) => endS / each <= 10) ?? 200;
  const ticks = Array.from({ length: Math.floor(endS / step) + 1 }, (_, index) => index * step);
  return [`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" stroke="${INK}"/>`, ...ticks.map((atS) => `<text x="${round(x(atS))}" y="${y + 16}" text-anchor="middle" ${FONT} fill="${INK}">${atS} s</text>`)].join('');
}

function svg(height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}"><rect width="${WIDTH}" height="${height}" rx="8" fill="${GROUND}"/>${parts.join('\n')}</svg>\n`;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
