import { readFileSync } from 'node:fs';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Machine } from '../../shared/registry.ts';
import { apportion } from './apportion.ts';
import { DEMO_SCALE, demoSeason } from './demo-season.ts';
import { demoMachines } from './machines.ts';

const plan = demoSeason({ year: 2027, scale: DEMO_SCALE, seed: 1 });
const share = (machines: readonly Machine[], has: (machine: Machine) => boolean): number => machines.filter(has).length / machines.length;

describe('divisions of the demonstration', () => {
  it('have one city, its 12 statutory counties and districts with outlines, and the four zones of the bulletins', () => {
    const counties = plan.divisions.filter(({ level }) => level === 'county');
    expect(plan.divisions.filter(({ level }) => level === 'city').map(({ code, name }) => `${code} ${name}`)).toEqual(['410100 郑州市']);
    expect(counties.filter(({ kind }) => kind === 'statutory').map(({ code }) => code)).toEqual([...plan.outlines.keys()].slice(1));
    expect(counties.filter(({ kind }) => kind === 'zone').map(({ name }) => name)).toEqual(['航空港区', '郑东新区', '经开区', '高新区']);
    expect(plan.outlineSource).toContain('GS(2024)0650');
  });

  it('know every reporting unit of the published bulletins', () => {
    const bulletins = JSON.parse(readFileSync(new URL('../data/bulletins.json', import.meta.url), 'utf8'));
    const { units } = z.object({ units: z.array(z.string()) }).parse(bulletins);
    const official = (unit: string): string => unit.replace(/\(.*\)/, '').replace('管城区', '管城回族区');
    const names = new Set(plan.divisions.filter(({ level }) => level === 'county').map(({ name }) => name));
    expect(units.map(official).filter(unit => !names.has(unit))).toEqual([]);
  });

  it('hang together: every parent is there, every town below a county', () => {
    const byCode = new Map(plan.divisions.map(division => [division.code, division]));
    for (const { code, level, parent } of plan.divisions) {
      if (level === 'city') expect(parent).toBeNull();
      else expect(byCode.get(parent!)?.level, code).toBe(level === 'town' ? 'county' : 'city');
    }
  });
});

describe('machines of the demonstration', () => {
  const carrying = plan.machines.filter(({ hasTerminal }) => hasTerminal);
  const of = (machines: readonly Machine[], kind: Machine['kind']): Machine[] => machines.filter(machine => machine.kind === kind);

  it('are 250 combines and 100 seeders with a terminal, 40 and 60 without', () => {
    expect([of(carrying, 'combine').length, of(carrying, 'seeder').length]).toEqual([250, 100]);
    expect([of(plan.machines, 'combine').length, of(plan.machines, 'seeder').length]).toEqual([290, 160]);
    expect(of(plan.machines, 'combine')[0]!.id).toBe('C0001');
    expect(of(plan.machines, 'seeder').at(-1)!.id).toBe('S0160');
  });

  it('come from other provinces to a quarter, and carry one implement each', () => {
    const combines = of(plan.machines, 'combine');
    expect(share(combines, ({ origin }) => origin === 'crossRegion')).toBeCloseTo(0.25, 1);
    for (const { plate, origin } of combines) expect(plate.startsWith('豫A')).toBe(origin === 'home');
    for (const { kind, implements: own } of plan.machines) {
      expect(own.map(({ operation }) => operation)).toEqual([kind === 'combine' ? 'harvest' : 'sow']);
      expect(own[0]!.workingWidthM).toBeGreaterThanOrEqual(2.2);
      expect(own[0]!.workingWidthM).toBeLessThanOrEqual(4.5);
    }
  });

  it('are spread like the wheat: 中牟 has a quarter of the combines', () => {
    expect(share(of(carrying, 'combine'), ({ division }) => division.startsWith('410122'))).toBeCloseTo(0.25, 1);
  });

  it('are 5,000 combines and 20,000 seeders in the full city', () => {
    const machines = demoMachines({ codes: ['410122101'], weights: [1] }, { year: 2027, scale: 1, seed: 1 });
    const full = machines.filter(({ hasTerminal }) => hasTerminal);
    expect([of(full, 'combine').length, of(full, 'seeder').length]).toEqual([5000, 20_000]);
  });
});

describe('service stations of the demonstration', () => {
  it('are 48, each named after its town and inside its county', () => {
    expect(plan.stations.length).toBe(48);
    for (const { name, division, location } of plan.stations) {
      expect(name).toBe(`${plan.divisions.find(({ code }) => code === division)!.name}三夏服务站`);
      expect(booleanPointInPolygon(location, plan.outlines.get(division.slice(0, 6))!)).toBe(true);
    }
  });
});

describe('apportion', () => {
  it('gives whole parts that add up, the largest remainders first', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(7, [5, 3, 0])).toEqual([4, 3, 0]);
    expect(() => apportion(3, [0, 0])).toThrow('weights that add up to 0');
  });
});
