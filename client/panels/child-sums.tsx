import type { UnitNow } from '../../shared/progress.ts';
import type { Operation } from '../../shared/season.ts';
import { goTo } from '../connection/address.ts';
import { nameOf, words } from '../language/language.ts';
import { mu } from '../state/format.ts';

/** The units that a figure is added up from, the largest first, and their sum. */
export function ChildSums({ units, operation }: { units: UnitNow[]; operation: Operation }) {
  const text = words.value;
  const byArea = [...units].sort((one, other) => other[operation].headlineMu - one[operation].headlineMu);
  return (
    <>
      <h3>{text.parts.children}</h3>
      <table class="grid">
        <thead>
          <tr>
            <th>{text.parts.unit}</th>
            <th>{text.measured}</th>
            <th>{text.reported}</th>
            <th>{text.parts.headline}</th>
          </tr>
        </thead>
        <tbody>
          {byArea.map(unit => (
            <tr key={unit.code}>
              <td>
                <button
                  type="button"
                  class="link"
                  onClick={() => goTo({ division: unit.code, drawer: { kind: 'parts', topic: operation } })}
                >
                  {nameOf(unit)}
                </button>
              </td>
              <td>{mu(unit[operation].measuredMu)}</td>
              <td>{mu(unit[operation].reportedMachineMu + unit[operation].reportedHandMu)}</td>
              <td>{mu(unit[operation].headlineMu)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{text.parts.total}</td>
            {(['measured', 'reported', 'headline'] as const).map(which => (
              <td key={which}>{mu(byArea.reduce((sum, unit) => sum + areaOf(unit, operation, which), 0))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </>
  );
}

const areaOf = (unit: UnitNow, operation: Operation, which: 'measured' | 'reported' | 'headline'): number => {
  const figures = unit[operation];
  return { measured: figures.measuredMu, reported: figures.reportedMachineMu + figures.reportedHandMu, headline: figures.headlineMu }[
    which
  ];
};
