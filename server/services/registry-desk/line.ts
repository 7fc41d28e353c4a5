import type { Machine, Station } from '../../../shared/registry.ts';

const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;

/** One record with its changes as a table of one line. */
export function lineOf(record: Machine | Station, changes: Record<string, string>): Uint8Array {
  const cells = { ...('location' in record ? ofStation(record) : ofMachine(record)), ...changes };
  const lines = [Object.keys(cells), Object.values(cells)].map(line => line.map(cell).join(','));
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

const ofStation = ({ id, name, division, location: [lng, lat] }: Station): Record<string, unknown> => ({ id, name, division, lng, lat });

/** What is not named stays as it is. */
function ofMachine({ id, plate, kind, division, operatorName, operatorPhone }: Machine): Record<string, unknown> {
  return { id, plate, kind, division, operatorName, operatorPhone };
}
