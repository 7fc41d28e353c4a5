import { useSignal } from '@preact/signals';
import type { NewInvitation } from '../../shared/account.ts';
import { words } from '../language/language.ts';
import { copyText } from '../panels/copy-text.ts';
import { QrCode } from '../panels/qr-code.tsx';
import { timeNear } from '../state/format.ts';
import { accountWords } from './account-words.ts';
import { linkOf, linkWarnings } from './link.ts';
import { placeOf } from './place-name.ts';

/** The only sight of a new invitation: to scan, to send, to read out. */
export function NewLink({ made, publicUrl, onDone }: { made: NewInvitation; publicUrl: string | null; onDone: () => void }) {
  const text = accountWords.value;
  const { name, role, expiresAt } = made.invitation;
  const copied = useSignal<'no' | 'yes' | 'failed'>('no');
  const link = linkOf(made.path, publicUrl ?? location.origin);
  return (
    <div class="new-link">
      <p>{role === 'operator' ? text.operatorHint : text.readyHint}</p>
      {linkWarnings(link).map(warning => (
        <p key={warning} class="note note--late" role="alert">
          {text[warning]}
        </p>
      ))}
      <QrCode text={link} label={text.qrLabel} />
      <dl class="new-link__facts">
        <dt>{text.invitedPerson}</dt>
        <dd>
          <bdi>{[name, words.value.roles[role], placeOf(made.invitation)].filter(Boolean).join(' · ')}</bdi>
        </dd>
        <dt>{text.codeLabel}</dt>
        <dd class="new-link__code">{made.code}</dd>
        <dt>{text.linkLabel}</dt>
        <dd class="new-link__link">{link}</dd>
        <dt>{text.validUntil}</dt>
        <dd>{timeNear(expiresAt, Date.now())}</dd>
      </dl>
      <div class="form__buttons">
        <button
          type="button"
          class="button button--main"
          onClick={async () => {
            copied.value = (await copyText(link)) ? 'yes' : 'failed';
          }}
        >
          {copied.value === 'yes' ? `✓ ${text.copied}` : text.copy}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {text.done}
        </button>
        {copied.value === 'failed' && <span role="alert">{text.copyFailed}</span>}
      </div>
    </div>
  );
}
