import { createHash } from 'node:crypto';
import { area } from '@turf/area';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  divisionSchema,
  fieldInputSchema,
  machineSchema,
  plannedAreaSchema,
  reportedSchema,
  stationSchema,
} from '../../shared/registry.ts';
import { cutOff, dayOf, dayStart, type Operation } from '../../shared/season.ts';
import { muOfM2 } from '../../shared/units.ts';
import { DEMO_SCALE, demoSeason, type SeasonPlan } from './demo-season.ts';

const plan = demoSeason({ year: 2027, scale: DEMO_SCALE, seed: 1 });
const fields = [...plan.fields()];
const areaMuOf = new Map(fields.map(field => [field.id, muOfM2(area(field.polygon))]));
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
const planted = sum(plan.plannedAreas.map(({ plantedMu }) => plantedMu));
const planned = sum(plan.plannedAreas.map(({ plannedMu }) => plannedMu));

function digest({ fields: each, outlines, ...rest }: SeasonPlan): string {
  const hash = createHash('sha256').update(JSON.stringify([rest, [...outlines]]));
  for (const field of each()) hash.update(JSON.stringify(field));
  return hash.digest('hex');
}

describe('the demonstration season', () => {
  it('is the same byte for byte with the same seed, and another with another', () => {
    const small = { year: 2027, scale: 1 / 400, seed: 7 };
    expect(digest(demoSeason(small))).toBe(digest(demoSeason(small)));
    expect(digest(demoSeason({ ...small, seed: 8 }))).not.toBe(digest(demoSeason(small)));
  });

  it('meets the contract', () => {
    z.array(divisionSchema).parse(plan.divisions);
    z.array(plannedAreaSchema).parse(plan.plannedAreas);
    z.array(machineSchema).parse(plan.machines);
    z.array(stationSchema).parse(plan.stations);
    z.array(reportedSchema).parse(plan.reported);
    z.array(fieldInputSchema).parse(fields);
  });

  it('has its own ids for fields, machines, stations, plates and divisions, and counts its fields', () => {
    expect(fields.length).toBe(plan.fieldCount);
    const lists = [fields.map(f => f.id), plan.machines.map(m => m.id), plan.machines.map(m => m.plate), plan.stations.map(s => s.name)];
    for (const list of [...lists, plan.divisions.map(d => d.code)]) expect(new Set(list).size).toBe(list.length);
  });

  it('plants 2.04 million mu × 1/20, and in each town what its fields measure', () => {
    expect(Math.abs(planted / 102_000 - 1)).toBeLessThan(0.002);
    const measured = new Map<string, number>();
    for (const { id, town } of fields) measured.set(town, (measured.get(town) ?? 0) + areaMuOf.get(id)!);
    const rows = plan.plannedAreas.filter(({ plantedMu }) => plantedMu > 0);
    expect(rows.map(row => row.division).sort()).toEqual([...measured.keys()].sort());
    for (const { division, plantedMu } of rows) {
      expect(plantedMu).toBeGreaterThanOrEqual(measured.get(division)! - 1e-6);
      expect(plantedMu - measured.get(division)!).toBeLessThan(0.1001);
    }
    expect(planned / planted).toBeGreaterThan(0.9);
    expect(planned / planted).toBeLessThan(1.05);
  });

  it('ripens from 28 May to 9 June, 中牟 in the east before 登封 in the western hills', () => {
    const dates = fields.map(({ ripeDate }) => ripeDate!).sort();
    expect([dates[0], dates.at(-1)]).toEqual(['2027-05-28', '2027-06-09']);
    const middle = (county: string): string => {
      const own = fields.filter(field => field.county === county).map(({ ripeDate }) => ripeDate!);
      return own.sort()[own.length >> 1]!;
    };
    expect(middle('410122') < '2027-06-02').toBe(true);
    expect(middle('410185') > '2027-06-04').toBe(true);
    const firstDay = new Map(plan.divisions.map(({ code, firstDay: first }) => [code, first?.harvest]));
    const spans = new Set(fields.map(({ town, ripeDate }) => `${firstDay.get(town)} ${ripeDate}`));
    const days = [...spans].map(span => span.split(' ').map(dayStart)).map(([first, ripe]) => (ripe! - first!) / 86_400_000);
    expect([Math.min(...days), Math.max(...days)]).toEqual([0, 2]);
  });
});

describe('what was done before 4 June', () => {
  const of = (operation: Operation): SeasonPlan['reported'] => plan.reported.filter(report => report.operation === operation);
  const total = (operation: Operation): number => sum(of(operation).map(({ machineMu, handMu }) => machineMu + handMu));

  it('is about 35 % of the cutting and 7 % of the sowing, nearly all by machine', () => {
    expect(total('harvest') / planted).toBeGreaterThan(0.32);
    expect(total('harvest') / planted).toBeLessThan(0.38);
    expect(total('sow') / planned).toBeGreaterThan(0.05);
    expect(total('sow') / planned).toBeLessThan(0.1);
    for (const { machineMu, handMu } of of('harvest')) expect(machineMu / (machineMu + handMu)).toBeGreaterThan(0.97);
  });

  it('is in each town what its fields that were cut before measure', () => {
    const cut = new Map<string, number>();
    for (const { id, town, reportedHarvested } of fields) if (reportedHarvested) cut.set(town, (cut.get(town) ?? 0) + areaMuOf.get(id)!);
    expect(
      of('harvest')
        .map(({ division }) => division)
        .sort(),
    ).toEqual([...cut.keys()].sort());
    for (const { division, machineMu, handMu } of of('harvest'))
      expect(Math.abs(machineMu + handMu - cut.get(division)!)).toBeLessThan(0.2);
  });

  it('was cut when it was ripe, and is sown only where all is cut', () => {
    const evening = cutOff('2027-06-03');
    const untimely = fields.filter(({ ripeDate, reportedHarvested: cut }) => cut && (dayOf(cut.at) < ripeDate! || cut.at > evening));
    expect(untimely).toEqual([]);
    const standing = new Set(fields.filter(field => !field.reportedHarvested).map(({ town }) => town));
    expect(of('sow').filter(({ division }) => standing.has(division))).toEqual([]);
  });
});
