import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeIssues, LitfassError, setUpRequestSchema, type OfferedDisplay, type ScreenSettings, type SetUpRequest, type SetUpState } from '../contract/index.ts';
import { openLog } from '../impressions/index.ts';
import type { StageRole } from '../playback/index.ts';
import { enrol, loadScreenKey } from '../sync/index.ts';
import { settingsBeside, writeDisplays } from './displays-file.ts';
import { problemResponse } from './file-response.ts';
import { pageAsset, pageIndex } from './page-files.ts';
import { writeSettings } from './settings-file.ts';
import { systemClock } from './system-clock.ts';
import { wirelessRoutes } from './wireless-routes.ts';

/** Somebody stands before the screen: a hub that does not answer by then is said to be away. */
const ENROL_MS = 10_000;
const CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface SetUpOptions {
  readonly dataDir: string;
  readonly projectDir: string;
  /** Offered as the hub's address. */
  readonly hubUrl?: string;
  /** The displays that there are now, from left to right. */
  readonly displays?: () => Promise<readonly OfferedDisplay[]>;
  /** The one of several that this screen was started for. */
  readonly ownDisplay?: string;
}

/** What somebody said: all about this screen, or that each of these displays is to have a screen of its own. */
export type SetUpOutcome = { readonly kind: 'screen'; readonly settings: ScreenSettings } | { readonly kind: 'displays'; readonly displays: readonly string[] };

export interface SetUp {
  /** The set-up page and what it asks. */
  fetch(request: Request, as: { readonly role: StageRole }): Response | Promise<Response>;
  /** Resolves when somebody has said everything and the hub has taken the code; by then all of it is on disk. */
  readonly settled: Promise<SetUpOutcome>;
}

/** The first start of a screen: asks on the screen itself which hub it belongs to, and enrols it there. */
export function openSetUp({ dataDir, projectDir, hubUrl = '', displays = () => Promise.resolve([]), ownDisplay }: SetUpOptions): SetUp {
  const pagesDir = join(projectDir, 'dist/renderer/set-up');
  const settled = Promise.withResolvers<SetUpOutcome>();
  const app = new Hono<{ Bindings: { role: StageRole } }>();

  app.get('/set-up/', (context) => pageIndex(context, pagesDir, { 'Content-Security-Policy': CONTENT_POLICY, 'Cache-Control': 'no-store' }));
  app.get('/set-up/assets/:name', (context) => pageAsset(context, pagesDir));
  app.get('/set-up/state', async (context) => {
    context.header('Cache-Control', 'no-store');
    const { wallMs, quality } = systemClock();
    return context.json({ clock: { wallMs, quality }, hostname: hostname(), addresses: reachableAddresses(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, hubUrl, displays: [...(await displays())], ownDisplay: ownDisplay ?? null } satisfies SetUpState);
  });
  app.route('/set-up/wireless', wirelessRoutes());
  app.post('/set-up/settings', bodyLimit({ maxSize: 16 * 1024 }), async (context) => {
    // A looker-on may see how the screen is set up, and have no say in it.
    if (context.env.role !== 'screen') return problemResponse(403, 'forbidden', 'Set this screen up at the screen itself.');
    const asked = setUpRequestSchema.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return problemResponse(400, 'settings-invalid', describeIssues(asked.error));
    const { code, ...said } = asked.data;
    const settings: ScreenSettings = { v: 1, ...said, hubUrl: said.hubUrl.replace(/\/+$/, '') };
    try {
      refuseTakenCamera(dataDir, settings);
      await enrolOnce(dataDir, { ...settings, code });
      await writeSettings(dataDir, settings);
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      return problemResponse(422, error.code, error.message);
    }
    settled.resolve({ kind: 'screen', settings });
    return context.body(null, 204);
  });
  app.post('/set-up/displays', async (context) => {
    if (context.env.role !== 'screen') return problemResponse(403, 'forbidden', 'Set this machine up at the machine itself.');
    const found = (await displays()).map(({ display }) => display);
    if (ownDisplay !== undefined || found.length < 2) return problemResponse(422, 'one-display', 'There are no several displays here. Plug them in and switch them on, or set this one up.');
    await writeDisplays(dataDir, found);
    settled.resolve({ kind: 'displays', displays: found });
    return context.body(null, 204);
  });

  return { fetch: (request, as) => app.fetch(request, as), settled: settled.promise };
}

/** @throws LitfassError `camera-taken`: two screens would count the same people */
function refuseTakenCamera(dataDir: string, { camera }: ScreenSettings): void {
  const owner = camera === null ? undefined : settingsBeside(dataDir).find((other) => other.camera !== null && other.camera.label === camera.label);
  if (owner !== undefined) throw new LitfassError('camera-taken', `"${owner.name}", on another display of this machine, has this camera. Choose another one, or none: two screens would count the same people.`);
}

/** @throws LitfassError `enrol-refused`, or what kept the hub away; the storage errors of the data folder */
async function enrolOnce(dataDir: string, { hubUrl, code, name }: Pick<SetUpRequest, 'hubUrl' | 'code' | 'name'>): Promise<void> {
  const key = await loadScreenKey(dataDir);
  const log = openLog({ file: join(dataDir, 'player.db') });
  const troubles: LitfassError[] = [];
  try {
    await enrol({ log, hubUrl, code: code.trim(), name, key, clock: systemClock, random: Math.random, signal: AbortSignal.timeout(ENROL_MS), onTrouble: (problem) => (problem === null ? undefined : troubles.push(problem)) });
  } catch (error) {
    // The time limit says nothing; why the hub was not reached does.
    throw troubles.at(-1) ?? error;
  } finally {
    log.close();
  }
}

function reachableAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address)
    .slice(0, 20);
}
