import { useSignal } from '@preact/signals';
import type { BulletinDraft, BulletinSummary } from '../../shared/bulletin.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { shortDay, whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { count, mu, timeOfDay } from '../state/format.ts';
import { changeLine } from './change-line.ts';
import { IssueDialog } from './issue-dialog.tsx';
import { Outlets } from './outlets.tsx';
import { Paper } from './paper.tsx';
import { type PaperHead, paperHead, shownDraft, shownIssued } from './paper-head.ts';
import { type Edit, RemarksEditor } from './remarks-editor.tsx';
import { bulletinWords, paperWords } from './words.ts';

interface TodayParts {
  draft: BulletinDraft;
  reload: () => void;
  mayWrite: boolean;
  openDay: (day: string) => void;
  openMissing: () => void;
}

const headWords = () => ({ words: paperWords.value, phrases: bulletinWords.value, nameOf: nameOf as PaperHead['nameOf'] });

/** The day's bulletin: live while it is written, then as it was issued. */
export function TodayTab({ draft, reload, mayWrite, openDay, openMissing }: TodayParts) {
  const text = bulletinWords.value;
  const asking = useSignal(false);
  const busy = useSignal(false);
  const failed = useSignal<string | null>(null);
  const edit = useSignal<Edit | null>(null);
  const chosen = useSignal<number | null>(null);
  const latest = draft.issued[0];
  const isClean = latest !== undefined && draft.sinceIssue.length === 0 && edit.value === null;
  // Once issued the issued one is shown, until there is something to correct.
  const version = chosen.value ?? (isClean ? latest.version : 0);
  const { division, day } = draft;

  /** Rethrows: what could not be saved is not issued either. */
  const saveRemarks = async (onTopOf?: number): Promise<number> => {
    const writing = edit.value;
    if (writing === null) return draft.draft.version;
    try {
      const body = { division, day, version: onTopOf ?? writing.base, remarks: writing.remarks };
      const saved = await ask('saveRemarks', {}, { body });
      edit.value = null;
      reload();
      return saved.version;
    } catch (cause) {
      if (cause instanceof RequestFailed && cause.code === 'conflict') {
        edit.value = { ...writing, conflict: /: (.+) has saved/.exec(cause.message)?.[1] ?? '—' };
        reload();
      }
      throw cause;
    }
  };
  const attempt = async (work: () => Promise<unknown>) => {
    busy.value = true;
    failed.value = null;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = words.value.problems[cause.code];
    } finally {
      busy.value = false;
    }
  };
  const issue = (reason: string) =>
    attempt(async () => {
      const draftVersion = await saveRemarks();
      const body = { division, day, draftVersion, lastVersion: latest?.version ?? 0, ...(reason && { reason }) };
      const issued = await ask('issueBulletin', {}, { body });
      chosen.value = issued.version;
      asking.value = false;
      reload();
    });

  const shownNow = shownDraft(draft);
  const content = edit.value ? { ...draft.content, remarks: edit.value.remarks } : draft.content;
  return (
    <>
      <div class="bulletin__tools">
        <State draft={draft} openMissing={openMissing} />
        <div class="bulletin__buttons">
          {mayWrite && draft.isFinal && (!latest || draft.sinceIssue.length > 0 || edit.value !== null) && (
            <button
              type="button"
              class="button button--main"
              onClick={() => {
                asking.value = true;
              }}
            >
              {latest ? text.correct : text.issue}
            </button>
          )}
          {version === 0 ? (
            <Outlets shown={{ ...shownNow, content }} head={paperHead(shownNow, headWords())} />
          ) : (
            <OfVersion draft={draft} version={version}>
              {(shown, head) => <Outlets shown={shown} head={head} />}
            </OfVersion>
          )}
        </div>
        {failed.value && !asking.value && (
          <p class="note note--late" role="alert">
            {failed.value}
          </p>
        )}
        {draft.sinceIssue.length > 0 && <SinceIssue draft={draft} />}
        <Versions draft={draft} version={version} choose={chosenVersion => (chosen.value = chosenVersion)} />
      </div>
      {version === 0 ? (
        <Paper shown={{ ...shownNow, content }} head={paperHead(shownNow, headWords())} />
      ) : (
        <OfVersion draft={draft} version={version}>
          {(shown, head) => <Paper shown={shown} head={head} />}
        </OfVersion>
      )}
      {mayWrite ? (
        <RemarksEditor draft={draft} edit={edit} busy={busy.value} save={onTopOf => void attempt(() => saveRemarks(onTopOf))} />
      ) : (
        <p class="bulletin__side muted">{text.readOnly}</p>
      )}
      <History division={division} versions={draft.issued.length} asOf={draft.asOf} open={openDay} />
      {asking.value && (
        <IssueDialog
          draft={draft}
          busy={busy.value}
          failed={failed.value}
          issue={reason => void issue(reason)}
          close={() => {
            asking.value = false;
            failed.value = null;
          }}
        />
      )}
    </>
  );
}

function State({ draft, openMissing }: { draft: BulletinDraft; openMissing: () => void }) {
  const text = bulletinWords.value;
  const [latest] = draft.issued;
  const { missing, expected } = draft.reports;
  return (
    <p class="bulletin__state">
      {latest ? (
        <span class="chip chip--ahead">✓ {text.state.issued(latest.version, latest.author, timeOfDay(latest.issuedAt))}</span>
      ) : (
        <span class={`chip ${draft.isFinal ? 'chip--late' : ''}`}>
          {draft.isFinal ? `○ ${text.state.ready}` : text.state.notFinal(timeOfDay(draft.asOf))}
        </span>
      )}
      <button type="button" class="link" onClick={openMissing}>
        {text.missing(missing, expected)}
      </button>
    </p>
  );
}

const MOST_LATE = 10;

function SinceIssue({ draft }: { draft: BulletinDraft }) {
  const text = bulletinWords.value;
  return (
    <div class="note note--late" role="alert">
      <p>{text.sinceIssue(draft.sinceIssue.length)}</p>
      {draft.lateFixes.length > 0 && (
        <ul class="changes">
          {draft.lateFixes.slice(0, MOST_LATE).map(one => (
            <li key={`${one.field}${one.operation}${one.machine}${one.cutOff}`}>
              {text.lateFixes(one.plate, count(one.fixes), one.field, mu(one.beforeMu), mu(one.afterMu))}
            </li>
          ))}
          {draft.lateFixes.length > MOST_LATE && <li>{text.moreLate(count(draft.lateFixes.length - MOST_LATE))}</li>}
        </ul>
      )}
      <details>
        <summary>{text.showChanges}</summary>
        <Changes changes={draft.sinceIssue} />
      </details>
    </div>
  );
}

const Changes = ({ changes }: { changes: BulletinDraft['sinceIssue'] }) => (
  <ul class="changes">
    {changes.map(change => (
      <li key={`${change.code}${change.operation}${change.figure}`}>{changeLine(change, bulletinWords.value)}</li>
    ))}
  </ul>
);

function Versions({ draft, version, choose }: { draft: BulletinDraft; version: number; choose: (version: number) => void }) {
  const text = bulletinWords.value;
  if (draft.issued.length === 0) return null;
  return (
    <fieldset class="segments" aria-label={text.versions}>
      {[...draft.issued.map(issued => issued.version), 0].map(one => (
        <button key={one} type="button" aria-pressed={one === version} onClick={() => choose(one)}>
          {one === 0 ? text.draft : text.version(one)}
        </button>
      ))}
    </fieldset>
  );
}

function OfVersion({ draft, version, children }: OfVersionParts) {
  const answer = useAnswer('issuedBulletin', { division: draft.division, day: draft.day, version }).value;
  return (
    <Awaited answer={answer}>
      {bulletin => {
        const shown = shownIssued(bulletin);
        return children(shown, paperHead(shown, headWords()));
      }}
    </Awaited>
  );
}

interface OfVersionParts {
  draft: BulletinDraft;
  version: number;
  children: (shown: ReturnType<typeof shownIssued>, head: PaperHead) => preact.ComponentChild;
}

/** Everything that was ever issued for the unit. */
function History({ division, versions, asOf, open }: { division: string; versions: number; asOf: number; open: (day: string) => void }) {
  const text = bulletinWords.value;
  // A version more is a reason to ask again.
  const answer = useAnswer('issuedBulletins', { division, known: versions }).value;
  return (
    <section class="bulletin__side">
      <h2>{text.history}</h2>
      <Awaited answer={answer}>
        {({ bulletins }) =>
          bulletins.length === 0 ? (
            <p class="quiet">{text.historyEmpty}</p>
          ) : (
            <ul class="history">
              {bulletins.map(bulletin => (
                <Issued key={`${bulletin.day}${bulletin.version}`} bulletin={bulletin} asOf={asOf} open={open} />
              ))}
            </ul>
          )
        }
      </Awaited>
    </section>
  );
}

function Issued({ bulletin, asOf, open }: { bulletin: BulletinSummary; asOf: number; open: (day: string) => void }) {
  const text = bulletinWords.value;
  return (
    <li>
      <button type="button" class="link" onClick={() => open(bulletin.day)}>
        {shortDay(bulletin.day)} {text.version(bulletin.version)}
      </button>{' '}
      <span class="muted">
        {bulletin.author} · {whenText(bulletin.issuedAt, asOf)} · {bulletin.reason ?? text.first}
      </span>
      {bulletin.changes.length > 0 && (
        <details>
          <summary>{text.historyChanges(bulletin.changes.length)}</summary>
          <Changes changes={bulletin.changes} />
        </details>
      )}
    </li>
  );
}
