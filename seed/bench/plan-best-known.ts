import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Known {
  distance_only?: { distance: number };
  best_known_cost?: number;
  [hierarchical: string]: { distance?: number } | number | string | undefined;
}

/** The shortest distance known for each instance by its name in small letters, from `best-known.json`: that for distance alone first, then that for fewest machines. */
export function readBestKnown(folder: string): Map<string, number> {
  const path = join(folder, 'best-known.json');
  if (!existsSync(path)) return new Map();
  const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Known>;
  return new Map(
    Object.entries(all).flatMap(([name, known]) => distanceOf(known).map(distance => [name.toLowerCase(), distance] as const)),
  );
}

function distanceOf(known: Known): number[] {
  if (known.distance_only) return [known.distance_only.distance];
  if (known.best_known_cost !== undefined) return [known.best_known_cost];
  const hierarchical = Object.entries(known).find(([name]) => name.startsWith('hierarchical'))?.[1];
  return typeof hierarchical === 'object' && hierarchical.distance !== undefined ? [hierarchical.distance] : [];
}
