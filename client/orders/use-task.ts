import { useSignal } from '@preact/signals';
import { RequestFailed } from '../connection/http.ts';

/** One thing that is being done: while it is, the buttons rest; when it is refused, that is kept for the page to say. */
export function useTask() {
  const isBusy = useSignal(false);
  const failed = useSignal<RequestFailed | null>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    if (isBusy.peek()) return;
    isBusy.value = true;
    failed.value = null;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, failed, run };
}
