// One creative of each type, behind one small interface: prepare unseen, show, count frames, let go.
import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { htmlContent } from './html.ts';
import { imageContent } from './image.ts';
import { videoContent } from './video.ts';

export { ContentFailure, type Content, type ContentEvents, type Prepare };

export function createContent(prepare: Prepare, events: ContentEvents): Content {
  switch (prepare.kind) {
    case 'image':
      return imageContent(prepare);
    case 'video':
      return videoContent(prepare, events);
    case 'html':
      return htmlContent(prepare);
  }
}
