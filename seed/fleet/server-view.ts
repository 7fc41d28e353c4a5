import { io } from 'socket.io-client';
import type { RequestOutput } from '../../shared/contract.ts';
import type { Progress } from '../../shared/progress.ts';
import type { LngLat, ReportedInput } from '../../shared/registry.ts';
import type { RepairCall, RepairChanges, RepairShown } from '../../shared/repair.ts';
import type { Reply } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Move } from '../../shared/stock.ts';
import type { OrderAnswer, WorkOrderShown, WorkRequestInput } from '../../shared/work-order.ts';
import type { Known } from './muster.ts';

/** What the fleet asks the server over the public contract, as any script may. */
export class ServerView {
  constructor(
    private readonly url: string,
    private readonly tokens: { viewer: string; clerk: string; service: string },
  ) {}

  /** The clock and what has been done, so that a restart goes on where it was. */
  async start(city: string): Promise<{ clock: RequestOutput<'view:open'>['clock']; known: Known }> {
    const view = await this.openView(city);
    const places = new Map(view.machines.map(([id, lng, lat]): [string, LngLat] => [id, [lng, lat]]));
    const stages = new Map<string, 'harvested' | 'sown'>();
    for (const id of await this.fieldsAt(city, 'sown')) stages.set(id, 'sown');
    for (const stage of ['harvested', 'sowing'] as const) for (const id of await this.fieldsAt(city, stage)) stages.set(id, 'harvested');
    const counties = new Map(
      view.machines.flatMap(([id, , , , , , , , county]): [string, string][] => (county === null ? [] : [[id, county]])),
    );
    const { candidates }: RouteOutput<'candidates'> = await this.ask(`/candidates?division=${city}&state=all`, this.tokens.viewer);
    return { clock: view.clock, known: { stages, places, counties, candidates } };
  }

  progress(division: string): Promise<Progress> {
    return this.ask(`/progress?division=${division}`, this.tokens.viewer);
  }

  report(reported: ReportedInput): Promise<unknown> {
    return this.ask('/reported', this.tokens.clerk, reported);
  }

  /** One page of them, as a clerk sees who calls. */
  async standingIn(town: string): Promise<RouteOutput<'fields'>['fields']> {
    const { fields }: RouteOutput<'fields'> = await this.ask(`/fields?division=${town}&stage=standing`, this.tokens.viewer);
    return fields;
  }

  /** What is known already, or done meanwhile, is no trouble. */
  async askFor(request: WorkRequestInput): Promise<void> {
    const response = await this.send('PUT', `/requests/${request.id}`, this.tokens.clerk, request);
    if (![400, 409].includes(response.status)) await this.read(response);
  }

  callRepair(call: RepairCall, operatorToken: string): Promise<RepairShown> {
    return this.ask('/repairs/call', operatorToken, call);
  }

  inbox(deviceToken: string): Promise<RouteOutput<'inbox'>> {
    return this.ask('/cab/inbox', deviceToken);
  }

  async answerOrder(answer: OrderAnswer, deviceToken: string): Promise<WorkOrderShown | 'refused'> {
    const response = await this.send('POST', '/orders/answer', deviceToken, answer);
    return [400, 403, 404, 409].includes(response.status) ? 'refused' : this.read(response);
  }

  async readNotice(notice: string, at: number, deviceToken: string): Promise<void> {
    const response = await this.send('POST', `/cab/notices/${notice}/read`, deviceToken, { at });
    // Withdrawn meanwhile.
    if (response.status !== 404) await this.read(response);
  }

  /** Null: somebody else has changed it meanwhile. */
  editRepair = async ({ id, version }: RepairShown, changes: RepairChanges): Promise<RepairShown | null> => {
    const response = await this.send('PUT', `/repairs/${id}`, this.tokens.service, { version, changes });
    if (response.status === 409) return null;
    return this.read(response);
  };

  /** What is not on the shelf is done without. */
  usePart = async (move: Move): Promise<void> => {
    const response = await this.send('POST', '/stock/movements', this.tokens.service, move);
    if (response.status !== 409) await this.read(response);
  };

  async openCalls(): Promise<RepairShown[]> {
    const { repairs }: RouteOutput<'listRepairs'> = await this.ask('/repairs', this.tokens.service);
    return repairs.filter(repair => repair.source === 'cab');
  }

  private async fieldsAt(division: string, stage: string): Promise<string[]> {
    const ids: string[] = [];
    for (;;) {
      const path = `/fields?division=${division}&stage=${stage}&from=${ids.length}`;
      const page: RouteOutput<'fields'> = await this.ask(path, this.tokens.viewer);
      ids.push(...page.fields.map(field => field.id));
      if (page.fields.length === 0 || ids.length >= page.total) return ids;
    }
  }

  private async ask<Answer>(path: string, token: string, body?: unknown): Promise<Answer> {
    return this.read(await this.send(body === undefined ? 'GET' : 'POST', path, token, body));
  }

  private send(method: string, path: string, token: string, body?: unknown): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async read<Answer>(response: Response): Promise<Answer> {
    if (!response.ok) throw new Error(`${new URL(response.url).pathname}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  private openView(division: string): Promise<RequestOutput<'view:open'>> {
    const socket = io(this.url, { transports: ['websocket'], auth: { token: this.tokens.viewer }, forceNew: true });
    return new Promise<RequestOutput<'view:open'>>((resolve, reject) => {
      socket.on('connect_error', reject);
      socket.timeout(20_000).emit('view:open', { division }, (failure: Error | null, reply?: Reply<RequestOutput<'view:open'>>) => {
        if (reply?.ok) resolve(reply.value);
        else reject(failure ?? new Error(`view:open: ${reply?.problem.message}`));
      });
    }).finally(() => socket.disconnect());
  }
}
