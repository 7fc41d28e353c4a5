import type { LngLat } from '../../shared/registry.ts';
import { type Operation, operations } from '../../shared/season.ts';

/** What can be chosen by its id; not every page shows each of them. */
const things = ['machine', 'field', 'repair', 'order', 'request', 'alert', 'advice', 'station', 'candidate'] as const;
export type Thing = (typeof things)[number];

/** What the drawer shows. `machines` lists those of the unit, or of a count badge when ids were given along. */
export type Drawer =
  | { kind: Thing; id: string }
  | { kind: 'parts'; topic: PartsTopic }
  | { kind: 'forecast'; operation: Operation }
  /** Machines near a place on the map. */
  | { kind: 'nearest'; at: LngLat }
  | { kind: ListName };

/** Lists that can be opened; the last four are the board's own. */
const lists = ['fields', 'candidates', 'machines', 'repairs', 'alerts', 'requests', 'orders', 'advised'] as const;
export type ListName = (typeof lists)[number];

export const partsTopics = [...operations, 'machines', 'stages'] as const;
export type PartsTopic = Operation | 'machines' | 'stages';

/** Where the dispatcher is: the unit whose parts are listed (null: the topmost that may be seen), and what lies open beside the map. */
export interface Place {
  division: string | null;
  drawer: Drawer | null;
}

/** Shown by the board alone. */
const ofBoard: ReadonlySet<string> = new Set(['order', 'request', 'alert', 'advice', 'alerts', 'requests', 'orders', 'advised']);
export const isOfBoard = ({ drawer }: Place): boolean => drawer !== null && ofBoard.has(drawer.kind);

/** The address after `#`, so that the browser's own back and forward work and a place can be sent to a colleague. */
export function hashOf(place: Place): string {
  const { drawer } = place;
  const detail =
    drawer === null
      ? ''
      : 'id' in drawer
        ? `/${drawer.kind}/${drawer.id}`
        : 'topic' in drawer
          ? `/parts/${drawer.topic}`
          : 'operation' in drawer
            ? `/forecast/${drawer.operation}`
            : 'at' in drawer
              ? `/nearest/${drawer.at.map(degrees => degrees.toFixed(5)).join()}`
              : `/${drawer.kind}`;
  return `#/${place.division ?? ''}${detail}`;
}

export function placeOf(hash: string): Place {
  const [division = '', kind = '', detail = ''] = hash.replace(/^#\/?/, '').split('/');
  return { division: /^[0-9A-Za-z]{2,20}$/.test(division) ? division : null, drawer: drawerOf(kind, detail) };
}

function drawerOf(kind: string, detail: string): Drawer | null {
  const thing = things.find(name => name === kind);
  if (thing) return /^[\w-]{1,40}$/.test(detail) ? { kind: thing, id: detail } : null;
  const list = lists.find(name => name === kind);
  if (list) return { kind: list };
  if (kind === 'nearest') return nearestAt(detail);
  const operation = operations.find(name => name === detail);
  if (kind === 'forecast') return operation ? { kind, operation } : null;
  const topic = partsTopics.find(name => name === detail);
  return kind === 'parts' && topic ? { kind, topic } : null;
}

function nearestAt(detail: string): Drawer | null {
  const [lng, lat] = detail.split(',').map(Number);
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? { kind: 'nearest', at: [lng, lat] } : null;
}
