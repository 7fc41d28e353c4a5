import type { AlertWorld, Seen, WatchedMachine, WatchedUnit } from './world.ts';

/** Midnight before 6 June 2027 in Zhengzhou, and a time of that day. */
export const TODAY = Date.UTC(2027, 5, 5, 16);
export const clock = (hours: number, minutes = 0): number => TODAY + (hours * 60 + minutes) * 60_000;

export const worldAt = (now: number, part: Partial<AlertWorld> = {}): AlertWorld => ({
  now,
  listensSince: 0,
  today: TODAY,
  season: { workableHours: { harvest: { from: 5.5, to: 20 }, sow: { from: 5.5, to: 20 } } },
  machines: [],
  units: [],
  stations: [],
  outboxes: [],
  visitors: [],
  objections: [],
  ...part,
});

export const seen = (part: Partial<Seen> = {}): Seen => ({
  lngLat: [113.4, 34.7],
  fixTime: clock(10),
  state: 'working',
  stateSince: clock(8),
  county: '410182',
  fieldCounty: null,
  ...part,
});
export const machine = (part: Partial<WatchedMachine> = {}): WatchedMachine => ({
  id: 'C1',
  plate: '豫A·00001',
  county: '410182',
  duty: { on: true, since: clock(6) },
  inRepair: false,
  operation: 'harvest',
  seen: seen(),
  sentTo: [],
  looksShifted: false,
  ...part,
});
export const unit = (part: Partial<WatchedUnit> = {}): WatchedUnit => ({
  code: '410182',
  name: '荥阳市',
  operation: 'harvest',
  chanceInTime: null,
  isWorkable: null,
  unsown: [],
  leftMu: 1000,
  ...part,
});
