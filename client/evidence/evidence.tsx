import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { permissions } from '../../shared/permissions.ts';
import { type Operation, operations } from '../../shared/season.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import type { Session } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { evidenceAddress, evidencePath, shareIn } from './address.ts';
import './evidence.css';
import { FindField } from './find-field.tsx';
import { SharePanel } from './share-panel.tsx';
import { Sheet } from './sheet.tsx';
import { evidenceWords } from './words.ts';

/** `/evidence#field=ID&operation=harvest`: the sheet of one field, for those who may see it. */
export function EvidencePage({ session }: PageParts) {
  const text = evidenceWords.value;
  const at = useSignal(evidenceAddress(location.hash));
  useEffect(() => {
    const follow = () => {
      // A link to a shared sheet is another page, without a session.
      if (shareIn(location.hash) !== null) location.reload();
      at.value = evidenceAddress(location.hash);
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [at]);
  const wanted = at.value;
  if (wanted === null)
    return (
      <OfficePage session={session} title={text.title}>
        <FindField session={session} />
      </OfficePage>
    );
  return <FieldSheet key={`${wanted.field} ${wanted.operation}`} session={session} {...wanted} />;
}

function FieldSheet({ session, field, operation }: { session: Session; field: string; operation: Operation }) {
  const text = evidenceWords.value;
  const answer = useAnswer('evidence', { id: field, operation }).value;
  /** Of a link that was made just now: its code goes onto the paper. */
  const made = useSignal<string | null>(null);
  const mayShare = permissions[session.role]['evidence:share'] !== 'none';
  const author = session.demo ? words.value.demoPerson(words.value.roles[session.role]) : session.name;
  const link = made.value ?? location.origin + evidencePath(field, operation);
  const tools = (
    <div class="evidence__tools">
      <nav class="evidence__operations" aria-label={text.title}>
        {operations.map(name => (
          <a key={name} class="evidence__operation" href={evidencePath(field, name)} aria-current={name === operation ? 'page' : undefined}>
            {text.operations[name]}
          </a>
        ))}
      </nav>
      {answer.state === 'ready' && (
        <>
          <button type="button" class="button" onClick={answer.reload}>
            {text.again}
          </button>
          <button type="button" class="button button--main" onClick={() => window.print()}>
            {text.print}
          </button>
        </>
      )}
    </div>
  );
  return (
    <OfficePage session={session} title={text.title} tools={tools}>
      <Awaited answer={answer}>
        {evidence => (
          <div class={`evidence ${mayShare ? '' : 'evidence--alone'}`}>
            <Sheet evidence={evidence} author={author} link={link} />
            {mayShare && <SharePanel field={field} operation={operation} made={made} />}
          </div>
        )}
      </Awaited>
    </OfficePage>
  );
}
