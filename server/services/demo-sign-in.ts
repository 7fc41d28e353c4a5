import type { Actor, Role } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Registry } from './registry.ts';

/** One click, any role, no password: only on a demonstration database and a loopback address. */
export class DemoSignIn {
  readonly roles: readonly Role[] = ['dispatcher', 'clerk', 'operator', 'station', 'viewer', 'administrator'];

  constructor(private readonly registry: Registry) {}

  actorFor(role: Role): Actor {
    if (!this.roles.includes(role)) throw new Refusal('invalid', `role: the demonstration has no ${role}`);
    const city = this.registry.root()?.code ?? null;
    const county = this.registry.children(city ?? '')[0]?.code ?? null;
    const machine = [...this.registry.machines.values()][0];
    const none = { division: null, machine: null };
    switch (role) {
      case 'dispatcher':
        return { role, name: '演示调度员', division: city, machine: null };
      case 'clerk':
        return { role, name: '演示统计员', division: county, machine: null };
      case 'operator':
        return { role, name: machine?.operatorName ?? '机手', division: null, machine: machine?.id ?? null };
      case 'station':
        return { role, name: '演示服务站', ...none };
      case 'administrator':
        return { role, name: '演示管理员', ...none };
      default:
        return { role, name: '演示访客', ...none };
    }
  }
}
