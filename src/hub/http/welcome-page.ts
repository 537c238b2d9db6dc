import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 90vh; margin: 0; padding: 1.5rem }
main { max-width: 30rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem }
code { font-family: ui-monospace, monospace; background: color-mix(in srgb, currentColor 10%, transparent); padding: .1em .35em; border-radius: 4px }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const SENTENCES = {
  'no-key': 'This console belongs to one hub and opens with its key.',
  'wrong-key': 'The key in this link is not the key of this hub; it may come from another one.',
} as const;

/**
 * What somebody sees who has no key. The link at its end also helps the one who has: a browser that was sent here by another
 * page keeps a strict cookie back for one step.
 */
export function welcomeResponse(reason: keyof typeof SENTENCES): Response {
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Litfass</title><style>${STYLE}</style>
<main><h1>Open the link from the terminal</h1>
<p>${SENTENCES[reason]} The terminal in which the hub was started printed the link; it looks like <code>http://…/?key=…</code>.</p>
<p>You have opened it before in this browser? <a href="/">Go to the console</a>.</p></main></html>`;
  return new Response(html, {
    status: 401,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
    },
  });
}
