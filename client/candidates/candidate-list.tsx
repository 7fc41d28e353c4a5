import type { CandidateShown } from '../../shared/candidate.ts';
import { openDrawer } from '../connection/address.ts';
import { whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { ListDrawer } from '../panels/list-drawer.tsx';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import { candidatesOf } from './candidates-of.ts';
import { candidateWords } from './words.ts';

/** The candidate fields of a unit that wait for somebody, the latest work first. */
export function CandidateList({ division, desk, now }: { division: string; desk: Desk; now: number }) {
  const text = candidateWords.value;
  const rows = candidatesOf(desk, division);
  const unit = desk.divisions.get(division);
  return (
    <ListDrawer
      title={text.listTitle(unit ? nameOf(unit) : division)}
      rows={rows ?? []}
      empty={text.none}
      progress={rows === null ? words.value.loading : undefined}
      fileName={`${text.file}-${division}`}
      build={async element =>
        (await import('../lists/grid.ts')).gridIn<CandidateShown>(element, {
          key: 'id',
          sortBy: 'townName',
          empty: words.value.lists.empty,
          onOpen: row => openDrawer({ kind: 'candidate', id: row.id }),
          columns: [
            { title: text.town, field: 'townName', print: row => row.townName ?? row.countyName },
            { title: text.village, field: 'village' },
            { title: text.operation, field: 'operation', print: row => words.value.operations[row.operation] },
            { title: text.area, field: 'areaMu', isNumber: true, print: row => words.value.area(mu(row.areaMu)) },
            { title: text.covered, field: 'coveredMu', isNumber: true, print: row => words.value.area(mu(row.coveredMu)) },
            { title: text.last, field: 'lastAt', isNumber: true, print: row => whenText(row.lastAt, now) },
          ],
        })
      }
    />
  );
}
