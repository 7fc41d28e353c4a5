import { signal } from '@preact/signals';

/** A newer page waits to take over. */
export const update = signal<(() => void) | null>(null);

let isKept = false;

/**
 * Keeps the page on the phone, so that it opens without a network. The worker's scope is this page alone: the office's pages are never
 * served from a cache. Another page joins by calling this with a scope of its own, its chunks being named in vite.config.ts.
 */
export function keepShell(scope = '/cab'): void {
  if (isKept) return;
  isKept = true;
  const manifest = document.createElement('link');
  manifest.rel = 'manifest';
  manifest.href = '/manifest.webmanifest';
  document.head.append(manifest);
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('/sw.js', { scope }).then(watchUpdates, () => {
    // A page that is served without the built worker, as in development, works as long as there is a network.
  });
}

function watchUpdates(registration: ServiceWorkerRegistration): void {
  const offer = (waiting: ServiceWorker | null) => {
    if (!waiting || !navigator.serviceWorker.controller) return;
    update.value = () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage({ type: 'SKIP_WAITING' });
    };
  };
  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => installing.state === 'installed' && offer(registration.waiting));
  });
}
