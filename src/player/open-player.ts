import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Programme, Rotation, RunReport, SignedProgramme, StageEvent, StatusReport, VisionSettings } from '../contract/index.ts';
import { openSources, sourceCopiesIn } from '../content/index.ts';
import { openLog } from '../impressions/index.ts';
import { Conductor, StageLink, type Evidence, type StageRole } from '../playback/index.ts';
import { createHubClient, loadScreenKey, openMediaStore, openProgrammeStore, startDownlink, startStatusSender, startUplink, writeDurably, type TroubleListener } from '../sync/index.ts';
import { openBackendMemory } from './backend-memory.ts';
import { startAudienceFeed } from './audience-feed.ts';
import { calibrationRoutes } from './calibration-routes.ts';
import { watchCalibrations } from './calibration-watch.ts';
import { checkMediaOnce } from './checked-media.ts';
import { contentRoutes } from './content/content-routes.ts';
import { identify } from './identity.ts';
import { commandHands, type StageHands } from './command-hands.ts';
import { readDisplayMeans, startDisplayControl } from './display-control.ts';
import { openRemoteCommands } from './remote-commands.ts';
import { startClockWatch } from './clock-watch.ts';
import { happeningsInto } from './happenings.ts';
import { journalInto, storeWaiting } from './journal.ts';
import { MediaInUse } from './media-in-use.ts';
import { createMachineHealth } from './machine-health.ts';
import { mediaRoutes } from './media-routes.ts';
import { panelState } from './panel-state.ts';
import { permitsOf, type Permits } from './permits.ts';
import { startReleasing } from './releasing.ts';
import { AudienceSumming, countImpressions, reportedPlay } from './run-record.ts';
import { startSensingSwitch } from './sensing-switch.ts';
import { openSensors, type AudienceSource } from './sensors.ts';
import { createSafety } from './safe-programme.ts';
import { createStagePulse, type StagePulse } from './stage-pulse.ts';
import { stageRoutes } from './stage-routes.ts';
import { nowPlaying } from './now-playing.ts';
import { startStorageWatch } from './storage-watch.ts';
import { machineLanguage, machineTimeZone, systemClock } from './system-clock.ts';
import { Trouble } from './trouble.ts';
import { visionAssets, visionRoutes } from './vision-routes.ts';

export type { AudienceSource, StageHands, StagePulse };

/** Longest wait, when told to stop, for the hub to take the rest of the log. What it does not take is sent at the next start. */
const FLUSH_MS = 5_000;

export interface PlayerOptions {
  readonly dataDir: string;
  readonly hubUrl: string;
  /** Needed once, to enrol. */
  readonly pairingCode?: string;
  readonly name: string;
  /** For SD cards: leaves reach the disk together, this often (docs/decisions/0011). Without it each at once. */
  readonly groupCommitMs?: number;
  /** IANA name; the machine's own if nothing is said. Schedules are meant in it. */
  readonly timeZone?: string;
  /** How the panel hangs; upright if nothing is said. */
  readonly rotation?: Rotation;
  readonly source: AudienceSource;
  /** What the vision page computes with; without it, the fastest that it has measured. */
  readonly backend?: VisionSettings['backend'];
  readonly shell: StatusReport['shell'];
  readonly version: string;
  /** Folder of the checkout or package: holds the built pages. */
  readonly projectDir: string;
  /** One line for people: what is wrong and what to do. */
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** Lives before this one broke down: show only what is safe. */
  readonly safe?: boolean;
}

export interface Player {
  /** The whole surface of the player: pages, media, commands, observations. */
  fetch(request: Request, as: { readonly role: StageRole }): Response | Promise<Response>;
  /** The stage page says nothing any more. */
  onStageSilent(listener: () => void): void;
  /** The vision page says nothing any more. */
  onVisionSilent(listener: () => void): void;
  /** How the stage does, by what it presents. */
  stagePulse(): StagePulse;
  /** Something broke outside the pipeline: a leaf for auditors, a line for people. */
  fault(code: string, message: string): void;
  /** Nothing else helped: from now on the safe part of the programme, until a new one comes. */
  playSafely(): void;
  /** The shell's hands on the stage, for what the hub asks. */
  lend(hands: StageHands): void;
  /** The hub asked to start the program again. */
  onRestart(listener: () => void): void;
  /** Whether the vision page is wanted: called at once, and at each change. */
  onSensing(listener: (wanted: boolean) => void): void;
  /** Ends the play in front, logs it, and gives the hub a moment to take it. */
  stop(): Promise<void>;
  /** The plays since the start, counted here and at the hub. */
  impressions(): Promise<RunReport['impressions']>;
  /** What happened since the start, play by play: for a run of hours, not of years. */
  report(): Promise<RunReport>;
  close(): Promise<void>;
}

/**
 * Builds one screen, stage by stage in the order of the pipeline. With an enrolment and a programme on disk it needs no
 * network; without, it waits for the hub and says so.
 *
 * @throws LitfassError when the data folder cannot be used, the hub refuses the screen, or the source cannot be read
 */
export async function openPlayer(options: PlayerOptions): Promise<Player> {
  const { dataDir, projectDir, version, shell, source } = options;
  const clock = systemClock;
  const random = Math.random;
  const bootId = randomUUID();
  const timeZone = options.timeZone ?? machineTimeZone();
  const trouble = new Trouble(options.say);
  const listenTo =
    (part: string): TroubleListener =>
    (problem) => (problem === null ? trouble.over(part) : trouble.stands(part, problem.message));

  // What rests on disk, and who this screen is.
  const media = await openMediaStore({ dir: join(dataDir, 'media') });
  const key = await loadScreenKey(dataDir);
  const log = openLog({ file: join(dataDir, 'player.db'), ...(options.groupCommitMs === undefined ? {} : { groupCommit: { everyMs: options.groupCommitMs, onTrouble: listenTo('log') } }) });
  const firstSeq = log.size();
  const { screenId, hubUrl, hubPublicKey } = await identify({ ...options, log, key, clock, random, signal: options.stop, onTrouble: listenTo('enrolment') });
  const programmes = openProgrammeStore({ dir: dataDir, hubPublicKey, onTrouble: (problem) => trouble.tell(problem.message) });
  const checked = checkMediaOnce({ verify: (sha256) => media.verify(sha256), path: (sha256) => media.path(sha256), find: (sha256) => inUse.find(sha256) });
  let programme: Programme | null = null;
  const permits = (): Permits => permitsOf(programme, clock(), (id) => conductor.lastShownMs(id));

  // Selection and playback, into the log.
  const hub = createHubClient({ hubUrl, clock, identity: { screenId, key } });
  let logged = 0;
  const link = new StageLink();
  const journal = journalInto(log, trouble, (finished) => {
    if (finished) logged += 1;
    status.changed();
  });
  const safety = createSafety(options.safe === true);
  const pulse = createStagePulse(clock);
  const machineHealth = createMachineHealth(() => performance.now(), () => pulse.frames);
  const happenings = happeningsInto({ log, clock, screenId, bootId, trouble });
  const clockWatch = startClockWatch({ clock, onJump: (jumpMs) => happenings.clockAdjusted(jumpMs, hub.hubClock()) });
  const storage = startStorageWatch({ dataDir, trouble });
  let renewStage = (): void => undefined;
  let renewVision = (): void => undefined;
  const conductor = new Conductor({ clock, random, timeZone, rotation: options.rotation ?? 0, screenId, bootId, stage: link, media: { verify: verifyMedia }, journal, evidence, onStageSilent: () => renewStage() });

  // Sensors and audience, into selection and statistics.
  const calibrations = await watchCalibrations(dataDir, trouble);
  const releasing = startReleasing({ log, clock, screenId, bootId, trouble, permits, site: () => calibrations.site() });
  const summing = new AudienceSumming();
  const feed = startAudienceFeed({
    clock,
    permits,
    calibrations: calibrations.current(),
    nowPlaying: () => conductor.nowPlaying && { id: conductor.nowPlaying.playId, sinceMs: conductor.nowPlaying.shown.monoMs },
    onAudience(audience) {
      summing.sample(audience);
      releasing.sensor(audience.sensor);
      happenings.sensor(sensorNow());
      conductor.setAudience(audience);
    },
    onVisits(visits) {
      summing.visits(visits);
      releasing.visits(visits);
    },
    onFloor: (sums) => releasing.floor(sums),
    onSensor: (message) => (message === '' ? trouble.over('camera') : trouble.stands('camera', message)),
  });
  calibrations.onChange((next) => feed.recalibrate(next));
  const backendMemory = await openBackendMemory(dataDir, (message) => trouble.tell(message));
  const sensors = await openSensors({ source, clock, permits, calibration: () => calibrations.current().floor, backendMemory, ...(options.backend === undefined ? {} : { backend: options.backend }), onObservation: (observation) => feed.observe(observation), onSilent: () => renewVision() });
  const sensing = startSensingSwitch(() => (source.kind === 'camera' || source.kind === 'clip') && permits().camera);

  // The hub: the log and the screen's state go up, programmes and media come down.
  const display = startDisplayControl({ means: readDisplayMeans(dataDir), now: () => new Date(), onTrouble: listenTo('display') });
  let stageHands: StageHands | null = null;
  let restart = (): void => undefined;
  const commands = openRemoteCommands({
    dataDir,
    screenId,
    hubPublicKey,
    hubNowMs: () => clock().wallMs - (hub.hubClock()?.offsetMs ?? 0),
    hands: commandHands({ stage: () => stageHands, restart: () => restart(), display, name: options.name }),
    settle: (id, outcome) => hub.settle(id, outcome, options.stop),
    onTrouble: (problem) => trouble.tell(problem.message),
  });
  const status = startStatusSender({ hub, random, onTrouble: listenTo('status'), current: statusReport, onCommands: (asked) => void commands.take(asked) });
  const sources = openSources({ copies: sourceCopiesIn(join(dataDir, 'sources'), writeDurably), nowMs: () => clock().wallMs, onTrouble: (id, problem) => listenTo(`source ${id}`)(problem) });
  const inUse = new MediaInUse(() => conductor.inFront.map(({ creative }) => creative));
  const uplink = startUplink({ log, hub, random, onTrouble: listenTo('uplink') });
  const lastGood = programmes.active();
  if (lastGood !== null) useProgramme(lastGood.programme, lastGood.signed);
  const downlink = startDownlink({ hub, hubPublicKey, log, programmes, media, alsoKeep: () => inUse.all().map(({ sha256 }) => sha256), random, onProgramme: useProgramme, onTrouble: listenTo('downlink') });

  // The surface.
  const app = new Hono<{ Bindings: { role: StageRole } }>();
  let coldStartMs: number | null = null;
  app.get('/', (context) => context.redirect('/stage/'));
  app.route('/stage/', stageRoutes({ pagesDir: join(projectDir, 'dist/renderer/stage'), link, onEvents: hearStage }));
  app.route('/media/', mediaRoutes({ path: (sha256) => media.path(sha256), find: (sha256) => inUse.find(sha256) }));
  app.route('/', contentRoutes({ path: (sha256) => media.path(sha256), find: (sha256) => inUse.find(sha256), sources, screen: { name: options.name, language: machineLanguage(), timeZone }, packageKey: randomUUID() }));
  // A looker-on must not be able to tell the screen who stands before it, or where its camera stands.
  for (const path of ['/vision/*', '/calibration/*']) app.use(path, async (context, next) => (context.env.role === 'screen' ? next() : context.notFound()));
  app.route('/vision', visionRoutes({ ...visionAssets(projectDir), settings: () => sensors.settings(), onReport: (report) => sensors.receive(report), ...(source.kind === 'clip' ? { clipFile: source.file } : {}) }));
  if (source.kind === 'camera' || source.kind === 'clip') app.route('/calibration', calibrationRoutes({ dataDir, projectDir, source }));

  function useProgramme(next: Programme, signed: SignedProgramme): void {
    happenings.programme(next.version, signed.programme);
    programme = next;
    inUse.follow(next);
    sources.follow(next.sources ?? []);
    releasing.follow(next.policy.statistics);
    conductor.setProgramme(safety.of(next));
    status.changed();
  }

  async function verifyMedia(sha256: string): Promise<void> {
    try {
      await checked(sha256);
    } catch (error) {
      void downlink.pullNow();
      throw error;
    }
  }

  function hearStage(events: readonly StageEvent[]): void {
    pulse.hear(events);
    conductor.stageEvents(events);
    if (conductor.nowPlaying !== null) coldStartMs ??= Math.round(performance.now());
  }

  function evidence(): Evidence {
    return { hubClock: hub.hubClock(), panel: display.power ?? (shell === 'headless' ? 'unknown' : panelState()) };
  }

  function sensorNow(): StatusReport['sensor'] {
    return permits().camera && source.kind !== 'none' ? feed.sensor : 'off';
  }

  function statusReport(): StatusReport {
    return {
      bootId,
      shell,
      version,
      timeZone,
      sensor: sensorNow(),
      programmeVersion: programme?.version ?? 0,
      backlog: log.size() + log.unsaved() - log.acknowledged(),
      nowPlaying: nowPlaying(conductor.nowPlaying),
      trouble: trouble.newest,
      machine: machineHealth(),
      ...(storage.health === undefined ? {} : { storage: storage.health }),
    };
  }

  /** In the order of the pipeline, so that the last visit and the last play are still taken in. */
  function stopStages(): void {
    sensing.close();
    sensors.close();
    feed.close();
    calibrations.close();
    clockWatch.close();
    storage.close();
    display.close();
    releasing.close();
    sources.close();
    conductor.stop();
  }

  return {
    fetch: (request, as) => app.fetch(request, as),
    onStageSilent(listener) {
      renewStage = listener;
    },
    onVisionSilent(listener) {
      renewVision = listener;
    },
    stagePulse: () => pulse.read({ expected: programme !== null, playId: conductor.nowPlaying?.playId ?? null }),
    fault: (code, message) => happenings.fault(code, message),
    playSafely() {
      safety.enter();
      if (programme !== null) conductor.setProgramme(safety.of(programme));
    },
    lend(hands) {
      stageHands = hands;
    },
    onRestart(listener) {
      restart = listener;
    },
    onSensing: (listener) => sensing.onChange(listener),
    async stop() {
      stopStages();
      storeWaiting(log, trouble);
      await uplink.flush(FLUSH_MS);
    },
    impressions: () => countImpressions(log, firstSeq, logged, hub),
    report: async () => ({
      shell,
      coldStartMs,
      plays: [...log.plays()].map(reportedPlay),
      audience: summing.summary(),
      impressions: await countImpressions(log, firstSeq, logged, hub),
      errors: [...trouble.all],
    }),
    async close() {
      stopStages();
      link.close();
      await Promise.all([uplink.close(), downlink.close(), status.close()]);
      log.close();
    },
  };
}
