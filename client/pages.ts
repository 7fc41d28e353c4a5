import { type Action, type Actor, permissions } from '../shared/permissions.ts';

/** The pages besides the map, each at an address of its own: who it is for follows from what its role may do. */
export const pages = {
  board: { path: '/board', needs: 'advice:read' },
  orders: { path: '/orders', needs: 'request:read' },
  weather: { path: '/weather', needs: 'forecast:read' },
  whatIf: { path: '/what-if', needs: 'advice:decide' },
  notices: { path: '/notices', needs: 'notice:write' },
  cab: { path: '/cab', needs: 'duty:write' },
  station: { path: '/station', needs: 'repair:write' },
  reception: { path: '/reception', needs: 'arrival:read' },
  report: { path: '/report', needs: 'reported:write' },
  bulletin: { path: '/bulletin', needs: 'bulletin:read' },
  setup: { path: '/setup', needs: 'season:write' },
  registry: { path: '/registry', needs: 'registry:read' },
  accounts: { path: '/accounts', needs: 'account:read' },
  terminals: { path: '/terminals', needs: 'terminal:write' },
  audit: { path: '/audit', needs: 'audit:read' },
  evidence: { path: '/evidence', needs: 'evidence:read' },
} as const satisfies Record<string, { path: string; needs: Action }>;
export type PageName = keyof typeof pages;
/** About one thing, which is opened from where it is seen: no place to go to by itself. */
const ofOneThing: ReadonlySet<PageName> = new Set(['evidence']);
export const pageNames = Object.keys(pages) as PageName[];

export const mayOpen = (actor: Actor, name: PageName): boolean => permissions[actor.role][pages[name].needs] !== 'none';
export const maySeeMap = (actor: Actor): boolean => permissions[actor.role]['view:read'] !== 'none';

/** The pages that this person may open, in the order of a dispatcher's day; a clerk's map is not part of the work. */
export function openPages(actor: Actor): { page: PageName | 'map'; path: string }[] {
  const others = pageNames.filter(page => mayOpen(actor, page) && !ofOneThing.has(page)).map(page => ({ page, path: pages[page].path }));
  return maySeeMap(actor) && actor.role !== 'clerk' ? [{ page: 'map', path: '/' }, ...others] : others;
}

/** Where a person begins the day; without a season, who may set one up begins there. */
export function homeOf(actor: Actor, hasSeason = true): string {
  if (!hasSeason && mayOpen(actor, 'setup')) return pages.setup.path;
  if (actor.role === 'operator') return pages.cab.path;
  if (actor.role === 'station') return pages.station.path;
  if (actor.role === 'clerk') return pages.report.path;
  return '/';
}

export const pageAt = (path: string): PageName | null => pageNames.find(name => pages[name].path === path) ?? null;
