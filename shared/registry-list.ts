import * as z from 'zod';
import { divisionCodeSchema } from './registry.ts';

/** The lists behind the work, as grids show them: a page at a time, however long the list is. */
export const registryLists = ['machines', 'operators', 'stations', 'permits', 'contracts'] as const;
export type RegistryList = (typeof registryLists)[number];

/** What a list shows of each record; the order is that of the columns. */
export const registryColumns = {
  machines: [
    ...['plate', 'id', 'kind', 'drive', 'origin', 'division'],
    ...['operatorName', 'operatorPhone', 'operation', 'workingWidthM', 'hasTerminal'],
  ],
  operators: ['operatorName', 'operatorPhone', 'plate', 'kind', 'division'],
  stations: ['name', 'id', 'division', 'lng', 'lat'],
  permits: ['number', 'plate', 'holder', 'division', 'destination', 'firstDay', 'lastDay', 'state'],
  contracts: ['contract', 'division', 'village', 'contactName', 'contactPhone', 'operation', 'areaMu', 'pricePerMu', 'firstDay', 'lastDay'],
} as const satisfies Record<RegistryList, readonly string[]>;

/** What can be changed in place; permits and contracts are changed where they are dealt with. */
export const registryEditable = {
  machines: ['plate', 'kind', 'drive', 'origin', 'division', 'operatorName', 'operatorPhone', 'operation', 'workingWidthM', 'hasTerminal'],
  operators: ['operatorName', 'operatorPhone'],
  stations: ['name', 'division', 'lng', 'lat'],
  permits: [],
  contracts: [],
} as const satisfies Record<RegistryList, readonly string[]>;

/** By which columns a list can be sorted: of machines only those that the database has an order of. */
export const registrySorts = {
  machines: ['plate', 'id', 'kind', 'division', 'operatorName', 'operatorPhone'],
  operators: ['operatorName', 'operatorPhone', 'plate', 'division'],
  stations: registryColumns.stations,
  permits: registryColumns.permits,
  contracts: registryColumns.contracts,
} as const satisfies Record<RegistryList, readonly string[]>;

export const registryRowSchema = z.object({
  id: z.string(),
  /** Of what stands there; an edit names it. */
  version: z.string(),
  cells: z.record(z.string(), z.string().or(z.number()).or(z.boolean()).nullable()),
  mayEdit: z.boolean(),
});
export type RegistryRow = z.infer<typeof registryRowSchema>;

export const registryFilterSchema = z.object({
  /** The beginning of a plate, number, name or phone. */
  q: z.string().trim().max(40).default(''),
  division: divisionCodeSchema.optional(),
  kind: z.enum(['combine', 'seeder', 'tractor']).optional(),
  sort: z.string().max(20).default(''),
  desc: z.enum(['true', 'false']).default('false'),
});
export type RegistryFilter = z.infer<typeof registryFilterSchema>;

export const REGISTRY_PAGE = 100;
/** A workbook is made in the page: more is a matter for CSV. */
export const MOST_EXPORTED = { csv: 300_000, xlsx: 50_000 } as const;
