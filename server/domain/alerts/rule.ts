import type { Alert, AlertRule, AlertRuleSetting } from '../../../shared/alert.ts';
import type { AlertWorld } from './world.ts';

/** What a rule found: an alert before it is one. */
export interface Finding extends Pick<Alert, 'subject' | 'subjectName' | 'division' | 'lngLat' | 'values'> {
  /** It must have lasted so long before it is worth a word; absent: at once. */
  lastsMs?: number;
}

/** One rule: a file each, all of this shape. */
export interface Rule {
  rule: AlertRule;
  unit: AlertRuleSetting['unit'];
  /** What a season begins with. */
  usual: Pick<AlertRuleSetting, 'isOn' | 'limit' | 'escalateMin'>;
  /** The limit at which an alert that is open ends: an easier one, so that what hovers about the limit does not come and go. */
  easier(limit: number): number;
  find(world: AlertWorld, limit: number): Finding[];
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
