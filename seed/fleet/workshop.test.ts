import { expect, test } from 'vitest';
import type { RepairShown } from '../../shared/repair.ts';
import { Workshop, type WorkshopCalls } from './workshop.ts';

const HOUR = 3_600_000;

/** A server that keeps one repair. */
function serverWith(isTakenByOthers = false) {
  const said: object[] = [];
  const used: object[] = [];
  const calls: WorkshopCalls = {
    call: async (machine, call) => {
      said.push({ machine, calledAt: call.calledAt, lngLat: call.lngLat });
      const steps = [{ stage: 'called' as const, at: call.calledAt, by: '' }];
      return { ...call, fault: 'transmission', machine, plate: machine, station: 'S1', steps, version: 1 } as RepairShown;
    },
    edit: async (repair, { addSteps = [], ...rest }) => {
      said.push([addSteps[0].stage, addSteps[0].at / HOUR, rest]);
      const steps = [...repair.steps, ...addSteps.map(step => ({ ...step, by: '' }))];
      return isTakenByOthers ? null : { ...repair, ...rest, steps, version: repair.version + 1 };
    },
    use: async ({ station, part, quantity, repair, at }) => void used.push({ station, part, quantity, repair, at: at / HOUR }),
    open: async () => [],
  };
  return { said, used, calls };
}
const settle = () => new Promise(resolve => setImmediate(resolve));

test('a machine that stands for 10 h with a broken belt goes through every stage, takes two belts, and is tested when it moves again', async () => {
  const { said, used, calls } = serverWith();
  const workshop = new Workshop(calls, 1, what => expect.fail(what));
  await workshop.breakDown({ machine: 'C1', from: 0, to: 10 * HOUR, lngLat: [113, 34] });
  for (let at = 0; at <= 12 * HOUR; at += HOUR / 4) {
    workshop.tick(at);
    await settle();
  }
  expect(said).toEqual([
    { machine: 'C1', calledAt: 0, lngLat: [113, 34] },
    ['taken', 0.5, {}],
    ['onWay', 1, { team: '流动服务 1 队', mechanic: expect.stringMatching(/^演示技师 \d\d$/) }],
    ['diagnosing', 3.5, {}],
    ['waitingParts', 4.5, {}],
    ['diagnosing', 6, {}],
    // 55 % of 10 h, 80 yuan each.
    ['repaired', 9, { hours: 5.5, costYuan: 440, parts: '三角带 2 根' }],
    ['tested', 10, {}],
    ['closed', 11, {}],
  ]);
  expect(used).toEqual([{ station: 'S1', part: 'PD-17', quantity: 2, repair: expect.any(String), at: 9 }]);
});

test('a repair that somebody else took in hand is left alone', async () => {
  const { said, calls } = serverWith(true);
  const workshop = new Workshop(calls, 1, what => expect.fail(what));
  await workshop.breakDown({ machine: 'C1', from: 0, to: 2 * HOUR, lngLat: [113, 34] });
  for (const at of [HOUR, 3 * HOUR]) {
    workshop.tick(at);
    await settle();
  }
  expect(said.length).toBe(2);
});
