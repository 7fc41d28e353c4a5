import { lazy, Suspense } from 'preact/compat';
import { permissions } from '../shared/permissions.ts';
import { entrance } from './connection/session.ts';
import { words } from './language/language.ts';
import { SignIn, Unreachable } from './views/sign-in.tsx';

/** The map and all that belongs to it come as a chunk of their own, fetched while it is still being asked who is there. */
const dispatcher = import('./views/dispatcher.tsx').then(module => ({ default: module.Dispatcher }));
const Dispatcher = lazy(() => dispatcher);
const Landing = lazy(() => import('./views/landing.tsx').then(module => ({ default: module.Landing })));

export function App() {
  const at = entrance.value;
  const waiting = <div class="waiting">{words.value.loading}</div>;
  if (at.state === 'loading') return waiting;
  if (at.state === 'unreachable') return <Unreachable />;
  if (at.state === 'outside') return <SignIn welcome={at.welcome} ended={at.ended} />;
  const mayView = permissions[at.session.role]['view:read'] !== 'none';
  return (
    <Suspense fallback={waiting}>
      {mayView ? <Dispatcher welcome={at.welcome} session={at.session} /> : <Landing session={at.session} />}
    </Suspense>
  );
}
