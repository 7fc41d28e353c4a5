import { expect, test } from 'vitest';
import type { RepairShown } from '../../shared/repair.ts';
import { Workshop, type WorkshopCalls } from './workshop.ts';

const HOUR = 3_600_000;

/** A server that keeps one repair. */
function serverWith(isTakenByOthers = false) {
  const said: object[] = [];
  const calls: WorkshopCalls = {
    call: async (machine, call) => {
      said.push({ machine, calledAt: call.calledAt, lngLat: call.lngLat });
      return { ...call, machine, plate: machine, startedAt: null, finishedAt: null, version: 1 } as RepairShown;
    },
    edit: async (repair, changes) => {
      said.push(changes);
      return isTakenByOthers ? null : { ...repair, ...changes, version: repair.version + 1 };
    },
    open: async () => [],
  };
  return { said, calls };
}
const settle = () => new Promise(resolve => setImmediate(resolve));

test('a machine that stands from 0 to 2 h is called for, begun on after 0.7 h, and done when it moves again', async () => {
  const { said, calls } = serverWith();
  const workshop = new Workshop(calls, 1, what => expect.fail(what));
  await workshop.breakDown({ machine: 'C1', from: 0, to: 2 * HOUR, lngLat: [113, 34] });
  for (const at of [0.6 * HOUR, 0.8 * HOUR, 1.9 * HOUR, 2.1 * HOUR, 3 * HOUR]) {
    workshop.tick(at);
    await settle();
  }
  expect(said).toEqual([
    { machine: 'C1', calledAt: 0, lngLat: [113, 34] },
    { startedAt: 0.7 * HOUR },
    { finishedAt: 2 * HOUR, parts: expect.any(String) },
  ]);
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
