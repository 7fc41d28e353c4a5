import { expect, test } from 'vitest';
import type { Progress } from '../../shared/progress.ts';
import type { Reported, ReportedInput } from '../../shared/registry.ts';
import { Clerks } from './clerks.ts';

const at = (time: string): number => Date.parse(`2027-06-05T${time}+08:00`);
const prior: Reported = {
  division: 'T1',
  operation: 'harvest',
  day: '2027-06-03',
  machineMu: 100,
  handMu: 1,
  version: 1,
  at: 0,
  author: '',
};

function office(harvest: { measuredMu: number; reportedMachineMu: number; reportedHandMu: number }, plantedMu: number) {
  const reports: ReportedInput[] = [];
  const none = { measuredMu: 0, reportedMachineMu: 0, reportedHandMu: 0, headlineMu: 0, progress: null, machineRate: null };
  const progress: Progress = {
    division: 'T1',
    day: '2027-06-05',
    asOf: 0,
    plantedMu,
    plannedMu: plantedMu,
    terminalShare: 1,
    harvest: { ...none, ...harvest },
    sow: none,
  };
  const clerks = new Clerks({
    towns: ['T1'],
    reported: [prior],
    seed: 1,
    progressOf: async () => progress,
    report: async input => reports.push(input),
    pause: async () => undefined,
  });
  return { clerks, reports };
}

test('clerks report between 16:30 and 17:00, once a day', async () => {
  const { clerks } = office({ measuredMu: 0, reportedMachineMu: 0, reportedHandMu: 0 }, 500);
  expect([clerks.due(at('16:29')), clerks.due(at('16:30')), clerks.due(at('17:00'))]).toEqual([false, true, false]);
  await clerks.reportAll(at('16:30'));
  expect(clerks.due(at('16:31'))).toBe(false);
  expect(clerks.due(at('16:31') + 86_400_000)).toBe(true);
});

test('a town reports what it had, and a little more than was measured since', async () => {
  const { clerks, reports } = office({ measuredMu: 200, reportedMachineMu: 100, reportedHandMu: 1 }, 500);
  await clerks.reportAll(at('16:30'));
  expect(reports.map(({ machineMu, handMu, ...rest }) => rest)).toEqual([{ division: 'T1', operation: 'harvest', day: '2027-06-05' }]);
  expect(reports[0].machineMu).toBeGreaterThanOrEqual(300);
  expect(reports[0].machineMu).toBeLessThanOrEqual(308);
  expect(reports[0].handMu).toBeGreaterThan(1.3);
  expect(reports[0].handMu).toBeLessThan(2.3);
});

test('no town reports more than it planted, nor less than it has reported', async () => {
  const full = office({ measuredMu: 400, reportedMachineMu: 100, reportedHandMu: 1 }, 450);
  await full.clerks.reportAll(at('16:30'));
  expect(full.reports[0].machineMu + full.reports[0].handMu).toBeCloseTo(450, 0);
  const idle = office({ measuredMu: 0, reportedMachineMu: 120, reportedHandMu: 1 }, 450);
  await idle.clerks.reportAll(at('16:30'));
  expect(idle.reports).toEqual([]);
});
