import type { Alert } from '../../shared/alert.ts';
import type { Operation } from '../../shared/season.ts';
import { count, timeOfDay } from '../state/format.ts';
import type { AlertPhrases } from './alert-phrases.ts';

/** The name of a unit in the language shown, by its code. */
export type UnitName = (code: string) => string;

/** What an alert says after its subject: from its rule and figures alone. `text`: `alertWords.value`. */
export function alertSentence(text: AlertPhrases, { rule, division, values }: Alert, unitName: UnitName): string {
  const figure = (name: string): number => Number(values[name] ?? 0);
  const operation = text.operations[(values.operation as Operation | undefined) ?? 'harvest'];
  switch (rule) {
    case 'silent':
      return figure('machines') > 0
        ? text.silentMany(figure('machines'), operation, figure('minutes'))
        : text.silent(figure('minutes'), timeOfDay(figure('heardAt')));
    case 'idle':
      return figure('machines') > 0 ? text.idleMany(figure('machines'), operation, figure('minutes')) : text.idle(figure('minutes'));
    case 'outside':
      return values.there ? text.outside(unitName(division), unitName(String(values.there))) : text.outsideCity(unitName(division));
    case 'chance':
      return text.chance(operation, `${Math.round(100 * figure('chance'))}%`, count(figure('leftMu')));
    case 'unsown':
      return text.unsown(figure('limitH'), figure('fields'), count(figure('mu')), figure('oldestH'));
    case 'station':
      return text.station(figure('repairs'), figure('waiting')) + (figure('longestH') >= 1 ? text.longest(figure('longestH')) : '');
    case 'handedOver':
      return text.handedOver(String(values.station ?? ''), figure('minutes'));
    case 'twoDevices':
      return figure('km') >= 0.1 ? text.twoDevices(figure('devices'), figure('km')) : text.twoDevicesNear(figure('devices'));
    case 'shifted':
      return text.shifted;
    case 'objection':
      return text.objection(figure('objections'), figure('hours'));
  }
}

/** What it is about, as a person calls it; units in the language shown. */
export const alertSubject = ({ subject, subjectName, division }: Alert, unitName: UnitName): string =>
  subject.startsWith('division:') ? unitName(division) : subjectName;
