import type { Alert } from '../../shared/alert.ts';
import type { Place } from '../state/route.ts';

/** Where on the map an alert is looked at. */
export function alertPlace({ subject, division }: Pick<Alert, 'subject' | 'division'>): Place {
  const [kind, id = ''] = subject.split(':');
  return { division, drawer: kind === 'machine' || kind === 'station' || kind === 'field' ? { kind, id } : null };
}
