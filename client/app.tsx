import type { ComponentType } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { entrance, type Session, type Welcome } from './connection/session.ts';
import { shareIn } from './evidence/address.ts';
import { words } from './language/language.ts';
import { homeOf, mayOpen, maySeeMap, type PageName, pageAt } from './pages.ts';
import { SignIn, Unreachable } from './views/sign-in.tsx';

export interface PageParts {
  welcome: Welcome;
  session: Session;
}

const path = location.pathname;
/** The map and all that belongs to it come as a chunk of their own, fetched while it is still being asked who is there. */
const map = path === '/' ? import('./views/dispatcher.tsx') : null;
const Dispatcher = lazy(async () => ({ default: (await (map ?? import('./views/dispatcher.tsx'))).Dispatcher }));
const Landing = lazy(() => import('./views/landing.tsx').then(module => ({ default: module.Landing })));
const Invite = lazy(() => import('./views/invite.tsx').then(module => ({ default: module.Invite })));
const Cab = lazy(() => import('./cab/cab.tsx').then(module => ({ default: module.Cab })));
const SharedEvidence = lazy(() => import('./evidence/shared-evidence.tsx').then(module => ({ default: module.SharedEvidence })));
const PermitCheck = lazy(() => import('./permit/permit-check.tsx').then(module => ({ default: module.PermitCheck })));
const Screen = lazy(() => import('./screen/screen.tsx').then(module => ({ default: module.Screen })));

const NoSeason = lazy(() => import('./views/no-season.tsx').then(module => ({ default: module.NoSeason })));

/** Before there is a season these have nothing to show. */
const needsSeason: ReadonlySet<PageName> = new Set(['orders', 'weather', 'whatIf', 'notices', 'report', 'bulletin']);

/** A chunk a page: nobody loads another's. */
const views: Record<Exclude<PageName, 'cab'>, ComponentType<PageParts>> = {
  board: lazy(() => import('./board/board.tsx').then(module => ({ default: module.Board }))),
  orders: lazy(() => import('./orders/orders.tsx').then(module => ({ default: module.Orders }))),
  weather: lazy(() => import('./weather/weather.tsx').then(module => ({ default: module.Weather }))),
  whatIf: lazy(() => import('./what-if/what-if.tsx').then(module => ({ default: module.WhatIf }))),
  notices: lazy(() => import('./notices/notices.tsx').then(module => ({ default: module.Notices }))),
  station: lazy(() => import('./station/station.tsx').then(module => ({ default: module.Station }))),
  reception: lazy(() => import('./reception/reception.tsx').then(module => ({ default: module.Reception }))),
  report: lazy(() => import('./report/report.tsx').then(module => ({ default: module.Report }))),
  bulletin: lazy(() => import('./bulletin/bulletin.tsx').then(module => ({ default: module.Bulletin }))),
  setup: lazy(() => import('./setup/setup.tsx').then(module => ({ default: module.Setup }))),
  registry: lazy(() => import('./registry/registry.tsx').then(module => ({ default: module.Registry }))),
  accounts: lazy(() => import('./accounts/accounts.tsx').then(module => ({ default: module.Accounts }))),
  terminals: lazy(() => import('./terminals/terminals.tsx').then(module => ({ default: module.Terminals }))),
  audit: lazy(() => import('./accounts/audit.tsx').then(module => ({ default: module.Audit }))),
  evidence: lazy(() => import('./evidence/evidence.tsx').then(module => ({ default: module.EvidencePage }))),
};

export function App() {
  return <Suspense fallback={<Waiting />}>{page()}</Suspense>;
}

const Waiting = () => <div class="waiting">{words.value.loading}</div>;

function page() {
  // These look after themselves: the cab works without a network, the others without a session.
  if (path === '/cab') return <Cab />;
  if (path === '/invite') return <Invite />;
  if (path === '/permit') return <PermitCheck />;
  if (path === '/screen') return <Screen />;
  const share = path === '/evidence' ? shareIn(location.hash) : null;
  if (share !== null) return <SharedEvidence token={share} />;
  const at = entrance.value;
  if (at.state === 'loading') return <Waiting />;
  if (at.state === 'unreachable') return <Unreachable />;
  if (at.state === 'outside') return <SignIn welcome={at.welcome} ended={at.ended} />;
  const { session, welcome } = at;
  const name = pageAt(path);
  if (name !== null && name !== 'cab' && mayOpen(session, name)) {
    if (welcome.season === null && needsSeason.has(name)) return <NoSeason session={session} page={name} />;
    const View = views[name];
    return <View welcome={welcome} session={session} />;
  }
  const home = homeOf(session, welcome.season !== null);
  if (path === '/' && home !== '/') {
    location.replace(home);
    return <Waiting />;
  }
  return maySeeMap(session) && path === '/' ? <Dispatcher welcome={welcome} session={session} /> : <Landing session={session} />;
}
