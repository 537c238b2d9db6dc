import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMPTY_ROOT, leafHash, leafHashHex, nodeHash } from '../../../src/impressions/tree/index.ts';

// transparency-dev/merkle@417fb0c, rfc6962/rfc6962_test.go
it.each([
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['L123456', '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'],
])('the leaf hash of %j is that of RFC 6962', (text, hash) => {
  expect(leafHashHex(text)).toBe(hash);
  expect(leafHash(Buffer.from(text)).toString('hex')).toBe(hash);
});

// The same file.
it('the empty root and the node hash are those of RFC 6962', () => {
  expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(nodeHash(Buffer.from('N123'), Buffer.from('N456')).toString('hex')).toBe('aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb');
});

it('agrees with the checksum database of Go (golang/mod, sumdb/tlog)', () => {
  expect(Buffer.from(leafHashHex('hello world'), 'hex').toString('base64')).toBe('TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=');
});

it('is the same for a text and for its UTF-8, also where half a surrogate pair stands alone', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', 'a\udc00b', '\0', 'ä€😀')), (text) => {
    const bytes = Buffer.from(text, 'utf8');
    expect(leafHash(text)).toEqual(leafHash(bytes));
    expect(leafHashHex(text)).toBe(leafHash(bytes).toString('hex'));
  }));
});
