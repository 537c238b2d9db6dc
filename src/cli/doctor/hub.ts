import { lookup } from 'node:dns/promises';
import { HUB_TIME_HEADER, SIGNED_REQUEST_SKEW_MS, type Finding } from '../../contract/index.ts';

const LIMIT_MS = 5_000;

/** Whether the hub can be reached, how fast it answers, and how far its clock is from ours. */
export async function checkHub(hubUrl: string, fetch = globalThis.fetch): Promise<Finding> {
  const { hostname } = new URL(hubUrl);
  try {
    await lookup(hostname);
  } catch {
    return { what: 'Hub', state: 'fail', found: `the name ${hostname} is not known`, fix: 'Check the address, and the name server of this network.' };
  }
  const startMs = performance.now();
  try {
    const answer = await fetch(new URL('/v1/', hubUrl), { signal: AbortSignal.timeout(LIMIT_MS) });
    await answer.body?.cancel();
    const tookMs = Math.round(performance.now() - startMs);
    const hubMs = Number(answer.headers.get(HUB_TIME_HEADER) ?? Number.NaN);
    if (Number.isNaN(hubMs)) return { what: 'Hub', state: 'fail', found: `${hubUrl} answers ${answer.status} and is no Litfass hub`, fix: 'Check the address; a proxy or a log-in page of the network may stand before it.' };
    const offMs = Math.abs(Date.now() - hubMs);
    const found = `${hubUrl} answers in ${tookMs} ms, its clock ${(offMs / 1_000).toFixed(1)} s from ours`;
    return offMs > SIGNED_REQUEST_SKEW_MS ? { what: 'Hub', state: 'warn', found, fix: 'Set the clock of whichever is wrong; the screen corrects itself meanwhile.' } : { what: 'Hub', state: 'ok', found };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { what: 'Hub', state: 'fail', found: `${hubUrl} does not answer: ${cause.slice(0, 200)}`, fix: 'Check the cable, the firewall and whether the hub runs. A screen that was set up plays on meanwhile.' };
  }
}
