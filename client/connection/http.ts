import type { Problem, ProblemCode } from '../../shared/reply.ts';
import type { RouteName, RouteOutput, routes } from '../../shared/rest.ts';

/** The routes that the pages use, checked against the contract by the compiler without its schemas being shipped. */
const calls = {
  welcome: ['get', '/welcome'],
  session: ['get', '/session'],
  demoSignIn: ['post', '/demo/sign-in'],
  signOut: ['delete', '/session'],
  signIn: ['post', '/session'],
  lookInvitation: ['post', '/invitations/look'],
  acceptInvitation: ['post', '/invitations/accept'],
  accounts: ['get', '/accounts'],
  invite: ['post', '/invitations'],
  revokeInvitation: ['delete', '/invitations/:id'],
  editAccount: ['put', '/accounts/:id'],
  disableAccount: ['post', '/accounts/:id/disable'],
  enableAccount: ['post', '/accounts/:id/enable'],
  signOutEverywhere: ['post', '/accounts/:id/sign-out'],
  audit: ['get', '/audit'],
  history: ['get', '/history/:kind/:id'],
  registryPage: ['get', '/registry/:list'],
  editRegistry: ['put', '/registry/:list/:id'],
  importRegistry: ['post', '/registry/:list/imports'],
  importOperators: ['post', '/invitations/table'],
  resetAccount: ['post', '/accounts/:id/reset'],
  newDemoSeason: ['post', '/demo/new-season'],
  places: ['get', '/places'],
  fieldTile: ['get', '/tiles/:x/:y'],
  field: ['get', '/fields/:id'],
  fields: ['get', '/fields'],
  createField: ['post', '/fields'],
  editField: ['put', '/fields/:id'],
  splitField: ['post', '/fields/:id/split'],
  mergeFields: ['post', '/fields/merge'],
  candidates: ['get', '/candidates'],
  candidate: ['get', '/candidates/:id'],
  shapeCandidate: ['put', '/candidates/:id'],
  confirmCandidate: ['post', '/candidates/:id/confirm'],
  discardCandidate: ['post', '/candidates/:id/discard'],
  reopenCandidate: ['post', '/candidates/:id/reopen'],
  mergeCandidates: ['post', '/candidates/merge'],
  enlargeField: ['post', '/candidates/:id/enlarge'],
  machine: ['get', '/machines/:id'],
  trail: ['get', '/machines/:id/trail'],
  search: ['get', '/search'],
  repairDesk: ['get', '/repairs/desk'],
  listRepairs: ['get', '/repairs'],
  repair: ['get', '/repairs/:id'],
  logRepair: ['post', '/repairs'],
  editRepair: ['put', '/repairs/:id'],
  fuelList: ['get', '/fuel'],
  fuel: ['get', '/fuel/:id'],
  logFuel: ['post', '/fuel'],
  editFuel: ['put', '/fuel/:id'],
  stock: ['get', '/stock'],
  moveStock: ['post', '/stock/movements'],
  putPart: ['put', '/stock/part'],
  sendStock: ['post', '/stock/transfers'],
  receiveStock: ['post', '/stock/transfers/:id/receive'],
  importStock: ['post', '/stock/table'],
  stationLoads: ['get', '/stations/loads'],
  repairChoices: ['get', '/repairs/:id/choices'],
  machineChoices: ['get', '/machines/:id/choices'],
  machineRepairs: ['get', '/machines/:id/repairs'],
  teams: ['get', '/teams'],
  putTeam: ['put', '/teams'],
  maintenance: ['get', '/maintenance'],
  tickMaintenance: ['post', '/maintenance'],
  addPhoto: ['post', '/repairs/:id/photos'],
  removePhoto: ['delete', '/repairs/:id/photos/:photo'],
  parts: ['get', '/progress/parts'],
  reported: ['post', '/reported'],
  reportForm: ['get', '/reported/form'],
  reportBoard: ['get', '/reported/board'],
  remind: ['post', '/reported/reminders'],
  seeReminders: ['post', '/reported/reminders/seen'],
  bulletinDraft: ['get', '/bulletins/draft'],
  saveRemarks: ['put', '/bulletins/draft'],
  issueBulletin: ['post', '/bulletins'],
  issuedBulletins: ['get', '/bulletins'],
  bulletinWeek: ['get', '/bulletins/week'],
  screens: ['get', '/screens'],
  createScreen: ['post', '/screens'],
  revokeScreen: ['delete', '/screens/:id'],
  issuedBulletin: ['get', '/bulletins/:division/:day/:version'],
  setup: ['get', '/setup'],
  createSeason: ['post', '/seasons'],
  editSeason: ['put', '/seasons/:year'],
  closeSeason: ['post', '/seasons/:year/close'],
  sealedSeason: ['get', '/seasons/:year/sealed'],
  importFile: ['post', '/imports/:kind'],
  reception: ['get', '/reception'],
  recordVisit: ['post', '/reception/entries'],
  visit: ['get', '/reception/visits/:id'],
  enrolVisit: ['post', '/reception/visits/:id/enrol'],
  visitWork: ['get', '/reception/visits/:id/work'],
  giveVisitWork: ['post', '/reception/visits/:id/work'],
  importReception: ['post', '/reception/imports/:list'],
  permits: ['get', '/permits'],
  applyPermit: ['post', '/permits'],
  issuePermit: ['post', '/permits/:id/issue'],
  endPermit: ['post', '/permits/:id/end'],
  checkPermit: ['post', '/permits/check'],
  accidents: ['get', '/accidents'],
  putAccident: ['put', '/accidents/:id'],
  register: ['get', '/registers/:register'],
  recomputations: ['get', '/recomputations'],
  recompute: ['post', '/recomputations'],
  adoptRecomputation: ['post', '/recomputations/:id/adopt'],
  forecast: ['get', '/forecasts'],
  replay: ['get', '/forecasts/replay'],
  beforeRain: ['get', '/forecasts/before-rain'],
  rain: ['get', '/rain'],
  putRain: ['put', '/rain'],
  chain: ['get', '/chain'],
  chainFields: ['get', '/chain/fields'],
  cab: ['get', '/cab'],
  cabToken: ['post', '/cab/token'],
  cabConsent: ['post', '/cab/consent'],
  switchDuty: ['post', '/cab/duty'],
  reportGap: ['post', '/cab/gaps'],
  inbox: ['get', '/cab/inbox'],
  readNotice: ['post', '/cab/notices/:id/read'],
  callRepair: ['post', '/repairs/call'],
  notices: ['get', '/notices'],
  noticeAudience: ['get', '/notices/audience'],
  sendNotice: ['post', '/notices'],
  withdrawNotice: ['delete', '/notices/:id'],
  alerts: ['get', '/alerts'],
  acknowledgeAlert: ['post', '/alerts/:id/acknowledge'],
  alertRules: ['get', '/alert-rules'],
  putAlertRule: ['put', '/alert-rules/:rule'],
  webhook: ['get', '/webhook'],
  putWebhook: ['put', '/webhook'],
  tryWebhook: ['post', '/webhook/try'],
  terminals: ['get', '/terminals'],
  enrolTerminal: ['post', '/terminals'],
  removeTerminal: ['delete', '/terminals/:number'],
  requests: ['get', '/requests'],
  requestPlaces: ['get', '/requests/places'],
  request: ['get', '/requests/:id'],
  putRequest: ['put', '/requests/:id'],
  cancelRequest: ['post', '/requests/:id/cancel'],
  orders: ['get', '/orders'],
  order: ['get', '/orders/:id'],
  offerOrders: ['post', '/orders'],
  withdrawOrder: ['post', '/orders/:id/withdraw'],
  settleOrder: ['post', '/orders/:id/settle'],
  answerOrder: ['post', '/orders/answer'],
  nearestMachines: ['get', '/machines/nearest'],
  record: ['get', '/cab/record'],
  object: ['post', '/cab/objections'],
  claimFinished: ['post', '/cab/fields/:id/finished'],
  requestFuel: ['post', '/fuel/request'],
  claims: ['get', '/claims'],
  settleObjection: ['post', '/objections/:id/settle'],
  judgeField: ['post', '/fields/:id/finished'],
  adviceList: ['get', '/advice'],
  adviceOne: ['get', '/advice/:id'],
  askAdvice: ['post', '/advice'],
  approveAdvice: ['post', '/advice/:id/approve'],
  refuseAdvice: ['post', '/advice/:id/refuse'],
  whatIf: ['post', '/what-if'],
  adoptWhatIf: ['post', '/what-if/adopt'],
  evidence: ['get', '/fields/:id/evidence'],
  evidenceShares: ['get', '/fields/:id/evidence/shares'],
  shareEvidence: ['post', '/fields/:id/evidence/shares'],
  revokeEvidenceShare: ['delete', '/evidence/shares/:id'],
  sharedEvidence: ['post', '/evidence/shared'],
} as const satisfies { [Name in RouteName]?: readonly [(typeof routes)[Name]['method'], (typeof routes)[Name]['path']] };

export type CallName = keyof typeof calls;
export type Parameters = Record<string, string | number>;

/** An answer that did not come: the server's reason, or `offline` when it could not be asked. */
export class RequestFailed extends Error {
  /** `message` is the server's own English sentence: `field: what is wrong, what to do`. */
  constructor(
    readonly code: ProblemCode | 'offline',
    message: string = code,
    /** With `limited` and `unavailable`: when to try again. */
    readonly retryAfterMs: number | null = null,
    /** What the message names. */
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }

  /** What the server's sentence is about: the word before its colon. */
  get field(): string | null {
    return /^(\w+):/.exec(this.message)?.[1] ?? null;
  }
}

const codeOfStatus = (status: number): ProblemCode => {
  const known: Record<number, ProblemCode> = {
    400: 'invalid',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'notFound',
    409: 'conflict',
    413: 'invalid',
    429: 'limited',
    503: 'unavailable',
  };
  return known[status] ?? (status >= 500 ? 'internal' : 'invalid');
};

/** Asks one route; parameters that its path does not name go into the query. Throws `RequestFailed`. */
export async function ask<Name extends CallName>(
  name: Name,
  parameters: Parameters = {},
  options: { body?: unknown; file?: ArrayBuffer; signal?: AbortSignal; token?: string } = {},
): Promise<RouteOutput<Name>> {
  const [method, template] = calls[name];
  const query = new URLSearchParams();
  let path: string = template;
  for (const [key, value] of Object.entries(parameters)) {
    if (path.includes(`:${key}`)) path = path.replace(`:${key}`, encodeURIComponent(value));
    else query.set(key, String(value));
  }
  const response = await fetch(`/api/v1${path}?${query}`.replace(/\?$/, ''), {
    method: method.toUpperCase(),
    ...(options.signal ? { signal: options.signal } : {}),
    headers: {
      ...(options.file && { 'content-type': 'application/octet-stream' }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
    },
    ...(options.file && { body: options.file }),
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new RequestFailed('offline');
  });
  const text = await response.text();
  if (!response.ok) {
    const problem = problemIn(text);
    throw new RequestFailed(problem?.code ?? codeOfStatus(response.status), problem?.message, problem?.retryAfterMs, problem?.values);
  }
  return (text === '' ? {} : JSON.parse(text)) as RouteOutput<Name>;
}

function problemIn(text: string): Problem | undefined {
  if (!text.startsWith('{')) return undefined;
  const body = JSON.parse(text) as { problem?: Problem } & Partial<Problem>;
  return body.problem ?? (body.code ? (body as Problem) : undefined);
}
