import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitfassError } from '../../src/contract/index.ts';
import { byFrame, readMot, writeMot } from '../../src/audience/mot-file.ts';

const GOOD = '1,-1,281.931,187.466,79.93,209.537,0.997784,-1,-1,-1';

describe('a MOT file', () => {
  it('is read row by row, with any ending of lines and 7 to 10 columns', () => {
    const row = { frame: 1, id: -1, box: { x: 281.931, y: 187.466, width: 79.93, height: 209.537 }, confidence: 0.997784 };
    expect(readMot(`${GOOD}\n`, 'det.txt')).toEqual([row]);
    expect(readMot(`${GOOD}\r\n2,5,-3,.5,1e1,4,1\r\n`, 'det.txt')).toEqual([row, { frame: 2, id: 5, box: { x: -3, y: 0.5, width: 10, height: 4 }, confidence: 1 }]);
    expect(readMot('', 'empty.txt')).toEqual([]);
  });

  it.each([
    ['1,2,3', '3 columns instead of 7 to 10'],
    [`${GOOD},7`, '11 columns instead of 7 to 10'],
    ['1,1,0,0,ten,5,1', 'column 5 is "ten", not a number'],
    ['1,1,0,0,,5,1', 'column 5 is "", not a number'],
    ['1,1,0,0,NaN,5,1', 'column 5 is "NaN", not a number'],
    ['1,1,0,0,1e999,5,1', 'column 5 is "1e999", not a number'],
    ['0,1,0,0,5,5,1', 'frame is 0, not a whole number from 1 to 1000000'],
    ['1.5,1,0,0,5,5,1', 'frame is 1.5, not a whole number from 1 to 1000000'],
    ['2000000,1,0,0,5,5,1', 'frame is 2000000, not a whole number from 1 to 1000000'],
    ['1,-2,0,0,5,5,1', 'id is -2, neither a whole number nor -1'],
    ['1,1,0,0,0,5,1', 'the box is 0 wide and 5 high, not above 0'],
    ['', '1 columns instead of 7 to 10'],
  ])('is refused at the line "%s": %s', (line, what) => {
    const read = () => readMot(`${GOOD}\n${line}\n${GOOD}\n`, 'some/det.txt');
    expect(read).toThrow(LitfassError);
    expect(read).toThrow(`some/det.txt, line 2: ${what}; a row is frame,id,left,top,width,height,confidence,x,y,z.`);
  });

  it('is refused where somebody is twice in one picture', () => {
    expect(() => readMot('3,7,0,0,5,5,1\n4,7,0,0,5,5,1\n3,7,9,9,5,5,1\n', 'gt.txt')).toThrow('gt.txt, line 3: picture 3 already has somebody with id 7');
  });

  it('is written with two decimals, and reads back as it was', () => {
    expect(writeMot([{ frame: 1, id: 2, box: { x: 1.005, y: 2, width: 3.14159, height: 100 }, confidence: 1 }])).toBe('1,2,1.00,2.00,3.14,100.00,1,-1,-1,-1\n');
    const hundredths = (min: number) => fc.integer({ min, max: 200_000 }).map((value) => value / 100);
    const row = fc.record({ frame: fc.integer({ min: 1, max: 1_000 }), id: fc.constant(-1), box: fc.record({ x: hundredths(-5_000), y: hundredths(-5_000), width: hundredths(1), height: hundredths(1) }), confidence: fc.constantFrom(0, 0.5, 1) });
    fc.assert(fc.property(fc.array(row), (rows) => { expect(readMot(writeMot(rows), 'back')).toEqual(rows); }));
  });

  it('is sorted into pictures', () => {
    const rows = readMot('2,1,0,0,5,5,1\n1,1,0,0,5,5,1\n2,2,0,0,5,5,1\n', 'gt.txt');
    expect([...byFrame(rows)].map(([frame, people]) => [frame, people.map(({ id }) => id)])).toEqual([[2, [1, 2]], [1, [1]]]);
  });
});
