import { bayWords } from './bay-words.ts';
import type { StationDesk } from './station-desk.ts';

/** What was written down here for a machine whose repair was there already: where it went. */
export function JoinedNote({ desk }: { desk: StationDesk }) {
  const text = bayWords.value;
  const { joined } = desk.outgoing;
  return (
    <>
      {joined.value.map(({ from, into }) => (
        <p class="note" role="status" key={from}>
          <b>
            <bdi>{into.plate}</bdi>
          </b>{' '}
          {text.joined(into.stationName ?? '')}{' '}
          <button
            type="button"
            class="button"
            onClick={() => {
              joined.value = joined.value.filter(one => one.from !== from);
            }}
          >
            {text.seen}
          </button>
        </p>
      ))}
    </>
  );
}
