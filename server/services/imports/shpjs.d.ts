/** shpjs brings no types of its own: what is used of it. */
declare module 'shpjs' {
  /** A geometry for each record in degrees, null for one without; `prj` as proj4 understands it. */
  export function parseShp(shp: DataView, prj?: string): ({ type: string; coordinates: unknown } | null)[];
  export function parseDbf(dbf: DataView, encoding: string): Record<string, unknown>[];
}
