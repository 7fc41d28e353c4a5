import type { AlertRule, AlertRuleSetting } from '../../shared/alert.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Rule } from '../domain/alerts/rule.ts';
import { rules } from '../domain/alerts/rules.ts';
import type { AlertWorld } from '../domain/alerts/world.ts';
import type { AlertStore } from '../stores/alerts.ts';
import type { AlertWorldView } from './alert-world.ts';
import type { Alerts, Round } from './alerts.ts';
import type { Registry } from './registry.ts';

/** Nothing that a rule looks at is worth a look more often than this (season time). */
const EVERY_MS = 60_000;

/** Lets the rules look at the season again and again, each with its limit of the season. */
export class AlertWatch {
  private readonly limits = new Map<AlertRule, Pick<AlertRuleSetting, 'isOn' | 'limit' | 'escalateMin'>>();
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: { store: AlertStore; registry: Registry; alerts: Alerts; view: AlertWorldView; now: () => number }) {}

  async load(): Promise<void> {
    const { store, registry } = this.deps;
    for (const { rule, isOn, limit, escalateMin } of registry.season ? await store.limitsOf(registry.season.year) : [])
      this.limits.set(rule, { isOn, limit, escalateMin });
  }

  settings = (): AlertRuleSetting[] => rules.map(({ rule, unit, usual }) => ({ rule, unit, ...usual, ...this.limits.get(rule) }));

  async put(rule: AlertRule, limit: Pick<AlertRuleSetting, 'isOn' | 'limit' | 'escalateMin'>): Promise<void> {
    const { season } = this.deps.registry;
    if (!season) throw new Refusal('notFound', 'there is no season yet');
    if (limit.limit <= 0) throw new Refusal('invalid', 'limit: it must be above 0');
    if (rules.find(one => one.rule === rule)?.unit === 'share' && limit.limit > 1)
      throw new Refusal('invalid', 'limit: a share lies between 0 and 1');
    await this.deps.store.putLimit(season.year, rule, limit);
    this.limits.set(rule, limit);
    this.lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Often by the wall; looks only when the season went on. */
  async look(): Promise<void> {
    const now = this.deps.now();
    if (now >= this.lookedAt && now - this.lookedAt < EVERY_MS) return;
    const world = await this.deps.view.at(now);
    const settings = new Map(this.settings().map(setting => [setting.rule, setting]));
    await this.deps.alerts.settle(
      rules.map(rule => this.roundOf(rule, settings.get(rule.rule)!, world)),
      now,
    );
    this.lookedAt = now;
  }

  private roundOf({ rule, easier, find }: Rule, { isOn, limit, escalateMin }: AlertRuleSetting, world: AlertWorld | null): Round {
    if (!isOn || !world) return { rule, escalateMin, found: [], kept: [] };
    const kept = this.deps.alerts.isOpen(rule) ? find(world, easier(limit)) : [];
    return { rule, escalateMin, found: find(world, limit), kept };
  }
}
