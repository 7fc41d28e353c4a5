import { randomUUID } from 'node:crypto';
import type { Fix } from '../../shared/fix.ts';
import type { Actor } from '../../shared/permissions.ts';
import { dayStart, type Operation, type Season } from '../../shared/season.ts';
import type { CoverageResult } from '../domain/coverage.ts';
import { AdviceStore } from '../stores/advice.ts';
import { AlertStore } from '../stores/alerts.ts';
import { AuditStore } from '../stores/audit.ts';
import { BulletinStore } from '../stores/bulletins.ts';
import { CabStore } from '../stores/cab.ts';
import { CandidateStore } from '../stores/candidates.ts';
import { ClaimStore } from '../stores/claims.ts';
import type { Connection } from '../stores/connection.ts';
import { CorrectionStore } from '../stores/corrections.ts';
import { CredentialStore } from '../stores/credentials.ts';
import { DerivedStore } from '../stores/derived.ts';
import { EvidenceShareStore } from '../stores/evidence-shares.ts';
import { FixLog } from '../stores/fix-log.ts';
import { FuelStore } from '../stores/fuel.ts';
import { MachineList } from '../stores/machine-list.ts';
import { MaintenanceStore } from '../stores/maintenance.ts';
import { NoticeStore } from '../stores/notices.ts';
import { OrderStore } from '../stores/orders.ts';
import { PhotoStore } from '../stores/photos.ts';
import { RainStore } from '../stores/rain.ts';
import { RecomputationStore } from '../stores/recomputations.ts';
import { RegistryStore } from '../stores/registry.ts';
import { ReminderStore } from '../stores/reminders.ts';
import { RepairStore } from '../stores/repairs.ts';
import { RequestStore } from '../stores/requests.ts';
import { ScreenStore } from '../stores/screens.ts';
import { StockStore } from '../stores/stock.ts';
import { TeamStore } from '../stores/teams.ts';
import { TerminalStore } from '../stores/terminals.ts';
import { WebhookStore } from '../stores/webhook.ts';
import { AdviceBook } from './advice/advice-book.ts';
import { AgreedMu } from './agreed-mu.ts';
import { AlertWatch } from './alert-watch.ts';
import { AlertWorldView } from './alert-world.ts';
import { Alerts } from './alerts.ts';
import { AuditTrail } from './audit-trail.ts';
import { Bulletins } from './bulletins.ts';
import { CandidateBook } from './candidates/candidate-book.ts';
import { CandidateFinder } from './candidates/candidate-finder.ts';
import { CandidateWatch } from './candidates/candidate-watch.ts';
import { OpenWork } from './candidates/open-work.ts';
import { Corrections } from './corrections.ts';
import { Credentials } from './credentials.ts';
import { Duties } from './duties.ts';
import { Enrolment } from './enrolment.ts';
import { EvidenceDesk } from './evidence.ts';
import { EvidenceShares } from './evidence-shares.ts';
import { FieldTies } from './field-ties.ts';
import { Finishing } from './finishing.ts';
import { Fold, type FoldedOutbox, type LogSpan } from './fold.ts';
import { Fuel } from './fuel.ts';
import { LiveFleet } from './live-fleet.ts';
import { MachineDays } from './machine-days.ts';
import { Machines } from './machines.ts';
import { Maintenance } from './maintenance.ts';
import { type MethodPreview, previewMethod } from './method-preview.ts';
import { Nearest } from './nearest.ts';
import { NoticeAudience } from './notice-audience.ts';
import { Notices } from './notices.ts';
import { Objections } from './objections.ts';
import { Offers } from './offers.ts';
import { OrderGround } from './order-ground.ts';
import { OrderLedger } from './order-ledger.ts';
import { Orders } from './orders.ts';
import { People } from './people.ts';
import { PhoneGaps } from './phone-gaps.ts';
import { ProgressBoard } from './progress.ts';
import { RainBook } from './rain-book.ts';
import { FirstWork } from './reception/first-work.ts';
import { Reception } from './reception/reception.ts';
import { Recomputer } from './recomputer.ts';
import { Refolder } from './refolder.ts';
import { Registry } from './registry.ts';
import { RepairPhotos } from './repair-photos.ts';
import { Repairs } from './repairs.ts';
import { ReportedFigures } from './reported.ts';
import { Reporting } from './reporting.ts';
import { RequestPlaces } from './request-places.ts';
import { Requests } from './requests.ts';
import { Screens } from './screens.ts';
import type { SeasonClock } from './season-clock.ts';
import { StationDesk } from './station-desk.ts';
import { Stock } from './stock.ts';
import { drawMissed } from './tank-draw.ts';
import { Terminals } from './terminals.ts';
import { Webhook } from './webhook.ts';
import { WorkRecord } from './work-record.ts';

/** What is late news of an earlier year is stored, and folded nowhere. */
export const spanOf = ({ year, fromBatch = 0, closedUpTo }: Season): LogSpan => ({
  after: fromBatch,
  upTo: closedUpTo ?? null,
  fromTime: fromBatch > 0 ? dayStart(`${year}-01-01`) : null,
});

const BATCHES_A_STEP = 20_000;

/**
 * Everything that is known of the season, brought up from the database: lists, reported figures, and the fold of the fix log with what
 * hangs on it. A program adds ingest and sockets to it; a command such as `digest` reads it and goes.
 */
export class SeasonBook {
  readonly registryStore: RegistryStore;
  readonly machineList: MachineList;
  readonly log: FixLog;
  readonly derived: DerivedStore;
  readonly registry: Registry;
  readonly reported: ReportedFigures;
  readonly board: ProgressBoard;
  readonly reporting: Reporting;
  readonly machineDays: MachineDays;
  readonly bulletins: Bulletins;
  readonly corrections: Corrections;
  private readonly correctionStore: CorrectionStore;
  readonly screens: Screens;
  readonly fleet: LiveFleet;
  readonly fold: Fold;
  readonly refolder: Refolder;
  readonly recomputer: Recomputer;
  private readonly recomputationStore: RecomputationStore;
  readonly machines: Machines;
  readonly finishing: Finishing;
  readonly objections: Objections;
  readonly workRecord: WorkRecord;
  private readonly claimStore: ClaimStore;
  readonly repairs: Repairs;
  readonly fuel: Fuel;
  readonly stock: Stock;
  readonly stationDesk: StationDesk;
  readonly maintenance: Maintenance;
  readonly people: People;
  readonly photos: RepairPhotos;
  readonly credentials: Credentials;
  readonly enrolment: Enrolment;
  readonly audit: AuditTrail;
  readonly cabStore: CabStore;
  readonly duties: Duties;
  readonly phoneGaps: PhoneGaps;
  readonly terminals: Terminals;
  readonly adviceBook: AdviceBook;
  private readonly adviceStore: AdviceStore;
  readonly audience: NoticeAudience;
  readonly notices: Notices;
  readonly alerts: Alerts;
  readonly alertWorld: AlertWorldView;
  readonly alertWatch: AlertWatch;
  readonly webhook: Webhook;
  /** The program listens on loopback only; set by it. */
  onLoopback = false;
  private readonly webhookStore: WebhookStore;
  private readonly noticeStore: NoticeStore;
  private readonly alertStore: AlertStore;
  readonly orderLedger: OrderLedger;
  readonly orderGround: OrderGround;
  readonly requests: Requests;
  readonly fieldTies: FieldTies;
  readonly requestPlaces: RequestPlaces;
  readonly orders: Orders;
  readonly offers: Offers;
  readonly nearest: Nearest;
  readonly evidence: EvidenceDesk;
  readonly evidenceShares: EvidenceShares;
  private readonly evidenceShareStore: EvidenceShareStore;
  private readonly requestStore: RequestStore;
  private readonly orderStore: OrderStore;
  readonly reception: Reception;
  readonly firstWork: FirstWork;
  readonly rain: RainBook;
  readonly openWork: OpenWork;
  readonly candidates: CandidateBook;
  readonly candidateFinder = new CandidateFinder();
  readonly candidateWatch: CandidateWatch;
  private readonly candidateStore: CandidateStore;
  private readonly rainStore: RainStore;
  private readonly terminalStore: TerminalStore;
  private readonly auditStore: AuditStore;
  private readonly reminderStore: ReminderStore;
  private readonly bulletinStore: BulletinStore;
  private readonly screenStore: ScreenStore;
  private readonly repairStore: RepairStore;
  private readonly fuelStore: FuelStore;
  private readonly stockStore: StockStore;
  private readonly teamStore: TeamStore;
  private readonly maintenanceStore: MaintenanceStore;
  private readonly credentialStore: CredentialStore;
  /** Told when what is known of a field changed. */
  onField: (id: string) => void = () => undefined;

  constructor(
    connection: Connection,
    readonly clock: SeasonClock,
  ) {
    const now = clock.season;
    this.registryStore = new RegistryStore(connection);
    this.machineList = new MachineList(connection);
    this.log = new FixLog(connection);
    this.derived = new DerivedStore(connection);
    this.credentialStore = new CredentialStore(connection);
    this.auditStore = new AuditStore(connection);
    this.audit = new AuditTrail(this.auditStore, clock);
    this.registry = new Registry(this.registryStore);
    this.reported = new ReportedFigures(this.registryStore, now);
    this.board = new ProgressBoard(this.registry, this.reported, now);
    this.fleet = new LiveFleet(this.registry, now);
    this.board.machines = this.fleet;
    this.reminderStore = new ReminderStore(connection);
    const { registry, reported, board, reminderStore: reminders } = this;
    this.reporting = new Reporting({ registry, reported, board, reminders, now });
    this.bulletinStore = new BulletinStore(connection);
    this.machineDays = new MachineDays(this.bulletinStore, registry);
    const { reporting, machineDays, bulletinStore: store } = this;
    this.correctionStore = new CorrectionStore(connection);
    this.corrections = new Corrections({ store: this.correctionStore, bulletins: store, registry });
    const { corrections } = this;
    const receptionOn = (day: string) => this.reception.countsOn(day);
    this.bulletins = new Bulletins({ registry, board, reporting, machineDays, store, corrections, receptionOn, now });
    const listener = { moved: this.moved, late: corrections.late, covered: this.covered };
    this.fold = new Fold(this.derived, this.registry, listener, clock.wall);
    this.refolder = new Refolder({ fold: this.fold, log: this.log, store: this.derived });
    this.claimStore = new ClaimStore(connection);
    this.finishing = new Finishing({ store: this.claimStore, registry: this.registry, fold: this.fold, now });
    this.recomputationStore = new RecomputationStore(connection);
    const { refolder, derived, recomputationStore } = this;
    const ofFold = { registry, fold: this.fold, log: this.log, derived, refolder };
    this.recomputer = new Recomputer({ ...ofFold, store: recomputationStore, now, newId: randomUUID });
    this.cabStore = new CabStore(connection);
    this.duties = new Duties(this.cabStore, now);
    this.phoneGaps = new PhoneGaps(this.cabStore, now);
    this.terminalStore = new TerminalStore(connection);
    this.terminals = new Terminals(this.terminalStore, clock.wall);
    this.rainStore = new RainStore(connection);
    this.rain = new RainBook({ store: this.rainStore, registry, now });
    this.repairStore = new RepairStore(connection);
    this.repairs = new Repairs({ store: this.repairStore, registry, fleet: this.fleet, now });
    this.fuelStore = new FuelStore(connection);
    this.fuel = new Fuel({ store: this.fuelStore, registry, fleet: this.fleet, now });
    this.stockStore = new StockStore(connection);
    this.stock = new Stock({ store: this.stockStore, registry, now });
    this.repairs.usedFor = this.stock.usedFor;
    this.teamStore = new TeamStore(connection);
    const bays = { repairStore: this.repairStore, repairs: this.repairs, stock: this.stock };
    this.stationDesk = new StationDesk({ store: this.teamStore, ...bays, registry, now });
    const photos = new PhotoStore(connection);
    this.photos = new RepairPhotos({ repairs: this.repairs, store: this.repairStore, photos, now });
    const { fold, fleet, duties, repairs, log } = this;
    this.candidateStore = new CandidateStore(connection);
    this.openWork = new OpenWork(registry);
    this.fleet.openSince = this.openWork.since;
    this.candidates = new CandidateBook({ store: this.candidateStore, registry, now });
    const { openWork: work, candidates, candidateFinder: finder, candidateStore } = this;
    this.candidateWatch = new CandidateWatch({ work, book: candidates, store: candidateStore, log, fold, registry, finder, now });
    this.refolder.onChange = change => this.candidateWatch.changed(change);
    this.machines = new Machines({ registry, fold, fleet, duties, repairs, log, now, phoneGaps: this.phoneGaps });
    this.maintenanceStore = new MaintenanceStore(connection);
    this.maintenance = new Maintenance({ store: this.maintenanceStore, registry, machines: this.machines, now });
    this.requestStore = new RequestStore(connection);
    this.orderStore = new OrderStore(connection);
    const { machines, requestStore, orderStore } = this;
    const ledger = new OrderLedger({ requests: requestStore, orders: orderStore, registry });
    const ground = new OrderGround({ registry, fold, fleet, machines, now });
    this.orderLedger = ledger;
    this.orderGround = ground;
    this.workRecord = new WorkRecord({ registry, fold, machines, ledger });
    this.objections = new Objections({ store: this.claimStore, registry, fold, record: this.workRecord, now });
    this.requests = new Requests({ ledger, store: requestStore, orders: orderStore, registry, ground, now });
    const { finishing, objections, requests } = this;
    this.fieldTies = new FieldTies({ registry, ledger, requests, finishing, objections });
    this.requestPlaces = new RequestPlaces(registry, ground);
    const agreed = new AgreedMu({ objections: this.objections, ledger, registry });
    this.orders = new Orders({ ledger, store: orderStore, registry, ground, agreed, now });
    this.offers = new Offers({ ledger, store: orderStore, registry, requests: this.requests, ground, now });
    this.nearest = new Nearest({ registry, fleet, fold, duties, ledger, ground, now });
    this.evidence = new EvidenceDesk({ registry, fold, log, ledger, now, wall: clock.wall });
    this.evidence.words = {
      ...this.evidence.words,
      corrections: (id, operation) => corrections.evidenceOf(id, operation),
      objections: (id, operation) => this.objections.evidenceOf(id, operation),
      finishedBy: (id, operation) => this.finishing.finishedBy(id, operation),
    };
    this.evidenceShareStore = new EvidenceShareStore(connection);
    this.evidenceShares = new EvidenceShares({ store: this.evidenceShareStore, registry, wall: clock.wall });
    this.reception = new Reception(connection, { registry, machines: this.registryStore, ledger, now });
    const { visits } = this.reception;
    this.firstWork = new FirstWork({ registry, visits, requests: this.requests, offers: this.offers, ledger, now });
    this.adviceStore = new AdviceStore(connection);
    this.adviceBook = new AdviceBook({ store: this.adviceStore, registry, now });
    this.people = new People(connection, registry, clock.wall);
    this.noticeStore = new NoticeStore(connection);
    this.audience = new NoticeAudience({ registry, fleet, duties, now });
    this.notices = new Notices({ store: this.noticeStore, registry, audience: this.audience, now });
    this.alertStore = new AlertStore(connection);
    const { hasDispatcher } = this.people.accounts;
    this.alerts = new Alerts({ store: this.alertStore, registry, now, newId: randomUUID, hasDispatcher });
    this.alertWorld = new AlertWorldView({ registry, fleet, duties, repairs, fold, board });
    this.alertWatch = new AlertWatch({ store: this.alertStore, registry, alerts: this.alerts, view: this.alertWorld, now });
    this.webhookStore = new WebhookStore(connection);
    this.webhook = new Webhook({ store: this.webhookStore, clock, onLoopback: () => this.onLoopback });
    this.credentials = new Credentials(this.credentialStore, clock.wall, this.people.accounts);
    this.screenStore = new ScreenStore(connection);
    this.screens = new Screens(this.screenStore, this.credentials, clock.wall);
    this.enrolment = new Enrolment({ registry: this.registry, store: this.registryStore, credentials: this.credentials });
  }

  /** Indexes, so that what must be unique is. */
  async prepare(): Promise<void> {
    const stores = [
      this.registryStore,
      this.machineList,
      this.log,
      this.derived,
      this.correctionStore,
      this.recomputationStore,
      this.auditStore,
      this.cabStore,
      this.reminderStore,
      this.bulletinStore,
      this.screenStore,
      this.repairStore,
      this.fuelStore,
      this.claimStore,
      this.stockStore,
      this.teamStore,
      this.maintenanceStore,
      this.people,
      this.terminalStore,
      this.adviceStore,
      this.noticeStore,
      this.alertStore,
      this.webhookStore,
      this.requestStore,
      this.orderStore,
      this.rainStore,
      this.evidenceShareStore,
      this.reception,
      this.candidateStore,
    ];
    await Promise.all(stores.map(store => store.prepare()));
  }

  /**
   * Reads the lists, takes up the last checkpoint, and folds what the log holds beyond it. `step` is told what is going on. Only the
   * program that owns the database may `keep` what it folds, as checkpoints on the way; without that a whole season stays in memory.
   */
  async open({
    step = () => undefined,
    keep = false,
  }: {
    step?: ((what: string) => void) | undefined;
    keep?: boolean;
  } = {}): Promise<void> {
    if (keep) await this.registryStore.finishChange();
    step('reading the season');
    await this.registry.load();
    await this.people.load();
    const { season } = this.registry;
    await this.reported.load(season?.year ?? null);
    await this.rain.load(season?.year ?? null);
    await this.corrections.load(season?.year ?? null);
    await this.finishing.load(season?.year ?? null);
    await this.objections.load(season?.year ?? null);
    await this.duties.load();
    await this.terminals.load();
    await this.repairs.load();
    await this.fuel.load();
    await this.stock.load();
    if (keep) await drawMissed(this.stock, this.fuelStore);
    await this.stationDesk.load();
    await this.maintenance.load();
    await this.adviceBook.load();
    await this.notices.load();
    await this.alerts.load();
    await this.alertWatch.load();
    await this.webhook.load();
    await this.orderLedger.load();
    await this.reception.load();
    await this.candidates.load();
    this.openWork.load(season ? await this.candidateStore.spotsOfYear(season.year) : []);
    for (const [id, field] of this.registry.fields) this.board.enter(id, field);
    step('reading what is covered');
    if (season) this.fold.confine(spanOf(season));
    // Who may not keep what he folds sees what will be when all that passed over changed fields is folded again.
    const upTo = await this.fold.restore({ anew: !keep && (await this.derived.pendingRefold()) !== null });
    this.corrections.quiet = this.fold.isAnew;
    step('folding the fix log');
    let batches = 0;
    for await (const batch of this.log.after(upTo)) {
      if (season?.closedUpTo !== undefined && batch._id > season.closedUpTo) break;
      this.fold.takeStored(batch);
      if (++batches % BATCHES_A_STEP !== 0) continue;
      step(`folding the fix log: ${batches} batches`);
      if (!keep) continue;
      await this.fold.evaluateAll();
      await this.fold.checkpoint();
    }
    await this.fold.evaluateAll();
    this.corrections.quiet = false;
    if (keep) await this.refolder.resume();
    if (keep) await this.compareMethods(step);
    this.fleet.recount();
  }

  /** Instead of opening it: what a start of this program would change in the stored figures. Writes nothing. */
  async preview(step: (what: string) => void): Promise<MethodPreview | null> {
    await this.registry.load();
    const { registry, fold, log, derived } = this;
    if (registry.season) fold.confine(spanOf(registry.season));
    return previewMethod({ registry, fold, log, derived }, step);
  }

  /** With a newer method everything was folded anew: what it changed is written down for people to see. */
  private async compareMethods(step: (what: string) => void): Promise<void> {
    if (!this.fold.isAnew && !(await this.derived.replacedCoverage())) return;
    step('comparing with the method before');
    await this.fold.checkpoint();
    await this.recomputer.compareMethods();
  }

  /** Who bears the secret; null: nobody known. What a device reports is folded by its machine, so that is known from then on. */
  actorOf = async (secret: string): Promise<Actor | null> => {
    const actor = await this.credentials.actorOf(secret);
    if (actor?.role === 'device' && actor.machine !== null) await this.enrolment.know(actor.machine);
    return actor;
  };

  private readonly moved = (outbox: FoldedOutbox, fixes: readonly Fix[]): void => {
    this.openWork.take(outbox, fixes);
    this.fleet.moved(outbox);
    const { last, fieldId } = outbox.fold;
    if (!last) return;
    const town = fieldId === null ? undefined : this.registry.fields.get(fieldId)?.town;
    this.machineDays.heard(outbox.machine, last.fixTime, town ?? this.fleet.machines.get(outbox.machine)?.county ?? undefined);
  };

  private readonly covered = (id: string, operation: Operation, before: CoverageResult | null, after: CoverageResult | null): void => {
    this.recomputer.covered(id, operation);
    this.corrections.covered(id, operation, { before, after });
    const field = this.registry.fields.get(id);
    if (!field) return;
    const other = this.fold.coverageOf(id, operation === 'harvest' ? 'sow' : 'harvest');
    this.board.covered(id, field, operation, before, after, other);
    this.machines.covered(id, operation, after?.byMachine ?? []);
    this.onField(id);
  };
}
