import { randomUUID } from 'node:crypto';
import type { Action, Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import type { stockRoutes } from '../../../shared/routes/stock.ts';
import { templateOf } from '../../services/imports/columns.ts';
import { judgeStock } from '../../services/imports/stock.ts';
import { Pace } from '../../services/pace.ts';
import type { StockAct } from '../../services/stock.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

type Audit = (object: string, before: unknown, after: unknown) => void;

export function stockHandlers({ book, guard }: HttpParts): HandlersOf<typeof stockRoutes> {
  const { stock, registry, repairs } = book;
  const onStation = (actor: Actor, action: Action, station: string) => {
    const at = registry.stations.find(one => one.id === station);
    guard.onRepair(actor, action, { station, units: at ? registry.chain(at.division) : [] });
  };
  /** A retry, which changed nothing, leaves no trace. */
  const changed = <Value>({ before, after }: StockAct<Value>, object: string, audit: Audit): Value => {
    if (before !== after) audit(object, before, after);
    return after;
  };
  return {
    stock({ actor, query }) {
      onStation(actor, 'stock:read', query.station);
      return stock.page(query.station);
    },
    async moveStock({ actor, body, audit }) {
      onStation(actor, 'stock:write', body.station);
      const repair = body.repair === null ? null : await repairs.find(body.repair);
      if (repair) guard.onRepair(actor, 'repair:write', repair);
      const act = await stock.move(body, actor.name);
      if (repair && act.before !== act.after) repairs.announce(repair);
      return changed(act, `stock:${body.station}:${body.part}`, audit);
    },
    async putPart({ actor, body, audit }) {
      onStation(actor, 'stock:write', body.station);
      return changed(await stock.putPart(body), `stock:${body.station}:${body.part}`, audit);
    },
    async sendStock({ actor, body, audit }) {
      onStation(actor, 'stock:write', body.from);
      return changed(await stock.send(body, actor.name), `transfer:${body.id}`, audit);
    },
    async receiveStock({ actor, params, body, audit }) {
      const { to } = await stock.transfer(params.id);
      onStation(actor, 'stock:write', to);
      return changed(await stock.receive(params.id, { ...body, by: actor.name, lineId: randomUUID() }), `transfer:${params.id}`, audit);
    },
    async importStock({ actor, query: { station, apply }, body, audit }) {
      onStation(actor, 'stock:write', station);
      const before = stock.ofStation(station);
      const { report, rows } = await judgeStock(body, { station, known: before, pace: new Pace() });
      const applied = apply === 'true';
      if (applied && report.badRows > 0) throw new Refusal('invalid', `file: ${report.badRows} rows are bad, so nothing was imported`);
      if (applied && rows.length > 0) {
        await stock.putAll(rows, { by: actor.name, newId: randomUUID, why: 'CSV' });
        audit(`stock:${station}`, before.length, { rows: rows.length });
      }
      return { ...report, applied };
    },
    stockTemplate({ actor, query }) {
      onStation(actor, 'stock:write', query.station);
      return new FileReply(Buffer.from(templateOf('stock')), 'text/csv; charset=utf-8', 'stock.csv');
    },
  };
}
