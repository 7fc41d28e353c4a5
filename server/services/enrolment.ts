import { actor } from '../../shared/permissions.ts';
import type { Machine } from '../../shared/registry.ts';
import type { RegistryStore } from '../stores/registry.ts';
import type { Credentials } from './credentials.ts';
import type { Registry } from './registry.ts';

/** Of a machine that nobody described yet: the commonest combine here cuts 2.3 to 2.75 m. */
export const DEFAULT_WIDTH_M = 2.5;

const unknownMachine = (id: string, division: string): Machine => ({
  id,
  kind: 'combine',
  plate: id,
  drive: 'wheeled',
  origin: 'home',
  division,
  operatorName: '',
  operatorPhone: '',
  hasTerminal: true,
  implements: [{ from: 0, operation: 'harvest', workingWidthM: DEFAULT_WIDTH_M }],
});

/** Gives a device the token with which it reports; a machine that is not known yet is created as a combine of the default width. */
export class Enrolment {
  constructor(private readonly deps: { registry: Registry; store: RegistryStore; credentials: Credentials }) {}

  /** Of a person: acts in that name, and ends with the account's devices. Otherwise it is the machine's own. */
  async device(machine: string, person: { name: string; account: string | null } | null = null): Promise<string> {
    await this.know(machine);
    return this.deps.credentials.newToken(actor({ role: 'device', name: machine, ...person, machine }));
  }

  /** Brings a machine into the lists in memory: a command may have enrolled it beside the running program. */
  async know(machine: string): Promise<void> {
    const { registry, store } = this.deps;
    if (registry.machines.has(machine)) return;
    const stored = await store.machine(machine);
    if (stored) return registry.addMachine(stored);
    const created = unknownMachine(machine, registry.root()?.code ?? '410100');
    registry.addMachine((await store.addMachine(created)) ? created : (await store.machine(machine))!);
  }

  viewer(): Promise<string> {
    return this.deps.credentials.newToken(actor({ role: 'viewer', name: '查看' }));
  }
}
