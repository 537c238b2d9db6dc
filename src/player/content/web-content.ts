import { randomBytes } from 'node:crypto';
import { fetchAllowed, type Fetch } from '../../content/index.ts';
import { LitfassError, type Source } from '../../contract/index.ts';

export interface WebCheck {
  readonly source: Source;
  readonly timeoutMs: number;
  /** Where the stage page is, which the frame would be in. */
  readonly own: URL;
  readonly fetch?: Fetch;
}

/**
 * Looks whether a page answers, is a page, and lets itself be framed, before a browser shows shoppers its own words for any of
 * these. A page of the player itself is refused: in its own origin it would be no stranger to the stage.
 *
 * @throws LitfassError `source-unreachable`, `source-forbidden`, `web-refuses-frames`
 */
export async function checkWebPage({ source, timeoutMs, own, fetch }: WebCheck): Promise<void> {
  if (isSamePlace(new URL(source.url), own)) throw new LitfassError('source-forbidden', `source "${source.id}" is this player itself.`);
  const { answer } = await fetchAllowed({ source, timeoutMs, headers: { accept: 'text/html,*/*' }, ...(fetch === undefined ? {} : { fetch }) });
  await answer.body?.cancel();
  if (!answer.ok) throw new LitfassError('source-unreachable', `the page of source "${source.id}" answered ${answer.status}.`);
  const why = whyNotFramed(answer.headers, own);
  if (why !== null) throw new LitfassError('web-refuses-frames', `the page of source "${source.id}" may not be shown inside another one: it says ${why}. Ask whoever runs it to allow frames.`);
}

/** HTML (section "The X-Frame-Options header") and CSP 3 (section 6.4.2): where both are said, only `frame-ancestors` counts. */
function whyNotFramed(headers: Headers, own: URL): string | null {
  const policies = (headers.get('content-security-policy') ?? '').split(',').flatMap((policy) => policy.split(';').map((directive) => directive.trim()));
  const ancestors = policies.filter((directive) => /^frame-ancestors(\s|$)/i.test(directive));
  for (const directive of ancestors) {
    const allowed = directive.split(/\s+/).slice(1);
    if (!allowed.some((each) => each === '*' || each === own.protocol || each === `${own.protocol}//${own.host}`)) return `Content-Security-Policy: ${directive.slice(0, 100)}`;
  }
  const option = headers.get('x-frame-options');
  return ancestors.length === 0 && option !== null && /^(deny|sameorigin)$/i.test(option.trim()) ? `X-Frame-Options: ${option}` : null;
}

function isSamePlace(a: URL, b: URL): boolean {
  const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return a.port === b.port && (a.hostname === b.hostname || (isLoopback(a) && isLoopback(b)));
}

/**
 * The player's page around a web page: its policy says to which sites the inner frame may go, whatever the page there wants, and
 * its few lines tell the stage when it has loaded, has loaded again, or was refused.
 */
export function webFrame({ url, alsoFrom = [] }: Source): Response {
  const nonce = randomBytes(16).toString('base64');
  const origins = [new URL(url).origin, ...alsoFrom].join(' ');
  return new Response(FRAME_PAGE.replaceAll('NONCE', nonce).replace('"ADDRESS"', JSON.stringify(url).replaceAll('<', '\\u003c')), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; frame-src ${origins}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'`,
      // No device, no full screen, nothing that would ask anybody.
      'Permissions-Policy': 'accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()',
      'Cache-Control': 'no-store',
    },
  });
}

const FRAME_PAGE = `<!doctype html>
<meta charset="utf-8">
<style nonce="NONCE">html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; overflow: hidden; display: block }</style>
<body>
<script nonce="NONCE">
  const page = document.createElement('iframe');
  // An origin of its own, which is another than ours; no windows, dialogs, downloads, forms, nor a way to the page around it.
  page.setAttribute('sandbox', 'allow-scripts allow-same-origin');
  page.referrerPolicy = 'no-referrer';
  page.tabIndex = -1;
  const tell = (what) => parent.postMessage(what, location.origin);
  let loads = 0;
  page.addEventListener('load', () => { loads += 1; tell(loads === 1 ? 'loaded' : 'loaded-again') });
  document.addEventListener('securitypolicyviolation', () => { page.hidden = true; tell('refused') });
  page.src = "ADDRESS";
  document.body.append(page);
</script>
`;
