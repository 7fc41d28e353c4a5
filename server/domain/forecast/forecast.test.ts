import { expect, test } from 'vitest';
import { type Series, seriesSchema } from '../../../shared/forecast.ts';
import { forecast } from './forecast.ts';

const base = { operation: 'harvest', totalMu: 10_000, deadline: '2026-06-12', asOf: '2026-06-05', outlook: [] };
/** From 1 June on, 20 machines and no rain unless said. */
const days = (totals: readonly number[], more: (day: number) => object = () => ({})) =>
  totals.map((doneMu, day) => ({ date: `2026-06-0${day + 1}`, doneMu, machines: 20, rainMm: 0, ...more(day) }));
const answer = (rest: object): ReturnType<typeof forecast> => forecast(seriesSchema.parse({ ...base, ...rest }) as Series);

const steady = days([800, 1600, 2400, 3200, 4000]);
/** A dry outlook to the deadline. */
const dry = ['06', '07', '08', '09', '10', '11', '12', '13', '14', '15'].map(day => ({ date: `2026-06-${day}`, rainMm: 0 }));

test('a steady season is finished about when a division says, and the slow last per cent take a little longer', () => {
  // 6,000 mu left at 800 a day: 7.5 days, so 13 June at the earliest.
  const { state, finish, terms } = answer({ days: steady, outlook: dry });
  expect(state).toBe('running');
  expect(finish.p50! >= '2026-06-13' && finish.p50! <= '2026-06-16').toBe(true);
  expect(finish.p10! <= finish.p50! && finish.p50! <= finish.p90!).toBe(true);
  expect(terms).toMatchObject({ remainingMu: 6000, machinesNow: 20, priorMuPerMachineDay: { p50: 38 } });
});

test('the rate is learned: 20 machines that do 1,600 mu a day are not taken for 20 that do 800', () => {
  const fast = answer({ totalMu: 20_000, days: days([1600, 3200, 4800, 6400, 8000]), outlook: dry });
  const slow = answer({ totalMu: 20_000, days: steady, outlook: dry });
  expect(fast.terms!.muPerMachineDay.p50).toBeGreaterThan(1.5 * slow.terms!.muPerMachineDay.p50);
  expect(fast.terms!.priorShare).toBeLessThan(0.5);
});

test('the same series gives the same answer', () => {
  expect(answer({ days: steady })).toEqual(answer({ days: steady }));
});

test('rain that is foreseen makes it later, and the machines needed more', () => {
  const wet = dry.map((row, day) => ({ ...row, rainMm: day >= 1 && day <= 3 ? 25 : 0 }));
  const [inSun, inRain] = [answer({ days: steady, outlook: dry }), answer({ days: steady, outlook: wet })];
  expect(inRain.finish.p50! > inSun.finish.p50!).toBe(true);
  expect(inRain.machinesNeededPerDay!).toBeGreaterThan(inSun.machinesNeededPerDay!);
  expect(inRain.chanceInTime!).toBeLessThanOrEqual(inSun.chanceInTime!);
});

test('ground stays wet after rain: the second day is less workable than the fourth', () => {
  const wet = dry.map((row, day) => ({ ...row, rainMm: day === 0 ? 30 : 0 }));
  const ahead = answer({ days: steady, outlook: wet }).terms!.ahead;
  expect(ahead[0].workableShare).toBeLessThan(0.2);
  expect(ahead[1].workableShare).toBeLessThan(ahead[3].workableShare);
});

test('fewer machines than are needed have little chance, with a third of the work they have a good one', () => {
  const needed = answer({ days: steady, outlook: dry }).machinesNeededPerDay!;
  expect(needed).toBeGreaterThan(20);
  expect(answer({ days: steady, outlook: dry }).chanceInTime!).toBeLessThan(0.5);
  expect(answer({ totalMu: 6000, days: steady, outlook: dry }).chanceInTime!).toBeGreaterThan(0.8);
});

test('by day: the quantiles rise, stay in order and end at the total', () => {
  const { byDay } = answer({ days: steady, outlook: dry });
  expect(byDay[0].date).toBe('2026-06-06');
  expect(byDay.every(({ p10, p50, p90 }) => p10 <= p50 && p50 <= p90 && p90 <= 10_000)).toBe(true);
  expect(byDay.every((row, at) => at === 0 || (row.p10 >= byDay[at - 1].p10 && row.p90 >= byDay[at - 1].p90))).toBe(true);
});

test('done already is said with its day, in time or not', () => {
  const done = answer({ days: days([5000, 9995, 10_000]) });
  expect([done.state, done.finish, done.chanceInTime, done.machinesNeededPerDay, done.byDay]).toEqual([
    'done',
    { p10: '2026-06-02', p50: '2026-06-02', p90: '2026-06-02' },
    1,
    0,
    [],
  ]);
  expect(answer({ deadline: '2026-06-01', days: days([5000, 10_000]) }).chanceInTime).toBe(0);
});

test('no day yet, or no count of machines: nothing is made up', () => {
  const nothing = { p10: null, p50: null, p90: null };
  const none = answer({ days: [] });
  expect([none.state, none.finish, none.chanceInTime, none.machinesNeededPerDay]).toEqual(['noData', nothing, null, null]);
  expect(answer({ days: days([100], () => ({ machines: null })) }).state).toBe('noData');
});

test('no machines: it will not be finished, and how many would do is still told', () => {
  const none = answer({ days: days([800, 1600, 1600], day => ({ machines: day === 2 ? 0 : 20 })) });
  expect([none.state, none.finish.p50, none.chanceInTime]).toEqual(['noMachines', null, 0]);
  expect(none.machinesNeededPerDay!).toBeGreaterThan(20);
});

test('no machines out on a day of rain does not mean that there are none', () => {
  const wet = days([800, 1600, 2400, 3200, 3200], day => (day === 4 ? { machines: 0, rainMm: 30 } : {}));
  expect(answer({ days: wet })).toMatchObject({ state: 'running', terms: { machinesNow: 20 } });
});

test('fewer machines at work on a wet day are not taken for machines that left', () => {
  const wet = days([800, 1600, 2400, 3200, 3300], day => (day === 4 ? { machines: 3, rainMm: 30 } : {}));
  expect(answer({ days: wet }).terms!.machinesNow).toBe(20);
  expect(answer({ days: days([800, 1600, 2400, 3200, 3300], day => (day === 4 ? { machines: 3 } : {})) }).terms!.machinesNow).toBe(3);
});

test('a deadline that has passed leaves no chance and no number of machines, but still a finish', () => {
  const late = answer({ deadline: '2026-06-04', days: steady });
  expect([late.state, late.chanceInTime, late.machinesNeededPerDay, late.finish.p50 !== null]).toEqual(['overdue', 0, null, true]);
  expect(late.notes.map(({ text }) => text)).toEqual(['The deadline of 2026-06-04 has passed with 6000 mu left.']);
});

test('one day of data is answered mostly from the prior', () => {
  const one = answer({ asOf: '2026-06-01', days: days([800]) });
  expect(one.state).toBe('running');
  expect(one.terms!.priorShare).toBeGreaterThan(0.4);
});

test('a falling total, a gap and rows after the day are said, and do no harm', () => {
  const odd = answer({
    asOf: '2026-06-06',
    days: [
      { date: '2026-06-01', doneMu: 800, machines: 20, rainMm: 0 },
      { date: '2026-06-02', doneMu: 2600, machines: 20, rainMm: 0 },
      { date: '2026-06-03', doneMu: 2400, machines: 20, rainMm: 0 },
      { date: '2026-06-06', doneMu: 4800, machines: 20, rainMm: null },
      { date: '2026-06-07', doneMu: 9000, machines: 20, rainMm: 0 },
    ],
  });
  expect(odd.terms!.remainingMu).toBe(5200);
  expect(odd.notes.map(({ text }) => text)).toEqual([
    '1 rows after 2026-06-06 were left out.',
    'The total falls on 2026-06-03: the later figure was believed, the days before smoothed to it.',
    'Days without a row before 2026-06-06: their work was taken together.',
    '1 days without a rain figure were taken as dry.',
  ]);
});

test('sowing learns from its own prior', () => {
  expect(answer({ operation: 'sow', days: steady }).terms!.priorMuPerMachineDay.p50).toBe(16);
});

test('a series that cannot be read is told by place', () => {
  const twice = seriesSchema.safeParse({ ...base, days: [...days([1]), ...days([2])] });
  expect(twice.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['days.1.date', '2026-06-01 stands twice in days: keep one row a day'],
  ]);
  expect(seriesSchema.safeParse({ ...base, days: days([-1]) }).success).toBe(false);
});

test('a unit without area is said to have none, before the first day nothing is expected', () => {
  const none = answer({ totalMu: 0, days: [] });
  expect([none.state, none.chanceInTime, none.notes.map(({ code }) => code)]).toEqual(['noArea', null, ['noArea']]);
  const early = answer({ asOf: '2026-05-20', firstDay: '2026-05-28', days: [] });
  expect([early.state, early.chanceInTime, early.notes]).toEqual([
    'notBegun',
    null,
    [{ code: 'notBegun', values: { day: '2026-05-28' }, text: 'Nothing is expected before 2026-05-28.' }],
  ]);
});

test('half a day that is known in part teaches as much as it was long, and the rest of it lies ahead', () => {
  const half = days([800, 1600, 2400, 3200, 3600], day => (day === 4 ? { share: 0.5 } : {}));
  const outlook = [{ date: '2026-06-05', rainMm: 0 }, ...dry];
  const running = answer({ days: half, outlook, dayLeft: 0.5 });
  const whole = answer({ days: steady, outlook: dry });
  expect(running.byDay[0].date).toBe('2026-06-05');
  // Half a day by 20 machines at 40 mu: about 400 mu more by the evening, which is where the whole day ends.
  expect(running.byDay[0].p50).toBeGreaterThan(3900);
  expect(running.byDay[0].p50).toBeLessThan(4100);
  expect(Math.abs(running.terms!.muPerMachineDay.p50 / whole.terms!.muPerMachineDay.p50 - 1)).toBeLessThan(0.1);
  expect(running.finish.p50).toBe(whole.finish.p50);
});

test('a unit that knows little takes the rate of the larger one, and gives it up as it learns', () => {
  const prior = { muPerMachineDay: 60, spread: 0.2, from: '410100' };
  const young = answer({ asOf: '2026-06-01', days: days([800]), prior });
  expect(young.terms).toMatchObject({ priorMuPerMachineDay: { p50: 60 }, priorFrom: '410100' });
  expect(young.terms!.muPerMachineDay.p50).toBeGreaterThan(answer({ asOf: '2026-06-01', days: days([800]) }).terms!.muPerMachineDay.p50);
  const old = answer({ days: steady, prior }).terms!;
  expect(old.muPerMachineDay.p50).toBeLessThan(young.terms!.muPerMachineDay.p50);
  expect(old.priorShare).toBeLessThan(0.8);
});
