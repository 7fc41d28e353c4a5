import { type Random, randomOf } from '../season/random.ts';
import { drawCountry, ripeMu, roadHours, roadKm, type Unit } from './country.ts';
import { drawFleet, type Machine } from './fleet.ts';
import { drawSeasonKind, type SeasonKind } from './season-kind.ts';
import { drawWeather, type Weather } from './weather.ts';

export interface MachineMove {
  machine: string;
  to: number;
}

/** What clerks and terminals know of a day in one unit. */
export interface DayReport {
  cutMu: number;
  sownMu: number;
  machines: number;
  seeders: number;
  rainMm: number;
}

export const LONGEST_DAYS = 45;
const [OPENS, CLOSES] = [6, 20];
const SEEDER_MU_PER_H = 1.6;
/** What the topsoil holds over its working state; more runs off. */
const FULL_MM = 12;

interface Ground {
  cutMu: number;
  sownMu: number;
  moistureMm: number;
  seeders: number;
}

/**
 * A season hour by hour: fronts ripen the fields of each unit, single machines cut what is ripe, break, wait for a bay, come and go; seeders
 * follow. It knows nothing of forecasts, and shares no formula with them. Rain and breakdowns are streams of their own.
 */
export class Season {
  readonly kind: SeasonKind;
  readonly units: Unit[];
  readonly weather: Weather;
  readonly machines: Machine[];
  /** Days that are over. */
  day = 0;
  roadKm = 0;
  /** Reports by unit and day. */
  readonly reports: DayReport[][];
  private readonly ground: Ground[];
  private readonly faults: Random;

  constructor(seed: string) {
    const stream = (name: string) => randomOf(seed, name);
    this.kind = drawSeasonKind(stream('kind'));
    this.units = drawCountry(this.kind, stream('country'));
    this.weather = drawWeather(this.kind, LONGEST_DAYS, stream('weather'));
    this.machines = drawFleet(this.kind, this.units, stream('fleet'));
    this.faults = stream('faults');
    this.reports = this.units.map(() => []);
    const sowing = stream('sowing');
    this.ground = this.units.map(({ plantedMu }) => ({
      cutMu: 0,
      sownMu: 0,
      moistureMm: 0,
      seeders: Math.max(1, Math.round((plantedMu / (SEEDER_MU_PER_H * 10 * 9)) * Math.exp(0.35 * sowing.normal() + 0.1))),
    }));
  }

  cutMu = (unit: number): number => this.ground[unit].cutMu;
  sownMu = (unit: number): number => this.ground[unit].sownMu;
  sowMu = (unit: number): number => this.units[unit].plantedMu + this.units[unit].fallowMu;

  isPresent = (machine: Machine): boolean => machine.arrivalDay <= this.day && this.day < machine.departureDay;

  get isCut(): boolean {
    return this.units.every(({ plantedMu }, unit) => this.ground[unit].cutMu >= plantedMu - 0.01);
  }
  get isSown(): boolean {
    return this.units.every((_, unit) => this.ground[unit].sownMu >= this.sowMu(unit) - 0.01);
  }

  /** One day, from the evening before: the moves start at six in the morning. */
  advance(moves: readonly MachineMove[] = []): void {
    for (const { machine, to } of moves) this.send(machine, to);
    const worked = this.units.map(() => new Set<string>());
    const before = this.ground.map(({ cutMu, sownMu }) => ({ cutMu, sownMu }));
    for (let hour = 0; hour < 24; hour++) this.hour(hour, worked);
    for (const [unit, { cutMu, sownMu, seeders }] of this.ground.entries()) {
      const present = this.machines.filter(machine => machine.unit === unit && this.isPresent(machine)).length;
      this.reports[unit].push({
        cutMu,
        sownMu,
        machines: this.kind.countsWorking ? worked[unit].size : present,
        seeders: this.kind.countsWorking && sownMu === before[unit].sownMu ? 0 : seeders,
        rainMm: this.weather.rainOf(unit, this.day),
      });
    }
    this.lendSeeders(before.map(({ sownMu }) => sownMu));
    this.day++;
  }

  /** Seeders that stood idle all day: a quarter of them goes where most ground waits for each. */
  private lendSeeders(sownBefore: readonly number[]): void {
    const openMu = this.ground.map(({ cutMu, sownMu }, unit) => Math.min(this.sowMu(unit), cutMu + this.fallowReadyMu(unit)) - sownMu);
    for (const [unit, ground] of this.ground.entries()) {
      if (ground.sownMu > sownBefore[unit] + ground.seeders * SEEDER_MU_PER_H || openMu[unit] > 1) continue;
      const neediest = openMu.reduce(
        (best, mu, at) => (mu / this.ground[at].seeders > openMu[best] / this.ground[best].seeders ? at : best),
        0,
      );
      const lent = neediest === unit ? 0 : Math.floor(ground.seeders / 4);
      ground.seeders -= lent;
      this.ground[neediest].seeders += lent;
    }
  }

  private send(id: string, to: number): void {
    const machine = this.machines.find(one => one.id === id);
    if (!machine || machine.unit === to || !this.isPresent(machine)) throw new Error(`${id} cannot be sent to ${to} on day ${this.day}`);
    const km = roadKm(this.units[machine.unit], this.units[to]);
    this.roadKm += km;
    machine.roadHours += roadHours(km);
    machine.unit = to;
  }

  private hour(hour: number, worked: readonly Set<string>[]): void {
    const isDay = hour >= OPENS && hour < CLOSES;
    for (const [unit, ground] of this.ground.entries()) {
      const drying = isDay ? this.kind.dryingMm / (CLOSES - OPENS) : 0;
      ground.moistureMm = Math.min(FULL_MM, Math.max(0, ground.moistureMm - drying) + this.weather.rainAt(unit, this.day, hour));
      const crew = this.machines.filter(machine => machine.unit === unit && this.isPresent(machine));
      if (isDay) {
        this.cut(unit, hour, { crew, worked: worked[unit] });
        this.sow(unit, hour);
      }
      this.repair(crew);
    }
    if (isDay) for (const machine of this.machines) machine.roadHours = Math.max(0, machine.roadHours - 1);
  }

  /** Machines share what is ripe: the less there is for each, the more of the hour goes into finding it. */
  private cut(unit: number, hour: number, { crew, worked }: { crew: readonly Machine[]; worked: Set<string> }): void {
    const ground = this.ground[unit];
    const openMu = Math.max(0, ripeMu(this.units[unit], this.day + hour / 24) - ground.cutMu);
    const isRaining = this.weather.rainAt(unit, this.day, hour) > 0.1;
    const hasDew = hour < 8;
    const able = crew.filter(
      ({ roadHours, repairHours, kind }) =>
        roadHours <= 0 && repairHours <= 0 && !isRaining && ground.moistureMm < this.kind.standsAtMm * (kind === 'tracked' ? 1.7 : 1),
    );
    if (able.length === 0 || openMu <= 0) return;
    const sunny = (hasDew ? 0.4 : 1) * (hour >= 18 ? 0.8 : 1);
    const wishMu = sunny * able.reduce((sum, { muPerH }) => sum + muPerH, 0);
    const foundMu = (wishMu * openMu) / (openMu + wishMu * this.kind.searchHours);
    // The last fields are single ones: what is less than an hour's work for one machine is simply cut.
    ground.cutMu += Math.min(openMu, Math.max(foundMu, able[0].muPerH * 0.5));
    for (const machine of able) {
      worked.add(machine.id);
      if (this.faults.next() < this.kind.faultsPerH) machine.repairHours = 1 + 5 * -Math.log(1 - this.faults.next());
    }
  }

  /** Bays serve those that came first; the others wait. */
  private repair(crew: readonly Machine[]): void {
    const broken = crew.filter(({ repairHours }) => repairHours > 0).slice(0, this.kind.repairBays);
    for (const machine of broken) machine.repairHours -= 1;
  }

  /** Fallow ground is made ready bit by bit, most of it while the wheat is cut. */
  private fallowReadyMu(unit: number): number {
    return this.units[unit].fallowMu * Math.min(1, this.day / (this.units[unit].ripeDay + 6));
  }

  private sow(unit: number, hour: number): void {
    const ground = this.ground[unit];
    const openMu = Math.max(0, Math.min(this.sowMu(unit), ground.cutMu + this.fallowReadyMu(unit)) - ground.sownMu);
    if (openMu <= 0 || ground.moistureMm > 1.5 * this.kind.standsAtMm || hour >= 19) return;
    const wishMu = ground.seeders * SEEDER_MU_PER_H;
    const foundMu = (wishMu * openMu) / (openMu + 0.7 * wishMu * this.kind.searchHours);
    ground.sownMu += Math.min(openMu, Math.max(foundMu, 0.8));
  }
}
