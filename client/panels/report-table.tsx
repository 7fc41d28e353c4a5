import type { RouteOutput } from '../../shared/rest.ts';
import { shortDay, whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu } from '../state/format.ts';
import { Quiet } from './message.tsx';

export interface Reports {
  reports: RouteOutput<'parts'>['reports'];
  /** None of its own, but units below have reported. */
  isBelow: boolean;
  now: number;
}

/** What clerks typed in: cumulative, with author, time and version. */
export function ReportTable({ reports, isBelow, now }: Reports) {
  const { parts: text } = words.value;
  if (reports.length === 0) return <Quiet>{isBelow ? text.reportsBelow : text.noReports}</Quiet>;
  return (
    <table class="grid">
      <thead>
        <tr>
          <th>{text.unit}</th>
          <th>{text.reportDay}</th>
          <th>{text.machineMu}</th>
          <th>{text.handMu}</th>
        </tr>
      </thead>
      <tbody>
        {reports.map(report => (
          <tr key={`${report.division}${report.day}${report.version}`}>
            <td>
              {report.name}
              <small>
                {report.author} · {whenText(report.at, now)}
                {report.version > 1 && ` · ${text.version(report.version)}`}
                {report.reason && ` · ${report.reason}`}
              </small>
            </td>
            <td>{shortDay(report.day)}</td>
            <td>{mu(report.machineMu)}</td>
            <td>{mu(report.handMu)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
