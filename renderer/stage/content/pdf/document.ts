import { getDocument, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist';
import { PdfResources } from './resources.ts';

/** A picture in a PDF with more pixels is left out: decoded, it would take 256 MB. */
const MOST_IMAGE_PIXELS = 64_000_000;
/** A worker that is well ends in a fraction of this. */
const END_MS = 1_000;
/** Most pixels of a drawn page, whatever the zone: 64 MB of memory each, and two are held. */
const MOST_PAGE_PIXELS = 16_000_000;

export interface OpenedPdf {
  readonly pages: number;
  /**
   * Draws a page, counted from 1, so large that it fills a box of device pixels.
   *
   * @param fit `cover` fills the box in both directions, the others in one
   */
  draw(page: number, box: { readonly width: number; readonly height: number }, fit: 'contain' | 'cover' | 'fill'): Promise<HTMLCanvasElement>;
  /** Ends the worker, and with it all that was read. */
  close(): void;
}

/**
 * @param closing aborts while it is being opened: a document that keeps its worker busy for ever answers nothing else
 * @throws pdf.js's exceptions, by name: `InvalidPDFException`, `PasswordException`, `ResponseException`
 */
export async function openPdf(url: string, closing: AbortSignal): Promise<OpenedPdf> {
  closing.throwIfAborted();
  const port = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const worker = PDFWorker.create({ port });
  const loading = getDocument({
    url,
    worker,
    BinaryDataFactory: PdfResources,
    useWorkerFetch: false,
    cMapPacked: true,
    // Any true value will do: where they lie is known to PdfResources alone.
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'standard_fonts/',
    wasmUrl: 'wasm/',
    maxImageSize: MOST_IMAGE_PIXELS,
    isEvalSupported: false,
    // Letters are drawn as outlines from the file or the resources, the same on every machine. As fonts of the page they would have a
    // new name with each opening, which the browser keeps for as long as the page lives, and the standard ones would be the machine's.
    disableFontFace: true,
    useSystemFonts: false,
  });
  const close = (): void => {
    // Asked to end, it lets go of its fonts first; one that hangs gives no answer, and would go on for as long as the page lives.
    const late = new Promise<void>((resolve) => setTimeout(resolve, END_MS));
    void Promise.race([loading.destroy().catch(() => undefined), late]).then(() => {
      worker.destroy();
      port.terminate();
    });
  };
  const closed = new Promise<never>((_, reject) => closing.addEventListener('abort', () => reject(new Error('it was closed')), { once: true }));
  try {
    const pdf = await Promise.race([loading.promise, closed]);
    return { pages: pdf.numPages, close, draw: (page, box, fit) => drawPage(pdf, page, box, fit) };
  } catch (error) {
    close();
    throw error;
  }
}

async function drawPage(pdf: PDFDocumentProxy, number: number, box: { readonly width: number; readonly height: number }, fit: 'contain' | 'cover' | 'fill'): Promise<HTMLCanvasElement> {
  const page = await pdf.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const scales = [box.width / width, box.height / height];
  const wanted = fit === 'cover' ? Math.max(...scales) : Math.min(...scales);
  const viewport = page.getViewport({ scale: Math.min(wanted, Math.sqrt(MOST_PAGE_PIXELS / (width * height))) });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  try {
    await page.render({ canvas, viewport, background: '#ffffff' }).promise;
  } finally {
    page.cleanup();
  }
  return canvas;
}
