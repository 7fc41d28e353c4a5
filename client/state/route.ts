import { type Operation, operations } from '../../shared/season.ts';

/** What the drawer shows. `machines` lists those of the unit, or of a count badge when ids were given along. */
export type Drawer =
  | { kind: 'machine'; id: string }
  | { kind: 'field'; id: string }
  | { kind: 'repair'; id: string }
  | { kind: 'parts'; topic: PartsTopic }
  | { kind: 'fields' }
  | { kind: 'machines' }
  | { kind: 'repairs' };

export const partsTopics = [...operations, 'machines', 'stages'] as const;
export type PartsTopic = Operation | 'machines' | 'stages';

/** Where the dispatcher is: the unit whose parts are listed (null: the topmost that may be seen), and what lies open beside the map. */
export interface Place {
  division: string | null;
  drawer: Drawer | null;
}

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
          : `/${drawer.kind}`;
  return `#/${place.division ?? ''}${detail}`;
}

export function placeOf(hash: string): Place {
  const [division = '', kind = '', detail = ''] = hash.replace(/^#\/?/, '').split('/');
  return { division: /^[0-9A-Za-z]{2,20}$/.test(division) ? division : null, drawer: drawerOf(kind, detail) };
}

function drawerOf(kind: string, detail: string): Drawer | null {
  if ((kind === 'machine' || kind === 'field' || kind === 'repair') && /^[\w-]{1,40}$/.test(detail)) return { kind, id: detail };
  if (kind === 'fields' || kind === 'machines' || kind === 'repairs') return { kind };
  const topic = partsTopics.find(name => name === detail);
  return kind === 'parts' && topic ? { kind, topic } : null;
}
