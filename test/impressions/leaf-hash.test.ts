import { expect, it } from 'vitest';
import { leafHashHex } from '../../src/impressions/index.ts';

// transparency-dev/merkle@417fb0c, rfc6962/rfc6962_test.go
it.each([
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['L123456', '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'],
])('the leaf hash of %j is that of RFC 6962', (text, hash) => {
  expect(leafHashHex(text)).toBe(hash);
});

it('agrees with the checksum database of Go (golang/mod, sumdb/tlog)', () => {
  expect(Buffer.from(leafHashHex('hello world'), 'hex').toString('base64')).toBe('TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=');
});
