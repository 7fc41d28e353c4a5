import { expect, test } from 'vitest';
import { readPermitCode, type ShownPermit } from './permit.ts';
import { permitFaultsOf } from './permit-check.ts';

const permit: ShownPermit = {
  number: '皖 NO.0012345',
  plate: '皖12·34567',
  holder: '张 三',
  issuedBy: '太和县',
  operation: 'harvest',
  crops: '小麦',
  from: '2027-05-20',
  to: '2027-06-20',
};
const shower = { plate: '皖12 34567', holder: '张三', operation: 'harvest' as const, day: '2027-06-06' };
const faults = (over: Partial<ShownPermit>, who: Partial<typeof shower> = {}) =>
  permitFaultsOf({ ...permit, ...over }, { ...shower, ...who });

test('a good permit has no fault, however plate and name are spaced', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ number: '410100-2027-00012' })).toEqual([]);
  // The first and the last day count.
  expect([faults({}, { day: '2027-05-20' }), faults({}, { day: '2027-06-20' })]).toEqual([[], []]);
});

test('each fault has its name', () => {
  expect(faults({}, { day: '2027-06-21' })).toEqual(['expired']);
  expect(faults({}, { day: '2027-05-19' })).toEqual(['notYetValid']);
  expect(faults({}, { plate: '皖12·99999' })).toEqual(['otherMachine']);
  expect(faults({}, { holder: '李四' })).toEqual(['otherHolder']);
  expect(faults({ operation: 'sow' })).toEqual(['wrongOperation']);
  expect(faults({ number: '抄来的' })).toEqual(['numberShape']);
  expect(faults({ from: '2027-06-01', to: '2027-05-01' })).toEqual(['datesImpossible', 'expired']);
  expect(faults({ to: '2029-06-20' })).toEqual(['datesImpossible']);
});

test('a code is read from its address, by hand and in wide letters', () => {
  const read = { number: '410100-2027-00012', check: '7H3KX9QM' };
  expect(readPermitCode('https://x.example/permit#410100-2027-00012-7H3KX9QM')).toEqual(read);
  expect(readPermitCode(' 410100-2027-00012-７ｈ３ｋｘ９ｑｍ ')).toEqual(read);
  expect(readPermitCode('410100-2027-00012')).toBe(null);
});
