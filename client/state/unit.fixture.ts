import type { LiveOperation, UnitNow } from '../../shared/progress.ts';

const operation = (own: Partial<LiveOperation>): LiveOperation => ({
  measuredMu: 0,
  reportedMachineMu: 0,
  reportedHandMu: 0,
  headlineMu: 0,
  progress: null,
  machineRate: null,
  todayMu: 0,
  expected: 0,
  lateBy: null,
  capped: false,
  forecast: null,
  harvestUnrecordedMu: 0,
  ...own,
});

/** A unit as the server sends it, with the figures that a test cares about. */
export const unitWith = (
  code: string,
  own: Partial<Omit<UnitNow, 'harvest' | 'sow'>> & { harvest?: Partial<LiveOperation> } = {},
): UnitNow => ({
  code,
  name: code,
  level: 'county',
  parent: '410100',
  plantedMu: 0,
  plannedMu: 0,
  terminalShare: null,
  machines: { registered: 0, online: 0, working: 0, inRepair: 0, available: 0 },
  ...own,
  harvest: operation(own.harvest ?? {}),
  sow: operation({}),
});
