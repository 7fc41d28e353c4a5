import { type Actor, actor, type Role } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Registry } from './registry.ts';
import type { Repairs } from './repairs.ts';

/** One click, any role, no password: only on a demonstration database and a loopback address. */
export class DemoSignIn {
  readonly roles: readonly Role[] = ['dispatcher', 'clerk', 'operator', 'station', 'viewer', 'administrator'];

  constructor(
    private readonly registry: Registry,
    private readonly repairs: Pick<Repairs, 'busiestStation'>,
  ) {}

  actorFor(role: Role): Actor {
    if (!this.roles.includes(role)) throw new Refusal('invalid', `role: the demonstration has no ${role}`);
    const city = this.registry.root()?.code ?? null;
    const county = this.registry.children(city ?? '')[0]?.code ?? null;
    const machine = [...this.registry.machines.values()][0];
    // Where something is going on, so that the page is not empty.
    const station = this.repairs.busiestStation() ?? this.registry.stations[0]?.id ?? null;
    switch (role) {
      case 'dispatcher':
        return actor({ role, name: '演示调度员', division: city });
      case 'clerk':
        return actor({ role, name: '演示统计员', division: county });
      case 'operator':
        return actor({ role, name: machine?.operatorName ?? '机手', machine: machine?.id ?? null });
      case 'station':
        return actor({ role, name: '演示服务站', station });
      case 'administrator':
        return actor({ role, name: '演示管理员' });
      default:
        return actor({ role, name: '演示访客' });
    }
  }
}
