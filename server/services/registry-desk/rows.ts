import { createHash } from 'node:crypto';
import type { Permit } from '../../../shared/permit.ts';
import type { Machine, Station } from '../../../shared/registry.ts';
import type { RegistryRow } from '../../../shared/registry-list.ts';
import { dayOf } from '../../../shared/season.ts';
import type { StoredRequest } from '../../stores/requests.ts';
import { maskedPhone } from '../masked-phone.ts';

/** Who looks: what may be changed, and whose number may be seen, by unit. */
export interface RowView {
  mayEdit: (division: string) => boolean;
  mayCall: (division: string) => boolean;
}

const phoneFor = (phone: string, mayCall: boolean): string => (mayCall ? phone : maskedPhone(phone));

/** Made of what stands there: whoever writes it, by hand, from a file or at a station, makes another. */
export const versionOf = (record: Machine | Station): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(record)))
    .digest('base64url')
    .slice(0, 16);

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, ordered(member)]);
}

export function machineRow(machine: Machine, view: RowView): RegistryRow {
  const { id, plate, kind, drive, origin, division, operatorName, operatorPhone, hasTerminal } = machine;
  const last = machine.implements.at(-1);
  const phone = phoneFor(operatorPhone, view.mayCall(division));
  const work = { operation: last?.operation ?? 'none', workingWidthM: last?.workingWidthM ?? null };
  const cells = { plate, id, kind, drive, origin, division, operatorName, operatorPhone: phone, ...work, hasTerminal };
  return { id, version: versionOf(machine), cells, mayEdit: view.mayEdit(division) };
}

export function stationRow(station: Station, view: RowView): RegistryRow {
  const { id, name, division, location } = station;
  const cells = { name, id, division, lng: location[0], lat: location[1] };
  return { id, version: versionOf(station), cells, mayEdit: view.mayEdit(division) };
}

export function permitRow({ id, version, number, plate, holder, division, destination, from, to, state }: Permit): RegistryRow {
  return {
    id,
    version: String(version),
    cells: { number, plate, holder, division, destination, firstDay: from, lastDay: to, state },
    mayEdit: false,
  };
}

export function contractRow(request: StoredRequest, view: RowView): RegistryRow {
  const { id, version, contract, division, village, contactName, operation, areaMu, pricePerMu } = request;
  const contactPhone = phoneFor(request.contactPhone, view.mayCall(division));
  const days = { firstDay: dayOf(request.from), lastDay: dayOf(request.to) };
  const cells = { contract, division, village, contactName, contactPhone, operation, areaMu, pricePerMu, ...days };
  return { id, version: String(version), cells, mayEdit: false };
}

/** A list that is short enough to be held: those whose texts begin with `start`, in order. */
export function arranged(rows: RegistryRow[], { start, sort, desc }: { start: string; sort: string; desc: boolean }): RegistryRow[] {
  const wanted = start.toLowerCase();
  const found = rows.filter(({ cells }) =>
    Object.values(cells).some(value => typeof value === 'string' && value.toLowerCase().startsWith(wanted)),
  );
  const sign = desc ? -1 : 1;
  return found.sort((a, b) => sign * compared(a.cells[sort] ?? '', b.cells[sort] ?? '') || compared(a.id, b.id));
}

const compared = (a: string | number | boolean, b: string | number | boolean): number => (a === b ? 0 : a < b ? -1 : 1);
