import { useSignal } from '@preact/signals';
import { ask, RequestFailed } from '../connection/http.ts';
import { QrCode } from '../panels/qr-code.tsx';
import { type CardParts, Part } from './visit-card.tsx';
import { receptionWords } from './words.ts';

/** The code by which the operator's phone becomes the machine's, on the spot. */
export function PhonePart({ visit }: CardParts) {
  const text = receptionWords.value.phone;
  const link = useSignal<string | null>(null);
  const failed = useSignal(false);
  const make = async () => {
    failed.value = false;
    try {
      const { url, path } = await ask('enrolVisit', { id: visit.id });
      link.value = url ?? `${location.origin}${path}`;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = true;
    }
  };
  return (
    <Part name={text.title}>
      {link.value === null ? (
        <button type="button" class="button reception__wide" onClick={() => void make()}>
          {text.show}
        </button>
      ) : (
        <div class="reception__code">
          <QrCode text={link.value} label={text.label} />
          <p class="muted">{text.hint}</p>
        </div>
      )}
      {failed.value && (
        <p class="note note--late" role="alert">
          {text.failed}
        </p>
      )}
    </Part>
  );
}
