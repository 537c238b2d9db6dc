import type { Finding } from '../../contract/index.ts';
import { listenForPage, openPage, type BrowserProgram } from '../../shells/index.ts';

interface Seen {
  readonly version: string;
  readonly webgl: string | null;
  readonly webgpu: string | null;
  readonly codecs: Readonly<Record<string, { readonly supported: boolean; readonly smooth: boolean; readonly powerEfficient: boolean }>>;
  readonly fonts: Readonly<Record<string, boolean>>;
}

/** Run in a page of the browser that shows the stage: what it can do counts, not what the machine might. */
const LOOK_AROUND = `(async () => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const named = gl?.getExtension('WEBGL_debug_renderer_info');
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  const video = (contentType) => navigator.mediaCapabilities.decodingInfo({ type: 'file', video: { contentType, width: 1920, height: 1080, bitrate: 8e6, framerate: 30 } }).then(({ supported, smooth, powerEfficient }) => ({ supported, smooth, powerEfficient }));
  const drawn = (text) => { const draw = (t) => { const canvas = new OffscreenCanvas(40, 40); const context = canvas.getContext('2d', { willReadFrequently: true }); context.font = '30px sans-serif'; context.fillText(t, 2, 32); return context.getImageData(0, 0, 40, 40).data.join(); }; return draw(text) !== draw('\\u{10FFFD}') && draw(text) !== draw(' '); };
  return {
    version: navigator.userAgentData?.brands.map(({ brand, version }) => brand + ' ' + version).join(', ') ?? navigator.userAgent,
    webgl: gl === null ? null : String(gl.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)),
    webgpu: adapter == null ? null : [adapter.info?.vendor, adapter.info?.architecture].filter(Boolean).join(' ') || 'unnamed',
    codecs: { 'H.264': await video('video/mp4; codecs="avc1.640028"'), VP9: await video('video/webm; codecs="vp09.00.40.08"'), AV1: await video('video/mp4; codecs="av01.0.08M.08"') },
    fonts: { Latin: drawn('ä'), Cyrillic: drawn('ж'), Greek: drawn('Ω'), Chinese: drawn('店'), Arabic: drawn('ع'), emoji: drawn('🥨') },
  };
})()`;

/** Opens the browser once and asks it. */
export async function checkBrowser(browser: BrowserProgram): Promise<Finding[]> {
  const server = await listenForPage('<!doctype html><title>Litfass looks around</title>');
  try {
    const opened = await openPage({ browser, url: server.origin, window: 'headless', onProblem: () => undefined });
    try {
      return findingsOf(await opened.page.evaluate<Seen>(LOOK_AROUND), browser.path);
    } finally {
      await opened.close();
    }
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    return [{ what: 'Browser', state: 'fail', found: `${browser.path} does not open a page: ${line.slice(0, 300)}`, fix: 'Install Chromium, Chrome or Edge anew, or name one in LITFASS_CHROMIUM.' }];
  } finally {
    await server.close();
  }
}

/** Pure, so that machines can be tried that are not here. */
export function findingsOf({ version, webgl, webgpu, codecs, fonts }: Seen, path: string): Finding[] {
  const software = webgl === null || /swiftshader|llvmpipe|software/i.test(webgl);
  const lacking = Object.entries(codecs).filter(([, { supported }]) => !supported).map(([name]) => name);
  const rough = Object.entries(codecs).filter(([, { supported, smooth }]) => supported && !smooth).map(([name]) => name);
  const inHardware = Object.entries(codecs).filter(([, { powerEfficient }]) => powerEfficient).map(([name]) => name);
  const unwritten = Object.entries(fonts).filter(([, drawn]) => !drawn).map(([name]) => name);
  return [
    { what: 'Browser', state: 'ok', found: `${version.slice(0, 200)} (${path.slice(0, 200)})` },
    software
      ? { what: 'Graphics', state: 'warn', found: webgl === null ? 'no WebGL' : `in software: ${webgl.slice(0, 200)}`, fix: 'Install the driver of the graphics processor and its firmware: stills play, videos may stutter, the camera analysis is slow.' }
      : { what: 'Graphics', state: 'ok', found: webgl.slice(0, 300) },
    webgpu === null ? { what: 'WebGPU', state: 'warn', found: 'not there; the camera analysis uses WebGL or WebAssembly', fix: 'Nothing, unless the analysis is too slow.' } : { what: 'WebGPU', state: 'ok', found: webgpu.slice(0, 200) },
    lacking.length + rough.length > 0
      ? { what: 'Videos', state: codecs['H.264']?.supported === true ? 'warn' : 'fail', found: [lacking.length > 0 ? `not played: ${lacking.join(', ')}` : '', rough.length > 0 ? `not smooth at 1080p30: ${rough.join(', ')}` : ''].filter((text) => text !== '').join('; '), fix: 'Use videos in the other formats, or install a browser with these codecs.' }
      : { what: 'Videos', state: 'ok', found: `${Object.keys(codecs).join(', ')} at 1080p30${inHardware.length > 0 ? `, in hardware: ${inHardware.join(', ')}` : ', all in software'}` },
    unwritten.length > 0 ? { what: 'Fonts', state: 'warn', found: `no letters for: ${unwritten.join(', ')}`, fix: 'Install fonts for what your creatives write, e.g. fonts-noto.' } : { what: 'Fonts', state: 'ok', found: `letters for ${Object.keys(fonts).join(', ')}` },
  ];
}
