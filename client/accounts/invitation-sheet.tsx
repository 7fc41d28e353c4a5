import type { RouteOutput } from '../../shared/rest.ts';
import { QrCode } from '../panels/qr-code.tsx';
import { timeNear } from '../state/format.ts';
import { accountWords } from './account-words.ts';
import './invitation-sheet.css';
import { linkOf, linkWarnings } from './link.ts';

export type Made = RouteOutput<'importOperators'>['invitations'];

/** The only sight of the links that were just made: a slip each, to be printed and cut apart. */
export function InvitationSheet({ made, publicUrl, onDone }: { made: Made; publicUrl: string | null; onDone: () => void }) {
  const text = accountWords.value;
  const base = publicUrl ?? location.origin;
  const now = Date.now();
  const { createdBy, createdAt, expiresAt } = made[0].invitation;
  return (
    <section class="slips">
      <header class="slips__head">
        <h2>{text.slips.title(made.length)}</h2>
        <p>{text.slips.until(timeNear(expiresAt, now))}</p>
        <p class="muted">{text.slips.source(createdBy, timeNear(createdAt, now))}</p>
        {linkWarnings(linkOf('/', base)).map(warning => (
          <p key={warning} class="note note--late slips__tool" role="alert">
            {text[warning]}
          </p>
        ))}
        <p class="slips__tool">
          <button type="button" class="button button--main" onClick={() => print()}>
            {text.slips.print}
          </button>{' '}
          <button type="button" class="button" onClick={onDone}>
            {text.done}
          </button>
        </p>
      </header>
      <ul class="slips__list">
        {made.map(({ invitation, code, path, phone }) => (
          <li key={invitation.id} class="slip">
            <QrCode text={linkOf(path, base)} label={text.qrLabel} size={150} />
            <div>
              <strong>{invitation.name}</strong>
              <p>
                <bdi>{invitation.plate}</bdi>
                {phone && ` · ${phone}`}
              </p>
              <p class="slip__code">{code}</p>
              <p class="slip__link">{linkOf(path.replace(/#.*/, ''), base)}</p>
              <p class="muted">{text.slips.how}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
