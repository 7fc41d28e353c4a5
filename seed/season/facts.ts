import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type LngLat, polygonSchema } from '../../shared/registry.ts';

/** The files of seed/data, read relative to this module so that it works from any folder. */
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8'));

const outlinesSchema = z.object({
  metadata: z.object({ source: z.string(), reviewNumber: z.string() }),
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), name: z.string(), nameEn: z.string(), areaKm2: z.number() }),
      geometry: polygonSchema,
    }),
  ),
});

const divisionsSchema = z.object({
  areas: z.record(z.string(), z.string()),
  towns: z.record(z.string(), z.object({ name: z.string(), area: z.string(), villages: z.array(z.string()) })),
});

const townPlacesSchema = z.object({ places: z.record(z.string(), z.tuple([z.number(), z.number()])) });

const placesSchema = z.object({ places: z.array(z.object({ name: z.string(), lng: z.number(), lat: z.number(), builtUpKm: z.number() })) });

export interface Outline {
  code: string;
  name: string;
  nameEn: string;
  areaKm2: number;
  polygon: z.infer<typeof polygonSchema>;
}

export interface OfficialTown {
  code: string;
  name: string;
  county: string;
  /** Names of its villages; a quarter without a village committee has none. */
  villages: string[];
  /** Where about it lies, to a few km: known for the towns that have fields. */
  place: LngLat | undefined;
}

export interface Facts {
  outlineSource: string;
  /** The city first, then its 12 statutory counties and districts by code. */
  outlines: Outline[];
  /** All county-level units of the official list, code → name. */
  units: Map<string, string>;
  towns: OfficialTown[];
  builtUp: { lng: number; lat: number; radiusM: number }[];
}

export const CITY = '410100';

export function readFacts(): Facts {
  const outlines = outlinesSchema.parse(read('outlines.geojson'));
  const divisions = divisionsSchema.parse(read('divisions.json'));
  const townPlaces = new Map(Object.entries(townPlacesSchema.parse(read('town-places.json')).places));
  const { places } = placesSchema.parse(read('places.json'));
  return {
    outlineSource: outlines.metadata.source,
    outlines: outlines.features.map(({ properties, geometry }) => ({ ...properties, polygon: geometry })),
    units: new Map(Object.entries(divisions.areas)),
    towns: Object.entries(divisions.towns).map(([code, { name, area, villages }]) => ({
      code,
      name,
      county: area,
      villages,
      place: townPlaces.get(code),
    })),
    builtUp: places.map(({ lng, lat, builtUpKm }) => ({ lng, lat, radiusM: builtUpKm * 1000 })),
  };
}
