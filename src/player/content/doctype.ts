const MARK = '\u00ef\u00bb\u00bf';
const SPACE = /[\t\n\f\r ]*/y;
const COMMENT_END = /--!?>/g;
const DOCTYPE = /<!doctype[^>]*>/iy;

/**
 * Where a page's document type ends (HTML Standard, section 13.2.6.4.1): only space and comments may stand before it. One step for
 * each character, whatever a page begins with.
 *
 * @param head of a page, one character for each byte
 * @returns 0 for a page that has none, or has it beyond what is at hand
 */
export function doctypeEnd(head: string): number {
  let at = head.startsWith(MARK) ? MARK.length : 0;
  for (;;) {
    at = endOf(SPACE, head, at) ?? at;
    if (!head.startsWith('<!--', at)) return endOf(DOCTYPE, head, at) ?? 0;
    const end = commentEnd(head, at);
    if (end === null) return 0;
    at = end;
  }
}

/** Section 13.2.5.43: what begins with `<!-->` or `<!--->` is over at once, and `--!>` ends a comment too. */
function commentEnd(head: string, start: number): number | null {
  const abrupt = ['<!-->', '<!--->'].find((comment) => head.startsWith(comment, start));
  if (abrupt !== undefined) return start + abrupt.length;
  COMMENT_END.lastIndex = start + 4;
  return COMMENT_END.test(head) ? COMMENT_END.lastIndex : null;
}

function endOf(sticky: RegExp, text: string, at: number): number | null {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : null;
}
