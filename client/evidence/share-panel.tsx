import { type Signal, useSignal } from '@preact/signals';
import { type EvidenceShare, shareDays } from '../../shared/evidence.ts';
import type { Operation } from '../../shared/season.ts';
import { linkWarnings } from '../accounts/link.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { copyText } from '../panels/copy-text.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { QrCode } from '../panels/qr-code.tsx';
import { stamp } from './stamp.ts';
import { evidenceWords } from './words.ts';

interface PanelParts {
  field: string;
  operation: Operation;
  /** The link that was made just now. */
  made: Signal<string | null>;
}

/** Links to this sheet: made, shown once, taken back. */
export function SharePanel({ field, operation, made }: PanelParts) {
  const text = evidenceWords.value.share;
  const answer = useAnswer('evidenceShares', { id: field, operation }).value;
  const days = useSignal<(typeof shareDays)[number]>(30);
  const failed = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const attempt = async (work: () => Promise<void>) => {
    failed.value = null;
    isBusy.value = true;
    try {
      await work();
      if (answer.state === 'ready') answer.reload();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = words.value.problems[cause.code];
    }
    isBusy.value = false;
  };
  const make = () =>
    attempt(async () => {
      const { path } = await ask('shareEvidence', { id: field }, { body: { operation, days: days.value } });
      made.value = location.origin + path;
    });
  const revoke = (id: string) => attempt(async () => void (await ask('revokeEvidenceShare', { id })));
  return (
    <aside class="evidence__share" aria-label={text.title}>
      <h3>{text.title}</h3>
      <p class="muted">{text.lead}</p>
      <div class="evidence__make">
        <label>
          {text.valid}{' '}
          <select
            class="select"
            value={days.value}
            onChange={event => {
              days.value = shareDays.find(each => `${each}` === event.currentTarget.value) ?? 30;
            }}
          >
            {shareDays.map(each => (
              <option key={each} value={each}>
                {text.days[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button button--main" disabled={isBusy.value} onClick={() => void make()}>
          {text.make}
        </button>
      </div>
      {failed.value && (
        <p class="note note--late" role="alert">
          {failed.value}
        </p>
      )}
      {made.value && <Made link={made.value} />}
      <Awaited answer={answer}>
        {({ shares }) =>
          shares.length === 0 ? (
            <Quiet>{text.empty}</Quiet>
          ) : (
            <ul class="evidence__shares">
              {shares.map(share => (
                <Share key={share.id} share={share} revoke={() => void revoke(share.id)} />
              ))}
            </ul>
          )
        }
      </Awaited>
    </aside>
  );
}

function Made({ link }: { link: string }) {
  const text = evidenceWords.value.share;
  const copied = useSignal<'no' | 'yes' | 'failed'>('no');
  return (
    <div class="evidence__made" role="status">
      <p>{text.once}</p>
      {linkWarnings(link).includes('loopback') && <p class="note note--late">{text.loopback}</p>}
      <QrCode text={link} label={evidenceWords.value.qr} size={160} />
      <input readOnly aria-label={text.title} value={link} onFocus={event => event.currentTarget.select()} />
      <button
        type="button"
        class="button"
        onClick={async () => {
          copied.value = (await copyText(link)) ? 'yes' : 'failed';
        }}
      >
        {copied.value === 'yes' ? `✓ ${text.copied}` : text.copy}
      </button>
      {copied.value === 'failed' && <p role="alert">{text.copyFailed}</p>}
    </div>
  );
}

function Share({ share, revoke }: { share: EvidenceShare; revoke: () => void }) {
  const text = evidenceWords.value.share;
  const { author, createdAt, expiresAt, revoked } = share;
  const isOver = expiresAt <= Date.now();
  return (
    <li>
      <span>{text.made(author, stamp(createdAt))}</span>
      {revoked ? (
        <span class="chip">{text.revoked(revoked.author, stamp(revoked.at))}</span>
      ) : isOver ? (
        <span class="chip">{text.expired(stamp(expiresAt))}</span>
      ) : (
        <>
          <span class="muted">{text.until(stamp(expiresAt))}</span>
          <button type="button" class="button" onClick={revoke}>
            {text.revoke}
          </button>
        </>
      )}
    </li>
  );
}
