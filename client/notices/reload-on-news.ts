import { useEffect } from 'preact/hooks';
import type { Answer } from '../connection/answer.ts';

/** Asks again as soon as something is new, and shows what is there meanwhile. */
export function useReloadOnNews(answer: Answer<unknown>, count: number): void {
  useEffect(() => {
    if (answer.state === 'ready') answer.reload();
  }, [count]);
}
