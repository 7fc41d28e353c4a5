import type { RegistryRow } from '../../shared/registry-list.ts';
import { auditWords } from '../accounts/audit-words.ts';
import { registryWords } from './words.ts';

export type CellValue = RegistryRow['cells'][string];
const ofChoice = new Set(['kind', 'drive', 'origin', 'operation', 'state']);

/** What can be chosen, as the server names it. */
export const choicesOf: Record<string, readonly string[]> = {
  kind: ['combine', 'seeder', 'tractor'],
  drive: ['wheeled', 'tracked'],
  origin: ['home', 'crossRegion'],
  operation: ['harvest', 'sow', 'none'],
  hasTerminal: ['yes', 'no'],
};

export function cellText(column: string, value: CellValue, unitName: (code: string) => string): string {
  if (value === null || value === undefined) return '—';
  if (column === 'division') return unitName(String(value));
  if (typeof value === 'boolean') return value ? registryWords.value.yes : registryWords.value.no;
  if (value === 'yes' || value === 'no') return registryWords.value[value];
  if (value === 'none') return '—';
  return ofChoice.has(column) ? (auditWords.value.values[value] ?? String(value)) : String(value);
}
