import * as z from 'zod';
import { importReportSchema } from '../imports.ts';
import { movementSchema, moveSchema, stockRowSchema, transferSchema } from '../stock.ts';
import { fileReply, none, uploaded } from './route.ts';

const ofStation = z.object({ station: z.string().max(40) });

/** Parts and fuel of a station. Every act bears an id made by whoever does it: the same id again changes nothing. */
export const stockRoutes = {
  /** What is on the shelves, what is under way from or to it, and the last lines of the ledger. */
  stock: {
    method: 'get',
    path: '/stock',
    query: ofStation,
    output: z.object({
      asOf: z.number(),
      rows: z.array(stockRowSchema),
      transfers: z.array(transferSchema.extend({ fromName: z.string(), toName: z.string() })),
      movements: z.array(movementSchema),
    }),
  },
  /** Received, used, given back or counted. More than there is cannot be used: a conflict says how much is left. */
  moveStock: { method: 'post', path: '/stock/movements', query: none, body: moveSchema, output: stockRowSchema },
  /** Name, unit, minimum and price of a part; makes it known with nothing of it there. */
  putPart: {
    method: 'put',
    path: '/stock/part',
    query: none,
    body: stockRowSchema.omit({ quantity: true, version: true }),
    output: stockRowSchema,
  },
  sendStock: {
    method: 'post',
    path: '/stock/transfers',
    query: none,
    body: transferSchema.pick({ id: true, from: true, to: true, part: true, quantity: true, why: true }).extend({ at: z.number() }),
    output: transferSchema,
  },
  receiveStock: {
    method: 'post',
    path: '/stock/transfers/:id/receive',
    params: z.object({ id: z.uuid() }),
    query: none,
    body: z.object({ quantity: z.number().min(0).max(1e6), at: z.number() }),
    output: transferSchema,
  },
  /** A table of parts as CSV. Every bad row is named; it is taken whole or not at all, and the same file again changes nothing. */
  importStock: {
    method: 'post',
    path: '/stock/table',
    query: ofStation.extend({ apply: z.enum(['true', 'false']).default('false') }),
    upload: '2mb',
    body: uploaded,
    output: importReportSchema.omit({ kind: true, absent: true }),
  },
  /** An empty table with its columns and one row as an example. */
  stockTemplate: { method: 'get', path: '/stock/template', query: ofStation, output: fileReply },
} as const;
