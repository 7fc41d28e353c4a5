import { signal } from '@preact/signals';
import type { Role } from '../../shared/permissions.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from './http.ts';

export type Welcome = RouteOutput<'welcome'>;
export type Session = RouteOutput<'session'>;

export type Entrance =
  | { state: 'loading' }
  | { state: 'unreachable' }
  | { state: 'outside'; welcome: Welcome; ended: boolean }
  | { state: 'inside'; welcome: Welcome; session: Session };

/** Who this browser is to the server. */
export const entrance = signal<Entrance>({ state: 'loading' });

/** Pages that work on what they keep: who was last here goes on being so without a network. What is kept is no secret, and opens nothing. */
const keptPaths: readonly string[] = ['/reception', '/station'];
const PLACE = 'last-session';
type Inside = Pick<Extract<Entrance, { state: 'inside' }>, 'welcome' | 'session'>;

function remember(inside: Inside | null): void {
  if (!keptPaths.includes(location.pathname)) return;
  try {
    if (inside) localStorage.setItem(PLACE, JSON.stringify(inside));
    else localStorage.removeItem(PLACE);
  } catch {
    // A browser that forbids storage: then the page needs the network to open.
  }
}

function remembered(): Inside | null {
  if (!keptPaths.includes(location.pathname)) return null;
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? 'null') as Inside | null;
  } catch {
    return null;
  }
}

/** The session, or null for a visitor without one. */
async function currentSession(): Promise<Session | null> {
  try {
    return await ask('session');
  } catch (cause) {
    if (cause instanceof RequestFailed && cause.code === 'unauthenticated') return null;
    throw cause;
  }
}

export async function enter(ended = false): Promise<void> {
  try {
    const [welcome, session] = await Promise.all([ask('welcome'), currentSession()]);
    remember(session && { welcome, session });
    entrance.value = session === null ? { state: 'outside', welcome, ended } : { state: 'inside', welcome, session };
  } catch (cause) {
    if (!(cause instanceof RequestFailed)) throw cause;
    const last = cause.code === 'offline' ? remembered() : null;
    entrance.value = last ? { state: 'inside', ...last } : { state: 'unreachable' };
  }
}

export async function signInAs(role: Role): Promise<void> {
  await ask('demoSignIn', {}, { body: { role } });
  await enter();
}

export async function signIn(login: string, password: string): Promise<void> {
  await ask('signIn', {}, { body: { login, password } });
  await enter();
}

export async function signOut(): Promise<void> {
  await ask('signOut');
  localStorage.removeItem(PLACE);
  history.replaceState(null, '', location.pathname);
  await enter();
}
