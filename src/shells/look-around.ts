/** Run in a page of the browser that shows the stage, in either shell: what it can do counts, not what the machine might. @returns `BrowserSight` */
export const LOOK_AROUND = `(async () => {
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
