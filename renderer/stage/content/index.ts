// One creative of each type, behind one small interface: prepare unseen, show, count frames, let go.
import { audioContent } from './audio.ts';
import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { htmlContent } from './html.ts';
import { imageContent } from './image.ts';
import { packageContent } from './package.ts';
import { pdfContent } from './pdf/pdf.ts';
import { streamContent } from './stream/stream.ts';
import { tickerContent } from './ticker.ts';
import { videoContent } from './video.ts';
import { webContent } from './web.ts';

export { ContentFailure, type Content, type ContentEvents, type Prepare };

export function createContent(prepare: Prepare, events: ContentEvents): Content {
  switch (prepare.kind) {
    case 'image':
      return imageContent(prepare, events);
    case 'video':
      return videoContent(prepare, events);
    case 'audio':
      return audioContent(prepare, events);
    case 'pdf':
      return pdfContent(prepare, events);
    case 'html':
      return htmlContent(prepare, events);
    case 'package':
      return packageContent(prepare, events);
    case 'web':
      return webContent(prepare, events);
    case 'stream':
      return streamContent(prepare, events);
    case 'ticker':
      return tickerContent(prepare);
  }
}
