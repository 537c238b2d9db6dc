// What each of the tracker's numbers does to its scores: changed alone, well to both sides. A number that stands on an edge
// would show here. The shop films are the project's own; TUD-Campus is scored where it is at hand.
import { createTracker, TRACKER_PARAMETERS, type TrackerParameters } from '../../src/audience/tracking/index.ts';
import { filmOf, scoreOf, type Film } from '../audience/tracking/film.ts';
import { seeded, SHOP_FILMS, shoot } from '../audience/tracking/shop-films.ts';
import { TUD_CAMPUS_FPS, tudCampus, tudCampusRows, WITHOUT_TUD_CAMPUS } from '../audience/tud-campus.ts';

const FACTORS = [0.5, 0.7, 1, 1.4, 2];

const street = tudCampus === null ? [] : [filmOf(tudCampusRows('gt.txt'), tudCampusRows('det.txt'), TUD_CAMPUS_FPS)];
const shop = [5, 8, 12].flatMap((fps) => SHOP_FILMS.flatMap((film) => [1, 2, 3].map((seed) => shoot(film, fps, seeded(seed)))));

if (tudCampus === null) console.log(WITHOUT_TUD_CAMPUS);
console.log(['number', 'value', 'TUD HOTA', 'TUD IDF1', 'shop HOTA', 'shop IDF1', 'shop IDSW'].map((title) => title.padStart(10)).join(' '));
const { motion, ...plain } = TRACKER_PARAMETERS;
for (const [name, value] of Object.entries<number>({ ...motion })) vary(name, value, (changed) => ({ motion: { ...motion, [name]: changed } }));
for (const [name, value] of Object.entries<number>(plain)) vary(name, value, (changed) => ({ [name]: changed }));

function vary(name: string, value: number, parameters: (changed: number) => Partial<TrackerParameters>): void {
  console.log(name);
  for (const factor of FACTORS) {
    // A score above 1 is never given.
    if (name === 'highScore' && factor * value > 1) continue;
    const changed = parameters(factor * value);
    const figures = [mean(street, changed, 'HOTA'), mean(street, changed, 'IDF1'), mean(shop, changed, 'HOTA'), mean(shop, changed, 'IDF1'), mean(shop, changed, 'IDSW')];
    console.log([factor === 1 ? '→' : '', Number((factor * value).toPrecision(3)), ...figures.map((figure) => figure.toFixed(4))].map((cell) => String(cell).padStart(10)).join(' '));
  }
}

function mean(films: readonly Film[], parameters: Partial<TrackerParameters>, figure: 'HOTA' | 'IDF1' | 'IDSW'): number {
  return films.reduce((sum, film) => sum + scoreOf(createTracker(parameters), film)[figure], 0) / films.length;
}
