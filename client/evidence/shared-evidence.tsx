import { useEffect } from 'preact/hooks';
import { useLoaded } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { LanguageSwitch } from '../panels/language-switch.tsx';
import { Awaited } from '../panels/message.tsx';
import { SkinSwitch } from '../panels/skin-switch.tsx';
import '../style/office.css';
import './evidence.css';
import { Sheet } from './sheet.tsx';
import { stamp } from './stamp.ts';
import { evidenceWords } from './words.ts';

type Closed = 'revoked' | 'expired' | 'ended' | 'unknown';

/** Why a link does not open; null: for another reason than the link. */
function closedBy(cause: RequestFailed): Closed | null {
  if (cause.code === 'notFound') return 'unknown';
  return cause.code === 'forbidden' ? ((['revoked', 'expired', 'ended'] as const).find(each => each === cause.field) ?? null) : null;
}

async function open(token: string) {
  try {
    return { shared: await ask('sharedEvidence', {}, { body: { token } }), closed: null };
  } catch (cause) {
    const closed = cause instanceof RequestFailed ? closedBy(cause) : null;
    if (closed === null) throw cause;
    return { shared: null, closed };
  }
}

/** `/evidence#share=TOKEN`: one sheet for somebody without an account. */
export function SharedEvidence({ token }: { token: string }) {
  const text = evidenceWords.value;
  const answer = useLoaded(() => open(token), token).value;
  // Another address is another sheet, or one's own page.
  useEffect(() => {
    const again = () => location.reload();
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);
  return (
    <div class="office evidence-open">
      <header class="office__head">
        <a class="office__brand" href="/">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <strong>{words.value.productName}</strong>
        </a>
        <span class="evidence-open__switches">
          <LanguageSwitch />
          <SkinSwitch />
        </span>
      </header>
      <main class="office__main">
        <Awaited answer={answer}>
          {({ shared, closed }) =>
            shared === null ? (
              <p class="note note--late" role="alert">
                {text.shared[closed]}
              </p>
            ) : (
              <>
                <div class="office__title">
                  <h1>{text.title}</h1>
                  <span class="muted">{text.shared.until(stamp(shared.expiresAt))}</span>
                  <button type="button" class="button button--main" onClick={() => window.print()}>
                    {text.print}
                  </button>
                </div>
                <div class="evidence evidence--alone">
                  <Sheet evidence={shared.evidence} author={text.sharedBy(shared.author)} link={location.href} />
                </div>
              </>
            )
          }
        </Awaited>
      </main>
    </div>
  );
}
