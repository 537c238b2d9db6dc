import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openSources, sourceCopiesIn } from '../content/index.ts';
import type { Programme, SignedProgramme, StageCommand, StageEvent, StatusReport } from '../contract/index.ts';
import { openLog } from '../impressions/index.ts';
import { Conductor, StageCast, StageLink, type Evidence } from '../playback/index.ts';
import { createHubClient, loadScreenKey, openMediaStore, openProgrammeStore, startDownlink, startStatusSender, startUplink, writeDurably, type TroubleListener } from '../sync/index.ts';
import { openBackendMemory } from './backend-memory.ts';
import { startAudienceFeed } from './audience-feed.ts';
import { watchCalibrations } from './calibration-watch.ts';
import { checkedMedia } from './checked-media.ts';
import { identify } from './identity.ts';
import { commandHands, type StageHands } from './command-hands.ts';
import { watchDiskReturn } from './disk-return.ts';
import { readDisplayMeans, startDisplayControl } from './display-control.ts';
import { openRemoteCommands } from './remote-commands.ts';
import { startClockWatch } from './clock-watch.ts';
import { happeningsInto } from './happenings.ts';
import { journalInto, storeWaiting } from './journal.ts';
import { MediaInUse } from './media-in-use.ts';
import { createMachineHealth } from './machine-health.ts';
import { panelState } from './panel-state.ts';
import { permitsOf, type Permits } from './permits.ts';
import type { Player, PlayerOptions } from './player.ts';
import { startReleasing } from './releasing.ts';
import { AudienceSumming, countImpressions, reportedPlay } from './run-record.ts';
import { startScheduledPictures } from './scheduled-pictures.ts';
import { createSelfReport } from './self-report.ts';
import { startSensingSwitch } from './sensing-switch.ts';
import { openSensors } from './sensors.ts';
import { createSafety } from './safe-programme.ts';
import { createStagePulse } from './stage-pulse.ts';
import { startSlotKeeping } from './slot-keeping.ts';
import { startStorageWatch } from './storage-watch.ts';
import { openSurface } from './surface.ts';
import { machineLanguage, machineTimeZone, systemClock } from './system-clock.ts';
import { Trouble } from './trouble.ts';

/** Longest wait, when told to stop, for the hub to take the rest of the log. What it does not take is sent at the next start. */
const FLUSH_MS = 5_000;
/** Somebody wants to read the report now. */
const COUNT_MS = 2_000;

/**
 * Builds one screen, stage by stage in the order of the pipeline. With an enrolment and a programme on disk it needs no
 * network; without, it waits for the hub and says so.
 *
 * @throws LitfassError when the data folder cannot be used, the hub refuses the screen, or the source cannot be read
 */
export async function openPlayer(options: PlayerOptions): Promise<Player> {
  const { dataDir, projectDir, version, shell, source } = options;
  const clock = options.clock ?? systemClock;
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
  const log = openLog({ file: join(dataDir, 'player.db'), onRefused: listenTo('disk'), ...(options.groupCommitMs === undefined ? {} : { groupCommit: { everyMs: options.groupCommitMs, onTrouble: listenTo('log') } }) });
  // What the last life left may still wait to be written.
  const firstSeq = log.size() + log.unsaved();
  const { screenId, hubUrl, hubPublicKey } = await identify({ ...options, log, key, clock, random, signal: options.stop, onTrouble: listenTo('enrolment') });
  const programmes = openProgrammeStore({ dir: dataDir, hubPublicKey, onTrouble: (problem) => trouble.tell(problem.message) });
  const checked = checkedMedia({ verify: (sha256) => media.verify(sha256), path: (sha256) => media.path(sha256), find: (sha256) => inUse.find(sha256), nowMs: () => clock().monoMs });
  let programme: Programme | null = null;
  const permits = (): Permits => permitsOf(programme, clock(), (id) => conductor.lastShownMs(id));

  // Selection and playback, into the log.
  const hub = createHubClient({ hubUrl, clock, identity: { screenId, key } });
  let logged = 0;
  const link = new StageLink();
  const cast = new StageCast(link, hearStage);
  const journal = journalInto(log, trouble, (finished) => {
    if (finished) logged += 1;
    status.changed();
  });
  const safety = createSafety(options.safe ?? null);
  const pulse = createStagePulse(clock);
  const stage = {
    get connected() {
      return link.connected;
    },
    send(command: StageCommand) {
      pulse.told(command);
      link.send(command);
    },
  };
  const machineHealth = createMachineHealth(() => performance.now(), () => pulse.frames);
  const happenings = happeningsInto({ log, clock, screenId, bootId, trouble });
  const clockWatch = startClockWatch({ clock, onJump: (jumpMs) => happenings.clockAdjusted(jumpMs, hub.hubClock()) });
  const slots = startSlotKeeping({ key, clock, random, network: options.slotNetwork ?? {}, happenings, trouble });
  const storage = startStorageWatch({ dataDir, trouble });
  let renewStage = (): void => undefined;
  let renewVision = (): void => undefined;
  const conductor = new Conductor({ clock, slotTime: (now) => slots.at(now), random, timeZone, rotation: options.rotation ?? 0, screenId, bootId, stage, media: { verify: verifyMedia, doubt: (sha256) => checked.doubt(sha256) }, journal, evidence, onStageSilent: () => renewStage() });

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
  const report = createSelfReport({ self: { bootId, shell, version, timeZone }, name: options.name, clock, hub, slots, sensor: sensorNow, programme: () => programme, showing: () => conductor.nowPlaying, log, trouble, machineHealth, storage });
  const display = startDisplayControl({ means: readDisplayMeans(dataDir), clock, timeZone, onTrouble: listenTo('display') });
  let stageHands: StageHands | null = null;
  let restart = (): void => undefined;
  const diskReturn = watchDiskReturn(log, trouble, () => restart());
  const commands = openRemoteCommands({
    dataDir,
    screenId,
    hubPublicKey,
    hubNowMs: () => clock().wallMs - (hub.hubClock()?.offsetMs ?? 0),
    hands: commandHands({ stage: () => stageHands, restart: () => restart(), display, label: () => report.label() }),
    settle: (id, outcome) => hub.settle(id, outcome, options.stop),
    onTrouble: (problem) => trouble.tell(problem.message),
  });
  const status = startStatusSender({ hub, random, onTrouble: listenTo('status'), current: () => report.status(), onCommands: (asked) => void commands.take(asked) });
  const pictures = startScheduledPictures({ dataDir, clock, stage: () => stageHands, send: (picture) => hub.sendPicture(picture, options.stop), onTrouble: listenTo('pictures') });
  const sources = openSources({ copies: sourceCopiesIn(join(dataDir, 'sources'), writeDurably), nowMs: () => clock().wallMs, onTrouble: (id, problem) => listenTo(`source ${id}`)(problem) });
  const inUse = new MediaInUse(() => conductor.inFront.map(({ creative }) => creative));
  const uplink = startUplink({ log, hub, random, onTrouble: listenTo('uplink') });
  const lastGood = programmes.active();
  if (lastGood !== null) useProgramme(lastGood.programme, lastGood.signed);
  const downlink = startDownlink({ hub, hubPublicKey, log, programmes, media, alsoKeep: () => inUse.all().map(({ sha256 }) => sha256), random, onProgramme: useProgramme, onTrouble: listenTo('downlink') });

  // The surface.
  let coldStartMs: number | null = null;
  const surface = openSurface({
    dataDir,
    projectDir,
    source,
    stage: { link: cast, onEvents: (events, life) => cast.report(life, events) },
    content: { path: (sha256) => media.path(sha256), find: (sha256) => inUse.find(sha256), sources, screen: { name: options.name, language: machineLanguage(), timeZone }, packageKey: randomUUID() },
    vision: { settings: () => sensors.settings(), onReport: (report) => sensors.receive(report) },
  });

  function useProgramme(next: Programme, signed: SignedProgramme): void {
    happenings.programme(next.version, signed.programme);
    programme = next;
    inUse.follow(next);
    slots.follow(next.slots);
    pictures.follow(next.pictures);
    sources.follow(next.sources ?? []);
    releasing.follow(next.policy.statistics);
    conductor.setProgramme(safety.of(next));
    status.changed();
  }

  async function verifyMedia(sha256: string): Promise<void> {
    try {
      await checked.verify(sha256);
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

  /** In the order of the pipeline, so that the last visit and the last play are still taken in. */
  function stopStages(): void {
    sensing.close();
    sensors.close();
    feed.close();
    calibrations.close();
    clockWatch.close();
    slots.close();
    pictures.close();
    storage.close();
    diskReturn.close();
    display.close();
    releasing.close();
    sources.close();
    conductor.stop();
  }

  return {
    fetch: surface,
    onStageSilent(listener) {
      renewStage = listener;
    },
    onVisionSilent(listener) {
      renewVision = listener;
    },
    stageLost() {
      link.cut();
      pulse.lost();
      conductor.pageLost();
    },
    announceStage: (life) => cast.announce(life),
    callUnderstudy: (life) => cast.call(life),
    stagePulse: () => pulse.read({ expected: programme !== null, playId: conductor.nowPlaying?.playId ?? null }),
    fault: (code, message) => happenings.fault(code, message),
    get programmeVersion() {
      return programme?.version ?? null;
    },
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
    async stop(flushMs = FLUSH_MS) {
      stopStages();
      storeWaiting(log, trouble);
      await uplink.flush(flushMs);
    },
    impressions: (waitMs) => countImpressions({ log, firstSeq, logged, hub, waitMs }),
    report: async () => ({
      shell,
      coldStartMs,
      plays: [...log.plays()].map(reportedPlay),
      audience: summing.summary(),
      impressions: await countImpressions({ log, firstSeq, logged, hub, waitMs: COUNT_MS }),
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
