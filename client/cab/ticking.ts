import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The time of this phone, once a second. */
export function useSecond(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return now.value;
}

/** True once nothing was touched for so long; `wake` ends it. */
export function useUntouched(afterMs: number, isWatched: boolean): { isUntouched: boolean; wake: () => void } {
  const isUntouched = useSignal(false);
  useEffect(() => {
    if (!isWatched) return;
    let timer: ReturnType<typeof setTimeout>;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isUntouched.value = true;
      }, afterMs);
    };
    touched();
    const events = ['pointerdown', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, touched);
    return () => {
      clearTimeout(timer);
      for (const name of events) window.removeEventListener(name, touched);
    };
  }, [isWatched, afterMs]);
  return {
    isUntouched: isWatched && isUntouched.value,
    wake: () => {
      isUntouched.value = false;
    },
  };
}
