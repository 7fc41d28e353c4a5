import type { Advice, AdviceKind, AdviceStep, NothingCode } from '../../../shared/advice.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { Registry } from '../registry.ts';
import { type AdviceBook, type Subject, shown } from './advice-book.ts';
import type { MovesAdvisor, Worked } from './moves-advisor.ts';
import type { PlanAdvisor } from './plan-advisor.ts';
import type { Orders } from './ports.ts';

export type Given = { advice: Advice; nothing: null } | { advice: null; nothing: NothingCode };
export type ChosenStep = Pick<AdviceStep, 'offer' | 'machineVersion'>;

/** Where advice is asked for and decided on. */
export class AdviceDesk {
  private readonly running = new Map<string, { subject: Subject; since: number; given: Promise<Given> }>();
  /** Told the unit when something begins to be worked out, or ends. */
  onRunning: (division: string) => void = () => undefined;
  onRefused: (subject: Subject) => void = () => undefined;

  constructor(
    private readonly deps: {
      book: AdviceBook;
      moves: MovesAdvisor;
      plans: PlanAdvisor;
      orders: Orders;
      registry: Registry;
      now: () => number;
    },
  ) {}

  /** What is being worked out for a unit or below it. */
  runningIn = (division: string): { kind: AdviceKind; division: string; since: number }[] =>
    [...this.running.values()]
      .filter(({ subject }) => this.deps.registry.chain(subject.division).includes(division))
      .map(({ subject, since }) => ({ kind: subject.kind, division: subject.division, since }));

  /**
   * Whoever asks for what is being worked out already gets the same answer. `keepSame`: what would go out is what is open already, so that
   * stays, as somebody may be looking at it.
   */
  ask(subject: Subject, { keepSame = false } = {}): Promise<Given> {
    this.needUnit(subject);
    const key = `${subject.kind}|${subject.division}|${subject.operation}`;
    const known = this.running.get(key);
    if (known) return known.given;
    const given = this.give(subject, keepSame).finally(() => {
      this.running.delete(key);
      this.onRunning(subject.division);
    });
    this.running.set(key, { subject, since: this.deps.now(), given });
    this.onRunning(subject.division);
    return given;
  }

  async refuse(id: string, { version, reason, by }: { version: number; reason: string; by: string }): Promise<Advice> {
    const refused = await this.deps.book.decide(id, version, async () => ({
      state: 'refused',
      decision: { by, at: this.deps.now(), edited: false, reason, orders: [] },
    }));
    this.onRefused(refused);
    return refused;
  }

  /** All of the steps go out as orders, or none: then the refusal names the machine or request that is not as it was. */
  approve(
    id: string,
    { version, steps, reason, by }: { version: number; steps: readonly ChosenStep[]; reason: string; by: string },
  ): Promise<Advice> {
    return this.deps.book.decide(id, version, async advice => {
      const offers = steps.map(step => this.checked(advice, step));
      if (new Set(offers.map(offer => offer.id)).size < offers.length) throw new Refusal('invalid', 'steps: a step stands here twice');
      const orders = await this.deps.orders.offer(offers, { author: by, advice: id });
      const edited = isEdited(advice, steps);
      return { state: 'approved', decision: { by, at: this.deps.now(), edited, reason, orders: orders.map(order => order.id) } };
    });
  }

  private async give(subject: Subject, keepSame: boolean): Promise<Given> {
    const worked = await this.workOut(subject);
    if ('nothing' in worked) {
      await this.deps.book.clear(subject);
      return { advice: null, nothing: worked.nothing };
    }
    const open = this.deps.book.openOf(subject);
    if (keepSame && open && saysTheSame(open, worked.draft)) return { advice: shown(open), nothing: null };
    return { advice: await this.deps.book.put(worked.draft), nothing: null };
  }

  private async workOut({ kind, division, operation }: Subject): Promise<Worked<Parameters<AdviceBook['put']>[0]>> {
    if (kind === 'moves') return this.deps.moves.work(operation);
    const open = this.deps.book.openOf({ kind, division, operation });
    return this.deps.plans.work({ county: division, operation, present: open && shown(open) });
  }

  private needUnit({ kind, division }: Subject): void {
    const level = this.deps.registry.divisions.get(division)?.level;
    if (level === undefined) throw new Refusal('notFound', `division: there is no unit ${division}`);
    const wanted = kind === 'moves' ? 'city' : 'county';
    if (level !== wanted) throw new Refusal('invalid', `division: advice of this kind is for a ${wanted}`);
  }

  /** A person may take another machine, another unit, another area or note; what is to be done stays. */
  private checked(advice: Advice, { offer, machineVersion }: ChosenStep) {
    const step = advice.steps.find(one => one.offer.id === offer.id && !one.isLater);
    if (!step) throw new Refusal('invalid', `steps: ${offer.id} is no step of this advice that can go out now`);
    const { kind, request, operation } = step.offer;
    if (offer.kind !== kind || offer.request !== request || offer.operation !== operation)
      throw new Refusal('invalid', 'steps: kind, request and operation of a step stay as they are');
    const machine = this.deps.registry.machines.get(offer.machine);
    const implement = machine?.implements.findLast(({ from }) => from <= this.deps.now());
    if (!machine) throw new Refusal('invalid', `machine: there is no machine ${offer.machine}`);
    if (implement?.operation !== operation) throw new Refusal('invalid', `machine: ${machine.plate} is not for this work`);
    return { ...offer, machineVersion };
  }
}

/** The same machines, as they were, would do the same. */
function saysTheSame(one: Pick<Advice, 'steps'>, other: Pick<Advice, 'steps'>): boolean {
  const essence = ({ steps }: Pick<Advice, 'steps'>) =>
    JSON.stringify(
      steps
        .map(({ offer: { machine, request, division, areaMu }, machineVersion, isLater }) => [
          machine,
          request,
          division,
          areaMu,
          machineVersion,
          isLater,
        ])
        .sort(),
    );
  return essence(one) === essence(other);
}

function isEdited(advice: Advice, steps: readonly ChosenStep[]): boolean {
  const advised = advice.steps.filter(step => !step.isLater);
  if (steps.length !== advised.length) return true;
  return steps.some(({ offer }) => {
    const before = advised.find(step => step.offer.id === offer.id)!.offer;
    return (['machine', 'division', 'areaMu', 'note'] as const).some(key => before[key] !== offer[key]);
  });
}
