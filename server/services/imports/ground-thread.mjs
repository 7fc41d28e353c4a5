// The thread's own code is TypeScript: tsx has to be taught to a thread anew.
import { register } from 'tsx/esm/api';

register();
await import('./ground-thread.ts');
