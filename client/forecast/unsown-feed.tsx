import { useEffect } from 'preact/hooks';
import { useAnswer } from '../connection/answer.ts';
import type { Desk } from '../state/desk.ts';

const EVERY_MS = 20_000;

/** Asks for the fields of the unsown layer while it is shown. */
export function UnsownFeed({ division, desk }: { division: string; desk: Desk }) {
  const answer = useAnswer('chainFields', { division, late: 'true' }, EVERY_MS).value;
  useEffect(() => {
    desk.unsown.value = answer.state === 'ready' ? answer.value.fields : [];
  }, [answer]);
  useEffect(
    () => () => {
      desk.unsown.value = [];
    },
    [],
  );
  return null;
}
