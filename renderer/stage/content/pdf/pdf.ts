import { ContentFailure, type Content, type ContentEvents, type Prepare } from '../content.ts';
import { FrameCounter } from '../frame-counter.ts';
import type { OpenedPdf } from './document.ts';

/** A page is no flicker: of a document with more pages than seconds, the first ones are shown. */
const SHORTEST_PAGE_MS = 1_000;

/**
 * A PDF, page by page. Each is drawn while the one before it is read, in the resolution of the zone; at most two are held. What
 * draws PDFs is loaded with the first one: a programme without any never fetches it.
 */
export function pdfContent(prepare: Prepare, events: ContentEvents): Content {
  const element = document.createElement('div');
  const counter = new FrameCounter();
  let pdf: OpenedPdf | null = null;
  const closing = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function draw(page: number): Promise<HTMLCanvasElement> {
    if (pdf === null) throw new ContentFailure('decode', 'the document was closed');
    const box = { width: Math.max(1, element.clientWidth * devicePixelRatio), height: Math.max(1, element.clientHeight * devicePixelRatio) };
    const canvas = await pdf.draw(page, box, prepare.presentation.fit);
    canvas.style.cssText = `display: block; width: 100%; height: 100%; object-fit: ${prepare.presentation.fit}`;
    return canvas;
  }

  function turnPages(pages: number): void {
    const pageMs = prepare.pageMs ?? Math.max(SHORTEST_PAGE_MS, prepare.durationMs / pages);
    const startMs = performance.now();
    const follow = async (shown: number): Promise<void> => {
      const next = await draw((shown % pages) + 1);
      timer = setTimeout(() => {
        if (closing.signal.aborted) return;
        element.replaceChildren(next);
        void follow(shown + 1).catch(fail);
      }, Math.max(0, startMs + shown * pageMs - performance.now()));
    };
    if (pages > 1) void follow(1).catch(fail);
  }

  function fail(error: unknown): void {
    if (!closing.signal.aborted) events.failed(inWords(error));
  }

  return {
    element,
    async prepare() {
      try {
        const { openPdf } = await import('./document.ts');
        pdf = await openPdf(prepare.url, closing.signal);
        element.replaceChildren(await draw(1));
      } catch (error) {
        throw inWords(error);
      }
    },
    async show() {
      await counter.start();
      turnPages(pdf?.pages ?? 1);
    },
    presentedFrames: () => counter.frames,
    release() {
      closing.abort();
      counter.stop();
      clearTimeout(timer);
      element.replaceChildren();
      pdf?.close();
      pdf = null;
    },
  };
}

function inWords(error: unknown): ContentFailure {
  if (error instanceof ContentFailure) return error;
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'PasswordException') return new ContentFailure('unsupported', 'the PDF asks for a password: save it without one');
  return new ContentFailure(name === 'ResponseException' ? 'load' : 'decode', `the PDF cannot be drawn: ${message}`);
}
