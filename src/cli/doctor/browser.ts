import { browserSightSchema, type BrowserSight, type Finding } from '../../contract/index.ts';
import { listenForPage, LOOK_AROUND, openPage, type BrowserProgram } from '../../shells/index.ts';

/** Opens the browser once and asks it. */
export async function checkBrowser(browser: BrowserProgram): Promise<Finding[]> {
  const server = await listenForPage('<!doctype html><title>Litfass looks around</title>');
  try {
    const opened = await openPage({ browser, url: server.origin, window: 'headless', onProblem: () => undefined });
    try {
      return findingsOf(browserSightSchema.parse(await opened.page.evaluate(LOOK_AROUND)), browser.path);
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
export function findingsOf({ version, webgl, webgpu, codecs, fonts }: BrowserSight, path: string): Finding[] {
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
