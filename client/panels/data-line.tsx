import { words } from '../language/language.ts';
import { timeWithSeconds } from '../state/format.ts';
import type { LinkState } from '../state/link-state.ts';

const SIGNS: Record<LinkState, string> = { connecting: '◌', live: '●', slow: '◐', lost: '✕' };

/** How old the picture is: always there, amber when the server is silent, red when it is gone. */
export function DataLine({ asOf, state, silentS }: { asOf: number | null; state: LinkState; silentS: number }) {
  const { line } = words.value;
  const what = { connecting: line.connecting, live: line.live, slow: line.slow(silentS), lost: line.lost }[state];
  return (
    <div class={`data-line data-line--${state}`} role="status" aria-live={state === 'lost' ? 'assertive' : 'off'}>
      <span aria-hidden="true">{SIGNS[state]}</span> {asOf !== null && `${line.asOf(timeWithSeconds(asOf))} · `}
      {what}
    </div>
  );
}
