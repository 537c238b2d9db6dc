import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeIssues, visionReportSchema, type VisionReport, type VisionSettings } from '../contract/index.ts';
import { problemResponse } from './file-response.ts';
import { fileAs, mountedPage, namedFile, pageAsset } from './page-files.ts';

export interface VisionRoutesOptions {
  /** Folder of the built vision page. */
  readonly pagesDir: string;
  /** Folder of the nets; see `visionAssets`. */
  readonly modelsDir: string;
  /** Folder of TensorFlow's WebAssembly files. */
  readonly wasmDir: string;
  /** What may be sensed now; `null`: nothing. Asked at every request, so a withdrawn permit works at once. */
  readonly settings: () => VisionSettings | null;
  /** The file behind `clip`, for the source of that kind. */
  readonly clipFile?: string;
  readonly onReport: (report: VisionReport) => void;
}

/** Where the page's files lie: its build in the project, nets and WebAssembly in the packages that bring them. */
export function visionAssets(projectDir: string): Pick<VisionRoutesOptions, 'pagesDir' | 'modelsDir' | 'wasmDir'> {
  // Both entry points lie in their package's `dist` folder.
  const distOf = (name: string): string => dirname(fileURLToPath(import.meta.resolve(name)));
  return {
    pagesDir: join(projectDir, 'dist/renderer/vision'),
    modelsDir: join(distOf('@vladmandic/human'), '../models'),
    wasmDir: distOf('@tensorflow/tfjs-backend-wasm'),
  };
}

/** The nets that the page may load, by name. */
const MODELS = /^(blazeface|facemesh|centernet|faceres|emotion|movenet-lightning)\.(json|bin)$/;
/** Those that are served only while what they say is permitted, or wanted. */
const CONDITIONAL = [
  { model: /^faceres\./, permit: 'demographics', words: 'The age and gender net is served only while the site policy permits demographics.' },
  { model: /^emotion\./, permit: 'expression', words: 'The expression net is served only while the site policy permits expression.' },
  { model: /^movenet-lightning\./, permit: 'skeletons', words: 'The pose net is served only while shelves are drawn in the calibration.' },
] as const;
const WASM_FILES = /^tfjs-backend-wasm(-simd|-threaded-simd)?\.wasm$/;
const REPORT_LIMIT_BYTES = 256 * 1024;

/**
 * The vision page's own little site: its files, nets and settings, and the one place where its reports come in. Mount it
 * at `/vision`. Cross-origin isolation gives WebAssembly its threads; the content policy lets the page reach nothing but
 * this site, whatever code might get into it.
 */
export function visionRoutes(options: VisionRoutesOptions): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cross-Origin-Embedder-Policy', 'require-corp');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    context.header('X-Content-Type-Options', 'nosniff');
    // `blob:` for the threads of TensorFlow's WebAssembly, which start from one; evaluation of text stays forbidden.
    context.header('Content-Security-Policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; connect-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  });

  app.get('/assets/:name', (context) => pageAsset(context, options.pagesDir));
  app.get('/wasm/:name', (context) => namedFile(context, options.wasmDir, WASM_FILES));
  app.get('/models/:name', (context) => {
    const condition = CONDITIONAL.find(({ model }) => model.test(context.req.param('name')));
    if (condition && options.settings()?.[condition.permit] !== true) return problemResponse(403, `${condition.permit}-not-permitted`, condition.words);
    return namedFile(context, options.modelsDir, MODELS);
  });
  app.get('/clip', (context) => (options.clipFile === undefined ? problemResponse(404, 'clip-missing', 'No clip was given.') : fileAs(context, options.clipFile)));

  app.get('/settings', (context) => {
    context.header('Cache-Control', 'no-store');
    const settings = options.settings();
    return settings ? context.json(settings) : context.body(null, 204);
  });

  app.post('/observations', bodyLimit({ maxSize: REPORT_LIMIT_BYTES, onError: () => problemResponse(413, 'report-too-large', `A report may have ${REPORT_LIMIT_BYTES / 1024} kB.`) }), async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const report = visionReportSchema.safeParse(body);
    if (!report.success) return problemResponse(400, 'report-invalid', `The report does not fit its schema: ${describeIssues(report.error)}`);
    const settings = options.settings();
    if (!settings && report.data.observations.some((observation) => observation.kind === 'frame')) {
      return problemResponse(403, 'sensing-not-permitted', 'The site policy permits no camera now; the report was dropped.');
    }
    const refused = settings && unpermitted(report.data, settings);
    if (refused) return problemResponse(403, `${refused}-not-permitted`, `The site policy permits no ${refused} now; the report was dropped.`);
    options.onReport(report.data);
    return context.body(null, 204);
  });

  app.get('/*', (context) => mountedPage(context, options.pagesDir));
  return app;
}

/** What the report holds that must not be known; `null`: nothing. */
function unpermitted({ observations }: VisionReport, settings: VisionSettings): 'demographics' | 'expression' | 'skeletons' | null {
  const frames = observations.filter((observation) => observation.kind === 'frame');
  if (!settings.demographics && frames.some(({ faces }) => faces.some((face) => face.demographics))) return 'demographics';
  if (!settings.expression && frames.some(({ faces }) => faces.some((face) => face.smile !== undefined))) return 'expression';
  if (!settings.skeletons && frames.some(({ bodies, poses }) => poses || bodies?.some((body) => body.joints))) return 'skeletons';
  return null;
}
