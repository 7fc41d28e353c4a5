import { DateTime } from 'luxon';
import { ZONE } from '../../shared/season.ts';
import { cellText } from '../../shared/spreadsheet.ts';
import type { StoredEvent } from '../stores/audit.ts';

const HEADER = ['time', 'season time', 'person', 'role', 'account', 'from', 'action', 'object', 'before', 'after'];

const time = (at: number): string => DateTime.fromMillis(at, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');
const json = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
const cell = (text: string): string => `"${cellText(text).replaceAll('"', '""')}"`;

/** The events as a CSV file that a spreadsheet opens as UTF-8 and in which nothing runs as a formula. */
export function auditCsv(events: readonly StoredEvent[]): string {
  const lines = events.map(({ at, wallAt, who, from, action, object, before, after }) =>
    [time(wallAt), time(at), who.name, who.role, who.account ?? '', from ?? '', action, object, json(before), json(after)]
      .map(cell)
      .join(','),
  );
  return `\uFEFF${[HEADER.map(cell).join(','), ...lines].join('\r\n')}\r\n`;
}
