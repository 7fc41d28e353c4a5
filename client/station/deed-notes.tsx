import { bayWords } from './bay-words.ts';
import type { Deed } from './kept-store.ts';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

/** Acts that the server does not have yet, and those that it refused with its sentence and the way out. */
export function DeedNotes({ desk, deeds }: { desk: StationDesk; deeds: readonly Deed[] }) {
  const text = bayWords.value;
  const refused = deeds.filter(deed => deed.refused !== null);
  const waiting = deeds.length - refused.length;
  return (
    <>
      {waiting > 0 && (
        <p class="queue__unsent">
          ◐ {text.pending} {waiting}
        </p>
      )}
      {refused.map(deed => (
        <div class="note note--late" role="alert" key={deed.id}>
          <p>
            {text.refused} {reasonOf(deed.refused ?? '')}
          </p>
          <button type="button" class="button" onClick={() => void desk.outgoing.discardDeed(deed.id)}>
            {text.drop}
          </button>
        </div>
      ))}
    </>
  );
}

/** The server's sentence begins with the field that is wrong. */
function reasonOf(message: string): string {
  const { fields, other } = stationWords.value.trouble;
  const field = message.split(':')[0];
  return field in fields ? fields[field as keyof typeof fields] : other;
}
