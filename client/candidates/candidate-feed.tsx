import { useEffect } from 'preact/hooks';
import { useAnswer } from '../connection/answer.ts';
import type { Desk } from '../state/desk.ts';

const EVERY_MS = 15_000;

/** Asks for what the map, the panel and the foot line show of candidate fields. */
export function CandidateFeed({ desk }: { desk: Desk }) {
  const answer = useAnswer('candidates', { division: desk.root }, EVERY_MS).value;
  const asked = desk.candidatesAsked.value;
  useEffect(() => {
    if (answer.state === 'ready') desk.candidates.value = answer.value.candidates;
  }, [answer]);
  useEffect(() => {
    if (asked > 0 && answer.state === 'ready') answer.reload();
  }, [asked]);
  return null;
}
