import { isDeepStrictEqual } from 'node:util';
import type { Field } from '../../../shared/registry.ts';
import type { Change } from '../audit-trail.ts';
import type { Registry } from '../registry.ts';
import type { Requests } from '../requests.ts';
import type { Judged } from './judged.ts';

/** What a file does to each record, for its history; asked before it is done, while what was is still known. */
export function changesOf({ change, requests }: Judged, known: { registry: Registry; requests: Requests }): Change[] {
  const { registry } = known;
  const stations = new Map(registry.stations.map(station => [station.id, station]));
  return [
    ...eachOf('machine', change.machines, ({ id }) => registry.machines.get(id) ?? null),
    ...eachOf('station', change.stations, ({ id }) => stations.get(id) ?? null),
    ...eachOf('request', requests, ({ id }) => known.requests.known(id)),
    ...fieldsOf(change.fields, registry),
  ];
}

interface Lists<T> {
  added: readonly T[];
  replaced: readonly T[];
}

const eachOf = <T extends { id: string }>(kind: string, lists: Lists<T> | undefined, before: (one: T) => unknown): Change[] => [
  ...(lists?.added ?? []).map(after => ({ object: `${kind}:${after.id}`, before: null, after })),
  ...(lists?.replaced ?? []).map(after => ({ object: `${kind}:${after.id}`, before: before(after), after })),
];

/** An outline is long: it is written down only where it changed. */
function fieldsOf(lists: Lists<Field> | undefined, registry: Registry): Change[] {
  const plain = ({ town, village, crop, ripeDate }: Pick<Field, 'town' | 'village' | 'crop' | 'ripeDate'>) => ({
    town,
    village,
    crop,
    ripeDate,
  });
  const added = (lists?.added ?? []).map(after => ({
    object: `field:${after.id}`,
    before: null,
    after: { ...plain(after), areaMu: after.areaMu },
  }));
  const replaced = (lists?.replaced ?? []).map(after => {
    const was = registry.fields.get(after.id);
    const isReshaped = was !== undefined && !isDeepStrictEqual(was.shape.polygon, after.polygon);
    return {
      object: `field:${after.id}`,
      before: was ? { ...plain(was), ...(isReshaped && { polygon: was.shape.polygon }) } : null,
      after: { ...plain(after), ...(isReshaped && { polygon: after.polygon, areaMu: after.areaMu }) },
    };
  });
  return [...added, ...replaced];
}
