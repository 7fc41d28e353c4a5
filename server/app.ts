import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { actor } from '../shared/permissions.ts';
import { AdviceOffice } from './services/advice/advice-office.ts';
import { forecastsOf, ordersOf } from './services/advice/book-ports.ts';
import { AlertSources } from './services/alert-sources.ts';
import { BeforeRain } from './services/before-rain.ts';
import { ChainBook } from './services/chain-book.ts';
import { DemoSignIn } from './services/demo-sign-in.ts';
import { diskState, freeBytes } from './services/disk-watch.ts';
import { Fields } from './services/fields.ts';
import { FixAppender } from './services/fix-appender.ts';
import { ForecastSeries } from './services/forecast-series.ts';
import { Forecaster } from './services/forecaster.ts';
import { Forecasts } from './services/forecasts.ts';
import { Guard } from './services/guard.ts';
import { Heartbeat } from './services/heartbeat.ts';
import { Imports } from './services/imports/imports.ts';
import { Ingest } from './services/ingest.ts';
import { readLiveRow } from './services/live-lane.ts';
import { LiveView, repairRoom, viewRoom } from './services/live-view.ts';
import type { Log } from './services/log.ts';
import { MachineCounts } from './services/machine-counts.ts';
import { OrderEvents } from './services/order-events.ts';
import { OrderWatch } from './services/order-watch.ts';
import { asAudited } from './services/orders.ts';
import { placesOf } from './services/places.ts';
import { RegistryDesk } from './services/registry-desk/registry-desk.ts';
import { Regrouping } from './services/regrouping.ts';
import { SeasonBook } from './services/season-book.ts';
import type { SeasonClock } from './services/season-clock.ts';
import { SeasonLists } from './services/season-lists.ts';
import { SeasonSetup } from './services/season-setup.ts';
import { type Delivery, deliveryOf } from './services/tank-draw.ts';
import { TerminalIntake } from './services/terminal-intake.ts';
import { TerminalOutboxes } from './services/terminal-outboxes.ts';
import type { Connection } from './stores/connection.ts';
import { contentSecurity } from './transport/content-security.ts';
import { apiRouter } from './transport/http.ts';
import { httpHandlers } from './transport/http-handlers.ts';
import { Jt808Listener } from './transport/jt808/listener.ts';
import { Metrics } from './transport/metrics.ts';
import { osmandRouter } from './transport/osmand.ts';
import { SocketGateway } from './transport/socket.ts';
import { socketHandlers } from './transport/socket-handlers.ts';

export interface AppOptions {
  http: HttpServer;
  connection: Connection;
  clock: SeasonClock;
  log: Log;
  demo: boolean;
  /** One click signs in as any role: only on a demonstration and a loopback address. */
  oneClick: boolean;
  /** Listens on loopback only. */
  onLoopback: boolean;
  publicUrl: string | null;
  secure: boolean;
  tiles: { template: string; datum: 'wgs84' | 'gcj02'; attribution: string } | null;
  metricsToken: string | null;
  trustProxy: number | null;
  /** Folder of the built pages; null: none are served. */
  pages: string | null;
  step?: (what: string) => void;
  /** Begins a new demonstration season; null outside the demonstration. */
  newDemoSeason: (() => void) | null;
  /** Brings the program up again on what is stored, for another season; null in a test. */
  reopen: (() => void) | null;
  /** Folder whose disk is watched; null when the database is elsewhere. */
  watchedFolder: string | null;
  /** The fault that the drill must find. */
  ackBeforeWrite?: boolean;
  /** Forecasts are made when they are asked for only, and not all the time. */
  forecastsOnDemand?: boolean;
}

export interface App {
  express: Express;
  book: SeasonBook;
  ingest: Ingest;
  /** Changes of the lists from files. */
  lists: SeasonLists;
  sockets: SocketGateway;
  advice: AdviceOffice;
  /** Listens for terminals once it is told where. */
  jt808: Jt808Listener;
  /** Ends all connections, then makes everything given so far durable, folded and the base of the next start. */
  close(): Promise<void>;
}

const TICK_MS = 1000;
/** At most a tenth of the time goes into coverage, and each field waits a little, so that many swaths are worked out at once. */
const EVALUATE_EVERY_MS = 100;
const EVALUATE_AFTER_MS = 2000;
const CHECKPOINT_MS = 10_000;
const FOLLOW_MS = 2000;
const KEEP_CLOCK_MS = 5000;
const DISK_MS = 2000;
const ALERTS_MS = 10_000;
const CANDIDATES_MS = 5000;
const NOTICES_MS = 2000;
const KEEP_SEEN_MS = 60_000;
const SLOW_DATABASE_MS = 3000;

/** Puts the parts together on an open database; does not listen. */
/** Until fuel that could not leave a tank is tried again. */
const DRAW_AGAIN_MS = 15_000;

export async function createApp(options: AppOptions): Promise<App> {
  const { clock, log, demo } = options;
  const book = new SeasonBook(options.connection, clock);
  await book.prepare();
  await book.open({ step: options.step, keep: true });
  const { registry, fold, refolder, fleet, board } = book;
  // Worked out before anybody waits for it: a second of work in the full city.
  placesOf(registry);
  const guard = new Guard(registry);
  const appender = new FixAppender(book.log, (await book.log.lastNumber()) + 1, clock.wall, log);
  const metrics = new Metrics({
    socket_connections: { help: 'Open sockets', value: () => sockets.count },
    log_backlog_bytes: { help: 'Bytes of batches waiting for the database', value: () => appender.backlog().bytes },
    outboxes_to_refold: { help: 'Outboxes that are to be folded again', value: () => refolder.left },
    fields_covered: { help: 'Fields and operations with coverage', value: () => fold.results.size },
  });
  const ingest = new Ingest({
    log: book.log,
    appender,
    fold,
    registry,
    now: clock.season,
    metrics,
    ackBeforeWrite: options.ackBeforeWrite === true,
  });
  const view = new LiveView({ registry, fleet, board, fold, clock });
  book.onField = view.fieldChanged;
  const fields = new Fields({
    registry,
    store: book.registryStore,
    fold,
    refolder,
    board,
    finishing: book.finishing,
    changed: view.fieldChanged,
    reshaped: view.reshaped,
  });
  const regrouping = new Regrouping({
    fields,
    registry,
    store: book.registryStore,
    fold,
    refolder,
    board,
    ties: book.fieldTies,
    reshaped: view.reshaped,
    reopen: options.reopen,
    now: clock.season,
  });
  const { changed, reshaped, recarded } = { changed: view.fieldChanged, reshaped: view.reshaped, recarded: view.recarded };
  const lists = new SeasonLists({
    registry,
    store: book.registryStore,
    fold,
    refolder,
    board,
    changed,
    reshaped,
    recarded,
    reopen: options.reopen,
  });
  const setup = new SeasonSetup({ book, demo, reopen: options.reopen });
  const imports = new Imports({ registry, fields, lists, requests: book.requests, workedGround: () => book.candidates.openOutlines() });
  const registryDesk = new RegistryDesk({
    registry,
    machines: book.machineList,
    lists,
    requests: book.requests,
    permits: book.reception.permits.all,
    inTurn: work => fields.inTurn(work),
  });

  const counts = new MachineCounts({ registry, machineDays: book.machineDays, repairs: book.repairs });
  const series = new ForecastSeries({ registry, board, rain: book.rain, fold, counts });
  const forecaster = new Forecaster();
  const forecasts = new Forecasts({ registry, board, series, forecaster, now: clock.season, wall: clock.wall });
  board.forecastOf = forecasts.brief;
  forecasts.onChange = units => view.dispatchChanged('forecasts', units);
  book.reported.onChange = forecasts.touch;
  const beforeRain = new BeforeRain({ registry, board, fold, rain: book.rain, forecasts, now: clock.season });
  const chain = new ChainBook({ registry, board, fold, forecasts, now: clock.season, wall: clock.wall });

  const advice = new AdviceOffice({
    book,
    orders: ordersOf(book),
    forecasts: forecastsOf(forecasts, registry),
    rainOf: (division, day) => book.rain.of(division, day)?.rainMm ?? null,
    log,
  });
  book.adviceBook.onChange = (division, advice) => {
    view.dispatchChanged('advice', [division]);
    const { id, kind, operation, state, at } = advice;
    const news = { id, kind, division, operation, state, at, machines: advice.steps.length };
    book.webhook.tell(state === 'open' ? 'advice.open' : 'advice.decided', `advice:${id}`, news);
  };
  advice.desk.onRunning = division => view.dispatchChanged('advice', [division]);
  book.rain.onChange = units => {
    forecasts.touch();
    advice.rolling.changed(units);
  };

  const sockets = new SocketGateway({
    http: options.http,
    publicUrl: options.publicUrl,
    wall: clock.wall,
    log,
    actorOf: book.actorOf,
    handlers: socketHandlers({ book, guard, ingest, view, setClock: demo ? change => setClock(change) : null }),
    live: (who, row) => {
      const fix = who.machine !== null && who.role === 'device' ? readLiveRow(row, clock.season(), registry.serviceArea()) : null;
      if (fix) fleet.seen(who.machine!, fix);
      metrics.liveRows.inc({ verdict: fix ? 'shown' : 'refused' });
    },
    connected: socket => socket.emit('clock:changed', clock.current()),
  });
  book.repairs.onChange = (stations, units) => {
    forecasts.touch();
    advice.rolling.changed(units);
    for (const room of [...stations.map(repairRoom), ...units.map(viewRoom)]) sockets.send(room, 'repairs:changed', {});
  };
  /** The database may be away for a minute; what a kill cuts off is made up for at the next start. */
  const draw = (delivery: Delivery): void =>
    void book.stock.fuelDelivered(delivery).catch(error => {
      log.warn({ error: String(error), booking: delivery.id }, 'delivered fuel has not left the tank yet');
      setTimeout(() => draw(delivery), DRAW_AGAIN_MS).unref();
    });
  book.fuel.onChange = ({ before, after }) => {
    const both = before ? [before, after] : [after];
    const rooms = both.flatMap(({ station, units }) => [...(station === null ? [] : [repairRoom(station)]), ...units.map(viewRoom)]);
    for (const room of new Set(rooms)) sockets.send(room, 'repairs:changed', {});
    view.inboxChanged(both.flatMap(({ machine }) => machine ?? []));
    const delivery = deliveryOf(after);
    if (delivery && before?.deliveredAt !== after.deliveredAt) draw(delivery);
  };
  book.finishing.onChange = towns => view.dispatchChanged('claims', towns);
  book.objections.onChange = ({ after }) => {
    view.dispatchChanged('claims', [book.objections.townOf(after.id)]);
    view.inboxChanged([after.machine]);
  };
  book.candidates.onChange = units => view.dispatchChanged('candidates', units);
  book.notices.onChange = units => view.dispatchChanged('notices', units);
  book.notices.onInbox = view.inboxChanged;
  book.notices.machineOfOrder = order => book.orderLedger.orders.get(order)?.machine ?? null;
  const orders = () => book.orderLedger.orders.values();
  book.alertWorld.sources = new AlertSources({
    registry,
    orders,
    forecasts,
    rain: book.rain,
    chain,
    visits: () => book.reception.visits.all(),
    objections: () => book.objections.open(),
  });
  book.onLoopback = options.onLoopback;
  book.alerts.onEvent = (event, alert) => book.webhook.tell(`alert.${event}`, `alert:${alert.id}`, alert);
  book.alerts.onChange = units => view.dispatchChanged('alerts', units);
  const orderEvents = new OrderEvents(book.orderLedger.orders.values());
  book.orderLedger.onChange = ({ orders = [], requests = [] }) => {
    view.dispatchChanged('requests', [
      ...requests.map(request => request.division),
      // What is open of a request goes by its orders.
      ...orders.flatMap(({ request }) => (request === null ? [] : [book.requests.divisionOf(request)])),
    ]);
    view.dispatchChanged(
      'orders',
      orders.flatMap(order => book.orders.unitsOf(order)),
    );
    view.inboxChanged(orders.map(order => order.machine));
    for (const order of orders) {
      const news = orderEvents.changed(order);
      if (news) book.webhook.tell('order.state', `order:${order.id}`, news);
    }
    const free = orders.filter(({ kind, state }) => kind === 'work' && (state === 'declined' || state === 'withdrawn'));
    advice.rolling.changed([...requests, ...free].map(({ division }) => division));
  };
  const watch = new OrderWatch({
    ledger: book.orderLedger,
    orders: book.orders,
    fleet,
    registry,
    ground: book.orderGround,
    now: clock.season,
    record: ({ before, after }) =>
      book.audit.record({ actor: actor({ role: 'device', name: after.machine, machine: after.machine }), from: null }, 'seeOrder', [
        { object: `order:${after.id}`, before: before && asAudited(before), after: asAudited(after) },
      ]),
  });
  const { people } = book;
  people.accounts.ended = (account, devices) => {
    sockets.endAccount(account, devices);
    book.credentials
      .forget(account, devices)
      .catch(error => log.warn({ error: String(error) }, 'credentials that have ended are still stored'));
  };
  people.signIn.locked = account => {
    book.audit
      .record({ actor: people.accounts.actorOf(account), from: null }, 'signIn', [
        { object: `account:${account.id}`, before: null, after: 'locked after wrong passwords' },
      ])
      .catch(error => log.error({ error: String(error) }, 'a lock was not written to the audit trail'));
  };
  async function setClock(change: { paused?: boolean | undefined; speed?: number | undefined }) {
    const line = clock.change(change);
    await book.registryStore.putClockLine(line);
    sockets.io.emit('clock:changed', line);
    return line;
  }

  const app = express();
  if (options.trustProxy !== null) app.set('trust proxy', options.trustProxy);
  app.disable('x-powered-by');
  app.use(helmet(contentSecurity({ secure: options.secure, tiles: options.tiles?.template ?? null })));
  app.get('/metrics', metrics.handler(options.metricsToken));
  const tiles = options.tiles && `${options.tiles.template}|${options.tiles.datum}|${options.tiles.attribution}`;
  const demoSignIn = demo && options.oneClick ? new DemoSignIn(registry, book.repairs) : null;
  const handlers = httpHandlers({
    book,
    registryDesk,
    fields,
    regrouping,
    guard,
    setup,
    reopen: options.reopen,
    imports,
    advice,
    demo,
    demoSignIn,
    newDemoSeason: options.newDemoSeason,
    tiles,
    publicUrl: options.publicUrl,
    secureCookie: options.secure,
    endSession: secret => sockets.endSession(secret),
    endHash: hash => sockets.endHash(hash),
    terminalPort: () => jt808.port,
    forecasts,
    beforeRain,
    chain,
  });
  app.use('/api/v1', apiRouter({ handlers, actorOf: book.actorOf, audit: book.audit, publicUrl: options.publicUrl, log }));
  const outboxes = new TerminalOutboxes({ ingest, fold, log: book.log });
  app.use('/osmand', osmandRouter({ actorOf: book.actorOf, guard, outboxes, duties: book.duties, log }));
  const intake = new TerminalIntake({ terminals: book.terminals, outboxes, duties: book.duties });
  const jt808 = new Jt808Listener({ terminals: book.terminals, intake, log });
  if (options.pages) {
    app.use(express.static(options.pages, { index: false, setHeaders: cacheByName }));
    app.get('/{*path}', (_request, response) =>
      response.sendFile(join(options.pages!, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } }),
    );
  }

  const beats = [
    new Heartbeat('the live view', TICK_MS, () => view.tick(sockets), log),
    new Heartbeat('working out coverage', EVALUATE_EVERY_MS, () => fold.evaluate(EVALUATE_AFTER_MS), log),
    new Heartbeat('folding tracks again', TICK_MS, () => refolder.run(), log),
    new Heartbeat('following the orders', FOLLOW_MS, () => watch.look(), log),
    new Heartbeat('the checkpoint', CHECKPOINT_MS, () => fold.checkpoint({ unhurried: true }), log),
    new Heartbeat(
      'watching the disk',
      DISK_MS,
      async () => {
        const free = options.watchedFolder === null ? null : await freeBytes(options.watchedFolder);
        const disk = diskState(free);
        ingest.refuseBecause = disk === 'diskFull' ? 'the disk of the server is full: keep the fixes' : null;
        view.warnings = [...(disk ? [disk] : []), ...(appender.backlog().waitedMs > SLOW_DATABASE_MS ? (['databaseSlow'] as const) : [])];
      },
      log,
    ),
    new Heartbeat('looking for what dispatchers must know', ALERTS_MS, () => book.alertWatch.look(), log),
    new Heartbeat('looking for candidate fields', CANDIDATES_MS, () => book.candidateWatch.look(), log),
    new Heartbeat('sending events out', TICK_MS, () => book.webhook.deliver(), log),
    new Heartbeat('repeating severe notices', NOTICES_MS, () => book.notices.tick(), log),
    new Heartbeat('writing down what late fixes changed', TICK_MS, () => book.corrections.flush(), log),
    new Heartbeat('writing down which machines were out', CHECKPOINT_MS, () => book.machineDays.flush(), log),
    new Heartbeat('writing down who was seen', KEEP_SEEN_MS, () => people.accounts.keepSeen(), log),
    ...(options.forecastsOnDemand ? [] : [new Heartbeat('forecasting', TICK_MS, () => forecasts.tick(), log)]),
    ...(demo ? [new Heartbeat('keeping the clock', KEEP_CLOCK_MS, () => book.registryStore.putClockLine(clock.rebase()), log)] : []),
  ];
  return {
    express: app,
    book,
    ingest,
    lists,
    sockets,
    advice,
    jt808,
    async close() {
      await jt808.close();
      await advice.close();
      await sockets.close();
      fold.hurry();
      await book.recomputer.stop();
      await refolder.stop();
      await forecaster.close();
      await book.evidence.close();
      await Promise.all(beats.map(beat => beat.stop()));
      await book.candidateFinder.close();
      await appender.drain();
      await fold.evaluateAll();
      await fold.checkpoint();
      await book.webhook.save();
      await book.corrections.flush();
      await book.machineDays.flush();
      await book.candidateWatch.flush();
      await people.accounts.keepSeen();
      if (demo) await book.registryStore.putClockLine(clock.rebase());
    },
  };
}

/** Files with a hash in their name never change; the others are asked for again. */
function cacheByName(response: { setHeader(name: string, value: string): void }, path: string): void {
  const hashed = /-[\w-]{8,}\.\w+$/.test(path);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
