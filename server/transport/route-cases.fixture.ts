import type { Advice } from '../../shared/advice.ts';
import type { RequestName } from '../../shared/contract.ts';
import { type Action, type Actor, isAllowed } from '../../shared/permissions.ts';

/**
 * What each HTTP route and each socket request asks the one table for, and a call of it on an object of one side. The tests beside this
 * are made of it: a route that is missing here fails them.
 */

/** One side of the matrix's world: everything within reach of its people, or everything beyond. */
export interface Side {
  division: string;
  town: string;
  machine: string;
  station: string;
  field: string;
  /** A corner of the side's ground, and the tile it lies in. */
  lngLat: [number, number];
  tile: [number, number];
  /** Of an operator of the side's machine. */
  account: string;
  repair: string;
  /** A request of the side's town, with an order for the side's machine that is done. */
  request: string;
  order: string;
}

export interface World {
  city: string;
  /** An id that nothing has yet. */
  uuid(): string;
  /** A code of a new invitation, and its id. */
  invitation(side: Side): Promise<{ code: string; id: string }>;
  reminder(side: Side): Promise<string>;
  /** Of a big screen whose token was just given out. */
  screen(): Promise<string>;
  /** The number of a terminal on the side's machine, there again if it was taken away. */
  terminal(side: Side): Promise<string>;
  /** A notice to the side's machines, and an open alert of its unit. */
  notice(side: Side): Promise<string>;
  alert(side: Side): Promise<string>;
  /** Sets up a webhook. */
  webhook(): Promise<void>;
  /** A request that nobody has touched, an order that is out, one that is done. */
  newRequest(side: Side): Promise<string>;
  newOrder(side: Side): Promise<string>;
  doneOrder(side: Side): Promise<string>;
  machineVersion(side: Side): number;
  /** Of the side's machine in the registry's lists. */
  registryVersion(side: Side): string;
  /** An open objection to what the side's machine did in its field. */
  objection(side: Side): Promise<string>;
  /** An open fuel booking of the side's station for its machine. */
  fuel(side: Side): Promise<string>;
  /** Done, with a difference to adopt, of the side's field; and none under way. */
  recomputation(side: Side): Promise<string>;
  noRecomputation(): Promise<void>;
  /** A repair that nobody has changed yet, at the side's station. */
  newRepair(side: Side): Promise<string>;
  /** A part that is on the side's shelf, and one that is on its way there. */
  part(side: Side): Promise<string>;
  transfer(side: Side): Promise<string>;
  /** Open advice for the side's county: a new request of it for its machine. */
  advice(side: Side): Promise<Advice>;
  /** A link to the evidence of the side's field. */
  share(side: Side): Promise<{ id: string; token: string }>;
  /** A visit of a machine that the side's station checked in, by a plate of its own. */
  visit(side: Side): Promise<string>;
  /** A permit that the side's station applied for, for the side's machine. */
  permit(side: Side): Promise<string>;
  /** A photo of the side's repair, there again if it was taken away. */
  photo(side: Side): Promise<string>;
  version(account: string): number;
  /** A new candidate field right beside the side's field, as a dispatcher names it; two beside each other. */
  candidate(side: Side): Promise<{ id: string; version: number }>;
  discardedCandidate(side: Side): Promise<{ id: string; version: number }>;
  twoCandidates(side: Side): Promise<{ id: string; version: number }[]>;
  fieldVersion(side: Side): number;
  /** A field of 0.001° by 0.001° that nobody worked in, beside the last one; and its south-western corner. */
  newField(side: Side): Promise<{ id: string; lngLat: [number, number] }>;
  /** Whether what ends the season may do so. */
  mayClose: boolean;
}

export interface Call {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/** Whether the table allows it; `open`: everybody may, signed in or not; `signedIn`: everybody who is. */
export type Rule = 'open' | 'signedIn' | ((actor: Actor, side: Side, city: string) => boolean);

export interface Case {
  rule: Rule;
  call?: (side: Side, world: World) => Call | Promise<Call>;
  /** Why a success leaves no event in the audit trail. */
  noEvent?: string;
  /** Where it succeeds, if not in the demonstration: in a real season, in one that ends with it, without any. */
  place?: 'real' | 'ending' | 'empty';
}

type Ask = Exclude<Rule, string>;
type Of = (action: Action) => Ask;
/** Digits for a terminal that nobody has. */
export const numberOf = (uuid: string): string => uuid.replace(/\D/g, '').slice(0, 11);
const onDivision: Of = action => (actor, side, city) => isAllowed(actor, action, { divisions: [side.town, side.division, city] });
const onMachine: Of = action => (actor, side, city) =>
  isAllowed(actor, action, { divisions: [side.division, city], machine: side.machine });
const onRepair: Of = action => (actor, side, city) =>
  isAllowed(actor, action, { divisions: [side.division, city], machine: side.machine, station: side.station });
/** What lies in the side's town or is its machine's own. */
const onOrder: Of = action => (actor, side, city) =>
  isAllowed(actor, action, { divisions: [side.town, side.division, city], machine: side.machine });
const onStation: Of = action => (actor, side, city) =>
  isAllowed(actor, action, { divisions: [side.division, city], station: side.station });
/** What the side's station wrote in the side's town. */
const ofStation: Of = action => (actor, side, city) =>
  isAllowed(actor, action, { divisions: [side.town, side.division, city], station: side.station });
/** A station is answered for itself, whatever the unit. */
const onUnitOrOwn: Of = action => (actor, side, city) =>
  isAllowed(actor, action, { divisions: [side.division, city], station: actor.station ?? undefined });
const onCity: Of = action => (actor, _side, city) => isAllowed(actor, action, { divisions: [city] });
/** What is filtered by reach and not refused: the role must reach something. */
const anywhere: Of = action => actor =>
  isAllowed(actor, action, {
    divisions: actor.division === null ? [] : [actor.division],
    machine: actor.machine ?? undefined,
    station: actor.station ?? undefined,
  });
const anyDivision: Of = action => actor => isAllowed(actor, action, { divisions: actor.division === null ? [] : [actor.division] });
/** About the own machine, whatever the side. */
const own: Of = action => actor => isAllowed(actor, action, { machine: actor.machine ?? undefined });

const byId = (key: 'field' | 'machine' | 'account' | 'repair' | 'request' | 'order') => (side: Side) => ({ params: { id: side[key] } });
const byDivision = (side: Side) => ({ query: { division: side.division } });
const DAY = '2027-06-06';
/** Its bulletin can be issued. */
const DAY_BEFORE = '2027-06-05';
const NOON = Date.UTC(2027, 5, 6, 4);
const repairPart = { fault: 'header', note: '', parts: '', calledAt: NOON };
const objectionPart = { operation: 'harvest', day: DAY, reason: 'less', claimedMu: 3.5, note: '', at: NOON };
const partFacts = { name: '三角带', unit: '根', minimum: 2, priceYuan: 45 };
const otherStation = ({ station }: Side): string => (station === 'S1' ? 'S9' : 'S1');
/** A station cares for every machine that comes. */
const onAnyMachine: Of = action => (actor, side, city) =>
  actor.role === 'station' ? isAllowed(actor, action, { station: actor.station ?? undefined }) : onMachine(action)(actor, side, city);
const fuelPart = { litres: 100, note: '', lngLat: null, requestedAt: NOON };
export const noticePart = { kinds: [], machines: [], order: null, isSevere: false, text: '午后有雨，先割成熟地块', until: null };
/** A square of 22 × 18 m. */
const square = ([lng, lat]: [number, number], size = 0.0002) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, lat],
      [lng + size, lat],
      [lng + size, lat + size],
      [lng, lat + size],
      [lng, lat],
    ],
  ],
});
/** The smallest PNG: one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** Three mu of wheat in the side's town, as somebody says it on the telephone. */
export const requestOf = ({ town, lngLat }: Pick<Side, 'town' | 'lngLat'>, id: string) => ({
  ...{ id, source: 'farmer', operation: 'harvest', division: town, village: '官峪村', contactName: '老李', contactPhone: '13700005678' },
  ...{ fields: [], areaMu: 3, lngLat, crop: '小麦', from: NOON, to: NOON + 48 * 3_600_000, pricePerMu: 60, trackedOnly: false },
  ...{ leastWidthM: null, mostWidthM: null, note: '', contract: null },
});
/** A machine from elsewhere at the side's station. */
export const arrivalOf = ({ station }: Pick<Side, 'station'>, { id, visit }: { id: string; visit: string }) => ({
  ...{ id, visit, at: NOON, kind: 'arrived' },
  checkIn: { station, plate: `皖${id.slice(0, 6)}`, kind: 'combine', holder: '张三', phone: '13900001234', origin: '太和县', crew: 2 },
});
export const permitOf = ({ machine }: Pick<Side, 'machine'>, id: string) => ({
  ...{ id, machine, operation: 'harvest', crops: '小麦', destination: '河北省邯郸市', from: '2027-06-01', to: '2027-06-30' },
});
const SCENARIO = { operation: 'harvest', machines: [], rain: [], stations: [], withMoves: false };
const STATIONS = '编号,名称,所属单位,经度,纬度\r\nS5,新站,410182,113.4,34.7\r\n';

const onCandidate = (body: (side: Side) => object) => async (side: Side, world: World) => {
  const { id, version } = await world.candidate(side);
  return { params: { id }, body: { version, ...body(side) } };
};

export const routeCases: Record<string, readonly Case[]> = {
  candidates: [{ rule: onDivision('field:read'), call: byDivision }],
  candidate: [
    { rule: onDivision('field:read'), call: async (side, world) => ({ params: { id: (await world.candidate(side)).id } }) },
    // What does not exist lies nowhere.
    {
      rule: (actor, side, city) => onDivision('field:read')(actor, { ...side, town: '', division: '' }, city),
      call: () => ({ params: { id: 'none' } }),
    },
  ],
  shapeCandidate: [{ rule: onDivision('field:write'), call: onCandidate(({ lngLat }) => ({ polygon: square(lngLat, 0.0004) })) }],
  confirmCandidate: [
    {
      rule: onDivision('field:write'),
      call: onCandidate(({ town }) => ({ town, village: '新村', crop: 'wheat', ripeDate: null })),
    },
  ],
  discardCandidate: [{ rule: onDivision('field:write'), call: onCandidate(() => ({ reason: '打谷场' })) }],
  reopenCandidate: [
    {
      rule: onDivision('field:write'),
      call: async (side, world) => {
        const { id, version } = await world.discardedCandidate(side);
        return { params: { id }, body: { version } };
      },
    },
  ],
  mergeCandidates: [
    { rule: onDivision('field:write'), call: async (side, world) => ({ body: { candidates: await world.twoCandidates(side) } }) },
  ],
  enlargeField: [
    {
      rule: onDivision('field:write'),
      call: async (side, world) => {
        const { id, version } = await world.candidate(side);
        return { params: { id }, body: { version, field: { id: side.field, version: world.fieldVersion(side) } } };
      },
    },
  ],
  session: [{ rule: 'signedIn' }],
  welcome: [{ rule: 'open' }],
  demoSignIn: [{ rule: 'open', call: () => ({ body: { role: 'viewer' } }) }],
  newDemoSeason: [{ rule: onCity('clock:set') }],
  signOut: [{ rule: 'open', noEvent: 'without a session nothing ends; with one it is asserted by name' }],
  places: [{ rule: anyDivision('view:read') }],
  fieldTile: [{ rule: anyDivision('field:read'), call: ({ tile: [x, y] }) => ({ params: { x: `${x}`, y: `${y}` } }) }],
  field: [{ rule: onDivision('field:read'), call: byId('field') }],
  fields: [{ rule: onDivision('field:read'), call: byDivision }],
  createField: [
    {
      rule: onDivision('field:write'),
      call: ({ town, lngLat: [lng, lat] }, world) => ({
        body: {
          id: world.uuid(),
          polygon: square([lng, lat - 0.01]),
          town,
          village: '新村',
          crop: 'wheat',
          ripeDate: null,
        },
      }),
    },
  ],
  editField: [
    {
      rule: onDivision('field:write'),
      call: side => ({ params: { id: side.field }, body: { polygon: square(side.lngLat, 0.0003), version: 1 } }),
    },
  ],
  splitField: [
    {
      rule: onDivision('field:write'),
      call: async (side, world) => {
        const { id, lngLat } = await world.newField(side);
        const [lng, lat] = lngLat;
        const line = [
          [lng + 0.0005, lat - 0.0001],
          [lng + 0.0005, lat + 0.0011],
        ];
        return { params: { id }, body: { version: 1, line, apply: true } };
      },
    },
  ],
  mergeFields: [
    {
      rule: onDivision('field:write'),
      call: async (side, world) => {
        const [one, other] = [await world.newField(side), await world.newField(side)];
        const fields = [one, other].map(({ id }) => ({ id, version: 1 }));
        return { body: { fields, apply: true } };
      },
    },
  ],
  machine: [{ rule: onMachine('machine:read'), call: byId('machine') }],
  trail: [{ rule: onMachine('machine:trail'), call: ({ machine }) => ({ params: { id: machine }, query: { from: '0', to: '1' } }) }],
  // Stations find machines by plate.
  search: [
    {
      rule: (...asked) => anyDivision('view:read')(...asked) || anyDivision('machine:read')(...asked),
      call: ({ machine }) => ({ query: { q: machine } }),
    },
  ],
  progress: [{ rule: onDivision('progress:read'), call: byDivision }],
  parts: [{ rule: onDivision('progress:read'), call: byDivision }],
  reported: [
    {
      rule: onDivision('reported:write'),
      call: ({ town }) => ({ body: { division: town, operation: 'harvest', day: DAY, machineMu: 1, handMu: 0, reason: '核对' } }),
    },
  ],
  forecast: [{ rule: onDivision('forecast:read'), call: byDivision }],
  replay: [{ rule: onDivision('forecast:read'), call: ({ division }) => ({ query: { division, day: DAY_BEFORE } }) }],
  beforeRain: [{ rule: onDivision('forecast:read'), call: byDivision }],
  recomputations: [{ rule: onDivision('recompute:write'), call: byDivision }],
  recompute: [
    {
      rule: onDivision('recompute:write'),
      call: async ({ field }, world) => {
        await world.noRecomputation();
        return { body: { field } };
      },
    },
  ],
  adoptRecomputation: [
    { rule: onDivision('recompute:write'), call: async (side, world) => ({ params: { id: await world.recomputation(side) }, body: {} }) },
  ],
  rain: [{ rule: anyDivision('forecast:read') }],
  putRain: [
    {
      rule: onDivision('weather:write'),
      // Another amount each time: the same again is no change.
      call: ({ division }, world) => ({
        body: { rows: [{ division, day: DAY, rainMm: (Number.parseInt(world.uuid().slice(0, 6), 16) % 4999) / 10 }] },
      }),
    },
  ],
  chain: [{ rule: onDivision('forecast:read'), call: byDivision }],
  chainFields: [{ rule: onDivision('forecast:read'), call: byDivision }],
  issueToken: [{ rule: onCity('token:issue'), call: ({ machine }) => ({ body: { machine } }) }],
  digest: [{ rule: onCity('digest:read') }],

  // The side's machine worked there.
  evidence: [
    { rule: onOrder('evidence:read'), call: ({ field }) => ({ params: { id: field }, query: { operation: 'harvest' } }) },
    { rule: onDivision('evidence:read'), call: ({ field }) => ({ params: { id: field }, query: { operation: 'sow' } }) },
  ],
  evidenceShares: [
    { rule: onDivision('evidence:share'), call: ({ field }) => ({ params: { id: field }, query: { operation: 'harvest' } }) },
  ],
  shareEvidence: [
    { rule: onDivision('evidence:share'), call: ({ field }) => ({ params: { id: field }, body: { operation: 'harvest', days: 30 } }) },
  ],
  revokeEvidenceShare: [
    { rule: onDivision('evidence:share'), call: async (side, world) => ({ params: { id: (await world.share(side)).id } }) },
  ],
  sharedEvidence: [
    { rule: 'open', noEvent: 'it only reads', call: async (side, world) => ({ body: { token: (await world.share(side)).token } }) },
  ],

  lookInvitation: [
    {
      rule: 'open',
      noEvent: 'it only looks',
      call: async (side, world) => ({ body: { code: (await world.invitation(side)).code } }),
    },
  ],
  acceptInvitation: [{ rule: 'open', call: async (side, world) => ({ body: { code: (await world.invitation(side)).code } }) }],
  signIn: [
    { rule: 'open', noEvent: 'asserted by name, as it needs a password', call: () => ({ body: { login: 'nobody', password: 'nothing' } }) },
  ],
  accounts: [{ rule: anyDivision('account:read') }],
  invite: [
    { rule: onMachine('machine:enrol'), call: ({ machine }) => ({ body: { role: 'operator', name: '甲', machine } }) },
    { rule: onCity('account:write'), call: ({ town }) => ({ body: { role: 'clerk', name: '乙', division: town } }) },
    { rule: onCity('account:write'), call: () => ({ body: { role: 'administrator', name: '丙' } }) },
  ],
  revokeInvitation: [
    { rule: onMachine('machine:enrol'), call: async (side, world) => ({ params: { id: (await world.invitation(side)).id } }) },
  ],
  editAccount: [
    {
      rule: onCity('account:write'),
      call: ({ account, machine }, world) => ({
        params: { id: account },
        body: { role: 'operator', name: '王师傅', machine, version: world.version(account) },
      }),
    },
  ],
  signOutEverywhere: [{ rule: onCity('account:write'), call: ({ account }) => ({ params: { id: account }, body: { devices: false } }) }],
  disableAccount: [{ rule: onCity('account:write'), call: ({ account }) => ({ params: { id: account }, body: { devices: false } }) }],
  enableAccount: [{ rule: onCity('account:write'), call: byId('account') }],
  resetAccount: [{ rule: onMachine('machine:enrol'), call: byId('account') }],
  audit: [{ rule: onCity('audit:read') }],
  auditFile: [{ rule: onCity('audit:read') }],

  setup: [{ rule: onCity('season:write') }],
  createSeason: [{ rule: onCity('season:write'), call: () => ({ body: { year: 2027 } }), place: 'empty' }],
  editSeason: [
    { rule: onCity('season:write'), call: () => ({ params: { year: '2027' }, body: { year: 2027, name: '二〇二七三夏' } }), place: 'real' },
  ],
  closeSeason: [
    {
      rule: onCity('season:write'),
      call: (_side, { mayClose }) => ({ params: { year: '2027' }, body: { confirm: mayClose ? '2027' : 'not now' } }),
      place: 'ending',
    },
  ],
  sealedSeason: [{ rule: onCity('progress:read'), call: () => ({ params: { year: '2027' } }) }],
  importFile: [
    {
      rule: onCity('season:write'),
      call: () => ({ params: { kind: 'stations' }, query: { apply: 'true', name: 's.csv' }, body: Buffer.from(STATIONS) }),
      place: 'real',
    },
  ],
  importTemplate: [{ rule: anyDivision('registry:write'), call: () => ({ params: { kind: 'stations' } }) }],

  cab: [{ rule: own('duty:write') }],
  switchDuty: [{ rule: own('duty:write'), call: (_side, world) => ({ body: { id: world.uuid(), on: true, at: NOON } }) }],
  reportGap: [
    {
      rule: own('duty:write'),
      noEvent: 'it is a fact of the track, as a fix is',
      call: (_side, world) => ({ body: { id: world.uuid(), from: NOON - 600_000, to: NOON - 300_000, cause: 'locked' } }),
    },
  ],
  // A token begets no token.
  cabToken: [
    {
      rule: actor => actor.role !== 'device' && isAllowed(actor, 'duty:write', { machine: actor.machine ?? undefined }),
      call: () => ({ body: {} }),
    },
  ],
  cabConsent: [{ rule: own('duty:write'), call: (_side, world) => ({ body: { id: world.uuid(), text: 1, at: NOON } }) }],

  // Whoever has no machine has no record.
  record: [{ rule: (actor, ...asked) => actor.machine !== null && own('objection:read')(actor, ...asked) }],
  object: [
    {
      rule: own('objection:write'),
      call: ({ field }, world) => ({ body: { ...objectionPart, id: world.uuid(), field } }),
    },
  ],
  claimFinished: [
    {
      rule: own('field:claim'),
      call: ({ field }, world) => ({ params: { id: field }, body: { id: world.uuid(), operation: 'harvest', at: NOON } }),
    },
  ],
  claims: [{ rule: onDivision('objection:read'), call: byDivision }],
  settleObjection: [
    {
      rule: onDivision('objection:settle'),
      call: async (side, world) => ({
        params: { id: await world.objection(side) },
        body: { version: 1, verdict: 'upheld', agreedMu: 3.2, reason: '现场复核' },
      }),
    },
  ],
  judgeField: [
    {
      rule: onDivision('field:write'),
      call: ({ field }, world) => ({ params: { id: field }, body: { id: world.uuid(), operation: 'harvest', word: 'open', reason: '' } }),
    },
  ],

  inbox: [{ rule: (...asked) => own('order:read')(...asked) && own('notice:read')(...asked) }],
  readNotice: [
    {
      rule: own('notice:read'),
      noEvent: 'who read it, and when, is kept with the notice',
      call: (_side, world) => ({ params: { id: world.uuid() }, body: { at: NOON } }),
    },
  ],

  callRepair: [
    {
      rule: own('repair:call'),
      call: ({ lngLat }, world) => ({ body: { id: world.uuid(), fault: 'header', note: '', lngLat, calledAt: NOON } }),
    },
  ],
  repairDesk: [{ rule: anywhere('repair:write') }],
  listRepairs: [
    // A station and an operator get their own whatever is asked; the others what the unit is.
    {
      rule: (actor, side, city) =>
        actor.role === 'operator' || actor.role === 'station'
          ? isAllowed(actor, 'repair:read', { machine: actor.machine ?? undefined, station: actor.station ?? undefined })
          : isAllowed(actor, 'repair:read', { divisions: [side.division, city] }),
      call: byDivision,
    },
    {
      rule: (actor, side, city) =>
        actor.role === 'operator' ? true : isAllowed(actor, 'repair:read', { divisions: [side.division, city], station: side.station }),
      call: ({ station }) => ({ query: { station } }),
    },
  ],
  logRepair: [
    {
      rule: onRepair('repair:write'),
      // A machine on no list: one that is has its repair already, into which this would go.
      call: ({ station }, world) => {
        const id = world.uuid();
        const plate = id.slice(0, 12);
        return { body: { ...repairPart, id, machine: null, plate, station, lngLat: null, startedAt: null, finishedAt: null } };
      },
    },
  ],
  repair: [{ rule: onRepair('repair:read'), call: byId('repair') }],
  editRepair: [
    {
      rule: onRepair('repair:write'),
      call: async (side, world) => ({ params: { id: await world.newRepair(side) }, body: { version: 1, changes: { note: '换皮带' } } }),
    },
  ],
  addPhoto: [
    {
      rule: onRepair('repair:photo'),
      call: ({ repair }, world) => ({ params: { id: repair }, body: Buffer.concat([PIXEL, Buffer.from(world.uuid())]) }),
    },
  ],
  photo: [{ rule: onRepair('repair:read'), call: async (side, world) => ({ params: { id: await world.photo(side) } }) }],
  removePhoto: [
    { rule: onRepair('repair:write'), call: async (side, world) => ({ params: { id: side.repair, photo: await world.photo(side) } }) },
  ],

  requestFuel: [
    {
      rule: own('fuel:request'),
      // Of two open ones the second is a conflict, which is no refusal for who asks.
      call: (_side, world) => ({ body: { ...fuelPart, id: world.uuid() } }),
    },
  ],
  logFuel: [
    {
      rule: onRepair('fuel:write'),
      call: ({ machine, station }, world) => ({ body: { ...fuelPart, id: world.uuid(), machine, plate: '', station } }),
    },
  ],
  stock: [{ rule: onStation('stock:read'), call: ({ station }) => ({ query: { station } }) }],
  moveStock: [
    {
      rule: onStation('stock:write'),
      call: ({ station }, world) => ({ body: { id: world.uuid(), station, part: 'B1', kind: 'receive', quantity: 1, at: NOON } }),
    },
  ],
  putPart: [{ rule: onStation('stock:write'), call: ({ station }) => ({ body: { station, part: 'B2', ...partFacts } }) }],
  sendStock: [
    {
      rule: onStation('stock:write'),
      call: async (side, world) => ({
        body: {
          id: world.uuid(),
          from: side.station,
          to: otherStation(side),
          part: await world.part(side),
          quantity: 1,
          why: '',
          at: NOON,
        },
      }),
    },
  ],
  receiveStock: [
    {
      rule: onStation('stock:write'),
      call: async (side, world) => ({ params: { id: await world.transfer(side) }, body: { quantity: 1, at: NOON } }),
    },
  ],
  importStock: [
    {
      rule: onStation('stock:write'),
      call: ({ station }, world) => ({ query: { station, apply: 'true' }, body: Buffer.from(`名称,数量\n带${world.uuid()},1\n`) }),
    },
  ],
  stockTemplate: [{ rule: onStation('stock:write'), call: ({ station }) => ({ query: { station } }) }],
  stationLoads: [
    { rule: onStation('station:read'), call: ({ station }) => ({ query: { station } }) },
    {
      rule: (actor, side, city) => (actor.role === 'station' ? true : onDivision('station:read')(actor, side, city)),
      call: byDivision,
    },
  ],
  repairChoices: [{ rule: onRepair('repair:write'), call: byId('repair') }],
  machineChoices: [{ rule: onAnyMachine('repair:write'), call: byId('machine') }],
  machineRepairs: [{ rule: onAnyMachine('repair:read'), call: byId('machine') }],
  teams: [{ rule: onStation('station:read'), call: ({ station }) => ({ query: { station } }) }],
  putTeam: [
    {
      rule: onStation('stock:write'),
      call: ({ station }, world) => {
        const id = world.uuid();
        return { body: { id, station, name: id.slice(0, 8), people: '', phone: '', isGone: false } };
      },
    },
  ],
  maintenance: [
    { rule: onStation('maintenance:read'), call: ({ station }) => ({ query: { station } }) },
    { rule: onAnyMachine('maintenance:read'), call: ({ machine }) => ({ query: { machine } }) },
  ],
  tickMaintenance: [
    {
      rule: onAnyMachine('maintenance:write'),
      call: ({ machine }, world) => ({ body: { id: world.uuid(), machine, task: 'grease', at: NOON } }),
    },
  ],
  fuelList: [
    { rule: onStation('fuel:read'), call: ({ station }) => ({ query: { station } }) },
    { rule: onMachine('fuel:read'), call: ({ machine }) => ({ query: { machine } }) },
  ],
  fuel: [{ rule: onRepair('fuel:read'), call: async (side, world) => ({ params: { id: await world.fuel(side) } }) }],
  editFuel: [
    {
      rule: onRepair('fuel:write'),
      call: async (side, world) => ({ params: { id: await world.fuel(side) }, body: { version: 1, changes: { takenAt: NOON } } }),
    },
  ],

  screens: [{ rule: onCity('screen:write') }],
  createScreen: [{ rule: onCity('screen:write'), call: () => ({ body: { name: '大厅' } }) }],
  revokeScreen: [{ rule: onCity('screen:write'), call: async (_side, world) => ({ params: { id: await world.screen() } }) }],

  notices: [{ rule: onDivision('notice:write'), call: byDivision }],
  noticeAudience: [{ rule: onDivision('notice:write'), call: byDivision }],
  sendNotice: [
    { rule: onDivision('notice:write'), call: ({ division }, world) => ({ body: { ...noticePart, id: world.uuid(), division } }) },
    {
      // The unit is one's own, the machine is not.
      rule: onMachine('notice:write'),
      call: ({ machine }, world) => ({ body: { ...noticePart, id: world.uuid(), division: '410182', machines: [machine] } }),
    },
  ],
  withdrawNotice: [{ rule: onDivision('notice:write'), call: async (side, world) => ({ params: { id: await world.notice(side) } }) }],
  alerts: [{ rule: onDivision('alert:read'), call: byDivision }],
  acknowledgeAlert: [
    { rule: onDivision('alert:write'), call: async (side, world) => ({ params: { id: await world.alert(side) }, body: {} }) },
  ],
  webhook: [{ rule: onCity('webhook:write') }],
  putWebhook: [{ rule: onCity('webhook:write'), call: () => ({ body: { url: 'http://127.0.0.1:9/', isOn: false } }) }],
  // Port 9 discards: nobody listens there, and that is the answer.
  tryWebhook: [{ rule: onCity('webhook:write'), call: (_side, world) => world.webhook().then(() => ({ body: {} })) }],
  alertRules: [{ rule: anyDivision('alert:read') }],
  putAlertRule: [
    {
      rule: onCity('alert:write'),
      call: () => ({ params: { rule: 'silent' }, body: { isOn: true, limit: 60, escalateMin: 30 } }),
    },
  ],
  requests: [{ rule: onDivision('request:read'), call: byDivision }],
  requestPlaces: [{ rule: onDivision('request:write'), call: byDivision }],
  request: [{ rule: onDivision('request:read'), call: byId('request') }],
  putRequest: [
    {
      rule: onDivision('request:write'),
      call: (side, world) => {
        const id = world.uuid();
        return { params: { id }, body: requestOf(side, id) };
      },
    },
  ],
  cancelRequest: [
    {
      rule: onDivision('request:write'),
      call: async (side, world) => ({ params: { id: await world.newRequest(side) }, body: { version: 1, reason: '已请别家收' } }),
    },
  ],
  orders: [
    { rule: onDivision('order:read'), call: byDivision },
    { rule: onMachine('order:read'), call: ({ machine }) => ({ query: { machine } }) },
    // An operator and a device are answered for their own machine, whatever the request.
    {
      rule: (actor, side, city) =>
        actor.machine === null
          ? isAllowed(actor, 'order:read', { divisions: [side.town, side.division, city] })
          : isAllowed(actor, 'order:read', { machine: actor.machine }),
      call: ({ request }) => ({ query: { request } }),
    },
  ],
  order: [{ rule: onOrder('order:read'), call: byId('order') }],
  offerOrders: [
    {
      rule: onOrder('order:write'),
      call: async (side, world) => {
        const offer = { kind: 'work', request: await world.newRequest(side), division: null, operation: 'harvest', areaMu: null, note: '' };
        return { body: { offers: [{ ...offer, id: world.uuid(), machine: side.machine, machineVersion: world.machineVersion(side) }] } };
      },
    },
    {
      rule: onDivision('order:write'),
      call: ({ machine, town, ...side }, world) => {
        const offer = { kind: 'move', request: null, division: town, operation: 'harvest', areaMu: null, note: '' };
        const machineVersion = world.machineVersion({ machine, town, ...side });
        return { body: { offers: [{ ...offer, id: world.uuid(), machine, machineVersion }] } };
      },
    },
  ],
  withdrawOrder: [
    {
      rule: onOrder('order:write'),
      call: async (side, world) => ({ params: { id: await world.newOrder(side) }, body: { version: 1, reason: '改派' } }),
    },
  ],
  settleOrder: [
    {
      rule: onOrder('order:write'),
      call: async (side, world) => ({ params: { id: await world.doneOrder(side) }, body: { version: 2, doneMu: 3, pricePerMu: 60 } }),
    },
  ],
  answerOrder: [
    {
      rule: onOrder('order:answer'),
      call: async (side, world) => ({ body: { id: world.uuid(), order: await world.newOrder(side), act: 'accept', at: NOON } }),
    },
  ],
  nearestMachines: [
    {
      rule: onDivision('order:write'),
      call: ({ division, lngLat: [lng, lat] }) => ({ query: { division, lng: `${lng}`, lat: `${lat}` } }),
    },
    { rule: anyDivision('order:write'), call: ({ lngLat: [lng, lat] }) => ({ query: { lng: `${lng}`, lat: `${lat}` } }) },
  ],

  adviceList: [{ rule: onDivision('advice:read'), call: byDivision }],
  adviceOne: [{ rule: onDivision('advice:read'), call: async (side, world) => ({ params: { id: (await world.advice(side)).id } }) }],
  askAdvice: [{ rule: onDivision('advice:decide'), call: ({ division }) => ({ body: { kind: 'plan', division, operation: 'harvest' } }) }],
  approveAdvice: [
    {
      rule: onDivision('advice:decide'),
      call: async (side, world) => {
        const { id, version, steps } = await world.advice(side);
        return {
          params: { id },
          body: { version, reason: '', steps: steps.map(({ offer, machineVersion }) => ({ offer, machineVersion })) },
        };
      },
    },
  ],
  refuseAdvice: [
    {
      rule: onDivision('advice:decide'),
      call: async (side, world) => ({ params: { id: (await world.advice(side)).id }, body: { version: 1, reason: '路太远' } }),
    },
  ],
  whatIf: [{ rule: anyDivision('advice:decide'), call: () => ({ body: SCENARIO }), noEvent: 'nothing of it is kept' }],
  adoptWhatIf: [
    {
      rule: onCity('advice:decide'),
      call: () => ({ body: SCENARIO }),
      noEvent: 'only where machines have reason to move; asserted in advice.test.ts',
    },
  ],

  reception: [
    { rule: onUnitOrOwn('arrival:read'), call: byDivision },
    { rule: onStation('arrival:read'), call: ({ station }) => ({ query: { station } }) },
  ],
  recordVisit: [
    {
      rule: ofStation('arrival:write'),
      call: (side, world) => ({ body: arrivalOf(side, { id: world.uuid(), visit: world.uuid() }) }),
    },
    {
      rule: ofStation('arrival:write'),
      call: async (side, world) => ({ body: { id: world.uuid(), visit: await world.visit(side), at: NOON, kind: 'note', text: '住下了' } }),
    },
    {
      // To let a permit pass.
      rule: ofStation('permit:issue'),
      call: async (side, world) => ({
        body: { id: world.uuid(), visit: await world.visit(side), at: NOON, kind: 'allowed', reason: '新证在寄' },
      }),
    },
  ],
  visit: [{ rule: ofStation('arrival:read'), call: async (side, world) => ({ params: { id: await world.visit(side) } }) }],
  enrolVisit: [{ rule: ofStation('arrival:write'), call: async (side, world) => ({ params: { id: await world.visit(side) } }) }],
  visitWork: [{ rule: ofStation('arrival:write'), call: async (side, world) => ({ params: { id: await world.visit(side) } }) }],
  giveVisitWork: [
    {
      rule: ofStation('arrival:write'),
      call: async (side, world) => ({
        params: { id: await world.visit(side) },
        body: { order: world.uuid(), request: await world.newRequest(side) },
      }),
    },
  ],
  importOperators: [
    {
      rule: anyDivision('machine:enrol'),
      call: (_side, world) => ({
        query: { apply: 'true', name: 'o.csv' },
        body: Buffer.from(`姓名,电话,农机\r\n机手${world.uuid().slice(0, 6)},,C1\r\n`),
      }),
    },
  ],
  operatorTemplate: [{ rule: anyDivision('machine:enrol') }],
  importReception: [
    {
      rule: anyDivision('arrival:plan'),
      call: (_side, world) => ({
        params: { list: 'expected' },
        query: { apply: 'true', name: 'e.csv' },
        body: Buffer.from(`牌照,预计到达,接待站\r\n皖${world.uuid().slice(0, 6)},2027-06-07,S1\r\n`),
      }),
    },
  ],
  receptionTemplate: [{ rule: anyDivision('arrival:plan'), call: () => ({ params: { list: 'expected' } }) }],
  permits: [{ rule: onUnitOrOwn('permit:read'), call: byDivision }],
  applyPermit: [
    {
      // A station applies for any machine: what it wrote is its own.
      rule: onUnitOrOwn('permit:write'),
      call: (side, world) => ({ body: permitOf(side, world.uuid()) }),
    },
  ],
  issuePermit: [
    { rule: onDivision('permit:issue'), call: async (side, world) => ({ params: { id: await world.permit(side) }, body: { version: 1 } }) },
  ],
  endPermit: [
    {
      rule: onDivision('permit:issue'),
      call: async (side, world) => ({ params: { id: await world.permit(side) }, body: { version: 1, reason: '材料不全' } }),
    },
  ],
  checkPermit: [{ rule: 'open', noEvent: 'it only looks', call: () => ({ body: { code: '410100-2027-00001-00000000' } }) }],
  accidents: [{ rule: onUnitOrOwn('safety:read'), call: byDivision }],
  putAccident: [
    {
      rule: onUnitOrOwn('safety:write'),
      call: ({ division }, world) => {
        const id = world.uuid();
        const what = { place: '官峪村东', machine: null, plate: '豫A·C1', kind: 'road', injured: 1, dead: 0, what: '侧翻', measures: '' };
        return { params: { id }, body: { id, at: NOON, division, ...what } };
      },
    },
  ],
  register: [{ rule: onUnitOrOwn('safety:read'), call: ({ division }) => ({ params: { register: 'trained' }, query: { division } }) }],

  registryPage: [
    { rule: onDivision('registry:read'), call: ({ division }) => ({ params: { list: 'machines' }, query: { division } }) },
    { rule: onDivision('registry:read'), call: ({ division }) => ({ params: { list: 'contracts' }, query: { division } }) },
  ],
  editRegistry: [
    {
      rule: onDivision('registry:write'),
      call: (side, world) => ({
        params: { list: 'machines', id: side.machine },
        body: { version: world.registryVersion(side), changes: { operatorName: `机手 ${world.uuid().slice(0, 4)}` } },
      }),
    },
  ],
  exportRegistry: [
    { rule: onDivision('registry:export'), call: ({ division }) => ({ params: { list: 'operators' }, query: { division } }) },
  ],
  importRegistry: [
    {
      rule: anyDivision('registry:write'),
      call: () => ({ params: { list: 'stations' }, query: { apply: 'true' }, body: Buffer.from(STATIONS) }),
    },
  ],
  history: [
    { rule: onMachine('history:read'), call: ({ machine }) => ({ params: { kind: 'machine', id: machine } }) },
    { rule: onMachine('history:read'), call: ({ account }) => ({ params: { kind: 'account', id: account } }) },
    { rule: onStation('history:read'), call: ({ station }) => ({ params: { kind: 'station', id: station } }) },
    { rule: onDivision('history:read'), call: ({ field }) => ({ params: { kind: 'field', id: field } }) },
    { rule: onDivision('history:read'), call: ({ request }) => ({ params: { kind: 'request', id: request } }) },
    { rule: onOrder('history:read'), call: ({ order }) => ({ params: { kind: 'order', id: order } }) },
    { rule: onDivision('history:read'), call: async (side, world) => ({ params: { kind: 'permit', id: await world.permit(side) } }) },
    { rule: onRepair('history:read'), call: ({ repair }) => ({ params: { kind: 'repair', id: repair } }) },
  ],
  terminals: [{ rule: anywhere('terminal:write') }],
  enrolTerminal: [
    {
      rule: onMachine('terminal:write'),
      call: ({ machine }, world) => ({ body: { number: numberOf(world.uuid()), machine, datum: 'wgs84' } }),
    },
  ],
  removeTerminal: [
    { rule: onMachine('terminal:write'), call: async (side, world) => ({ params: { number: await world.terminal(side) } }) },
  ],

  reportForm: [{ rule: onDivision('reported:write'), call: byDivision }],
  reportBoard: [{ rule: onDivision('reported:read'), call: byDivision }],
  remind: [{ rule: onDivision('bulletin:write'), call: ({ town }) => ({ body: { day: DAY, units: [town] } }) }],
  seeReminders: [{ rule: onDivision('reported:write'), call: async (side, world) => ({ body: { ids: [await world.reminder(side)] } }) }],

  bulletinDraft: [{ rule: onDivision('bulletin:read'), call: byDivision }],
  bulletinWeek: [{ rule: onDivision('bulletin:read'), call: byDivision }],
  saveRemarks: [
    {
      rule: onDivision('bulletin:write'),
      call: ({ division }) => ({ body: { division, day: DAY, version: 0, remarks: { general: '天气晴好', units: {} } } }),
    },
  ],
  issueBulletin: [
    {
      rule: onDivision('bulletin:write'),
      call: ({ division }) => ({ body: { division, day: DAY_BEFORE, draftVersion: 0, lastVersion: 0 } }),
    },
  ],
  issuedBulletins: [{ rule: onDivision('bulletin:read'), call: byDivision }],
  issuedBulletin: [{ rule: onDivision('bulletin:read'), call: ({ division }) => ({ params: { division, day: DAY, version: '1' } }) }],
};

export interface SocketCase {
  rule: Rule;
  input: (side: Side) => unknown;
  /** Rooms that it joins when it is allowed. */
  rooms?: (side: Side) => string[];
}

export const socketCases: Record<RequestName, SocketCase> = {
  'fix:report': {
    rule: onMachine('fix:report'),
    input: ({ machine, lngLat }) => ({ v: 1, machine, outbox: `matrix-${machine}`, rows: [[1, NOON, ...lngLat, 3, 0, 2, 2.5, 1]] }),
  },
  'view:open': { rule: onDivision('view:read'), input: ({ division }) => ({ division }), rooms: ({ division }) => [`view:${division}`] },
  'tiles:watch': { rule: anyDivision('field:read'), input: ({ tile }) => ({ tiles: [tile.join('/')] }) },
  'repairs:watch': {
    rule: onStation('repair:read'),
    input: ({ station }) => ({ station }),
    rooms: ({ station }) => [`repairs:${station}`],
  },
  'dispatch:watch': {
    rule: onDivision('view:read'),
    input: ({ division }) => ({ division }),
    rooms: ({ division }) => [`dispatch:${division}`],
  },
  'clock:set': { rule: onCity('clock:set'), input: () => ({ paused: true }) },
};
