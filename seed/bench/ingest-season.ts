import type { SeasonPlan } from '../../server/services/season-load.ts';
import type { FieldInput, Machine } from '../../shared/registry.ts';
import { seasonOf } from '../../shared/season.ts';
import { divisionsOf } from '../season/divisions.ts';
import { readFacts } from '../season/facts.ts';
import { stripsOf } from './ingest-ground.ts';
import type { IngestSize } from './ingest-size.ts';
import { WIDTH_M } from './ingest-track.ts';

export const machineId = (machine: number): string => `M${machine}`;
/** Fixed, so that both runs send the same bytes; within a machine it only has to be new. */
export const OUTBOX = 'bench-outbox';

/** The real units and outlines, with the bench's own fields and machines shared out among the towns. */
export function benchSeason(size: IngestSize, year: number): SeasonPlan {
  const facts = readFacts();
  const perMachine = size.fields / size.machines;
  const townOf = (machine: number) => facts.towns[machine % facts.towns.length];
  const field = (machine: number, id: string, ring: FieldInput['polygon']['coordinates'][0]) => ({
    id,
    polygon: { type: 'Polygon' as const, coordinates: [ring] },
    town: townOf(machine).code,
    county: townOf(machine).county,
    village: '',
    crop: 'wheat',
    ripeDate: null,
    reportedHarvested: null,
  });
  return {
    season: seasonOf(year, false),
    divisions: divisionsOf(facts, new Map()),
    outlines: new Map(facts.outlines.map(({ code, polygon }) => [code, polygon])),
    outlineSource: facts.outlineSource,
    plannedAreas: [],
    stations: [],
    machines: Array.from({ length: size.machines }, (_, i) => machine(i, townOf(i).code)),
    reported: [],
    fieldCount: size.fields,
    *fields() {
      for (let i = 0; i < size.machines; i++) for (const { id, ring } of stripsOf(i, perMachine)) yield field(i, id, ring);
    },
  };
}

const machine = (i: number, division: string): Machine => ({
  id: machineId(i),
  kind: 'combine',
  plate: machineId(i),
  drive: 'wheeled',
  origin: 'home',
  division,
  operatorName: '',
  operatorPhone: '',
  hasTerminal: true,
  implements: [{ from: 0, operation: 'harvest', workingWidthM: WIDTH_M }],
});
