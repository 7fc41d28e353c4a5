import { useSignal } from '@preact/signals';
import { lazy, Suspense } from 'preact/compat';
import type { HistoryKind } from '../../shared/history.ts';
import { permissions } from '../../shared/permissions.ts';
import { entrance } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import './history.css';
import { historyWords } from './words.ts';

/** Fetched when somebody looks: most never do. */
const PastChanges = lazy(() => import('./past-changes.tsx').then(module => ({ default: module.PastChanges })));

interface HistoryParts {
  kind: HistoryKind;
  id: string;
  /** Rises with each change of the record: the history is asked again. */
  stamp?: number | string;
}

/** What became of one record, folded away until it is asked for; nothing for a role that sees no history. */
export function History({ kind, id, stamp = 0 }: HistoryParts) {
  const isOpen = useSignal(false);
  const at = entrance.value;
  if (at.state !== 'inside' || permissions[at.session.role]['history:read'] === 'none') return null;
  return (
    <details
      class="history"
      onToggle={event => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{historyWords.value.title}</summary>
      {isOpen.value && (
        <Suspense fallback={<Quiet>{words.value.loading}</Quiet>}>
          <PastChanges key={`${kind} ${id} ${stamp}`} kind={kind} id={id} demo={at.session.demo} />
        </Suspense>
      )}
    </details>
  );
}
