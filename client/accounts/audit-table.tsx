import { roles } from '../../shared/permissions.ts';
import type { RouteName } from '../../shared/rest.ts';
import { words } from '../language/language.ts';
import { monthAndDay, timeWithSeconds } from '../state/format.ts';
import { auditWords } from './audit-words.ts';
import { Changes } from './changes.tsx';
import type { AuditEvent } from './use-audit.ts';

const moment = (at: number): string => `${monthAndDay(at)} ${timeWithSeconds(at)}`;

/** One line an event, the newest first; in the demonstration with both clocks. */
export function AuditTable({ events, demo }: { events: readonly AuditEvent[]; demo: boolean }) {
  const text = auditWords.value;
  return (
    <table class="sheet audit">
      <thead>
        <tr>
          <th>{text.when}</th>
          <th>{text.person}</th>
          <th>{text.what}</th>
          <th>{text.changes}</th>
          <th>{text.from}</th>
        </tr>
      </thead>
      <tbody>
        {events.map(event => (
          <tr key={event.id}>
            <td data-label={text.when}>
              <div>
                {moment(event.wallAt)}
                {demo && <small>{text.seasonTime(moment(event.at))}</small>}
              </div>
            </td>
            <td data-label={text.person}>
              <div>
                {event.who.name || text.nobody}
                {event.who.name && <small>{words.value.roles[roles.find(role => role === event.who.role) ?? 'device']}</small>}
              </div>
            </td>
            <td data-label={text.what}>
              <div>
                <strong>{text.actions[event.action as RouteName] ?? event.action}</strong>
                <small class="audit__object" title={event.object}>
                  {objectName(event)}
                </small>
              </div>
            </td>
            <td data-label={text.changes}>
              <Changes before={event.before} after={event.after} />
            </td>
            <td data-label={text.from}>{event.from ?? text.program}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The beginning of a random id is enough to tell one from another; all of it is in the tooltip and in the file. */
const UUID = /^([0-9a-f]{8})-[0-9a-f-]{27}$/;

/** `field:F1` as 地块 F1; with its name where it has one. */
function objectName({ object, label }: AuditEvent): string {
  const at = object.indexOf(':');
  const kind = at < 0 ? object : object.slice(0, at);
  const id = at < 0 ? '' : object.slice(at + 1);
  return `${auditWords.value.kinds[kind] ?? kind} ${label ?? id.replace(UUID, '$1…')}`;
}
