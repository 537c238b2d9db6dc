import { expect, it } from 'vitest';
import { signedRequestText } from '../../src/contract/index.ts';

it('a signed request binds method, address with query, time and body, one a line', () => {
  const text = signedRequestText({ method: 'POST', pathAndQuery: '/v1/screens/entrance/impressions?x=1', timeMs: 1_790_000_000_000, bodySha256: 'ab'.repeat(32) });
  expect(text).toBe(`litfass-request-v1\nPOST\n/v1/screens/entrance/impressions?x=1\n1790000000000\n${'ab'.repeat(32)}\n`);
});
