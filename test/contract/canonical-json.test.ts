import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type CanonicalValue } from '../../src/contract/index.ts';

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 does', () => {
    // The example of that section, with its values shortened.
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('writes no white space, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [1, 'two', null, true], a: undefined, c: {} })).toBe('{"b":[1,"two",null,true],"c":{}}');
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %s: a number with more than one spelling is no evidence', (number) => {
    expect(() => canonicalJson({ number })).toThrow(TypeError);
  });

  it('says minus zero like zero', () => {
    expect(canonicalJson([-0, 0])).toBe('[0,0]');
  });

  const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  it('is JSON: what is read back is written the same', () => {
    fc.assert(fc.property(value, (any) => {
      const text = canonicalJson(any);
      expect(canonicalJson(JSON.parse(text) as CanonicalValue)).toBe(text);
    }));
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), value, { noNullPrototype: true }), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(object));
    }));
  });
});
