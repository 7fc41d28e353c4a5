import * as z from 'zod';

/** Parts and fuel on the shelves of a station. Instants are on the season's clock. */

const quantity = z.number().min(0).max(1e6);
const price = z.number().min(0).max(1e6).nullable();
const instant = z.number().min(0).max(8.64e15);
/** Its number, or its name where it has none. */
const part = z.string().trim().min(1).max(40);

/** Diesel is a part like others, with this number. */
export const DIESEL = 'diesel';

export const stockRowSchema = z.object({
  station: z.string().max(40),
  part,
  name: z.string().trim().min(1).max(60),
  unit: z.string().trim().min(1).max(8),
  quantity,
  /** Below it the part is marked as missing. */
  minimum: quantity,
  priceYuan: price,
  version: z.number().int().min(1),
});
export type StockRow = z.infer<typeof stockRowSchema>;
export const isMissing = ({ quantity: there, minimum }: Pick<StockRow, 'quantity' | 'minimum'>): boolean => there < minimum;

export const movementKinds = ['receive', 'use', 'giveBack', 'count', 'send', 'arrive', 'fuel'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** A line of the ledger: it is never changed, and the quantity on the shelf is the sum of its lines. */
export const movementSchema = z.object({
  id: z.uuid(),
  station: z.string(),
  part: z.string(),
  name: z.string(),
  unit: z.string(),
  kind: z.enum(movementKinds),
  /** What came (+) or went (−). */
  change: z.number(),
  /** What was there afterwards. */
  left: z.number(),
  priceYuan: price,
  at: instant,
  by: z.string(),
  why: z.string().max(200),
  repair: z.uuid().nullable(),
  transfer: z.uuid().nullable(),
});
export type Movement = z.infer<typeof movementSchema>;

/** By a person at the shelf; the id is made there, so that sending it again is the same movement. */
export const moveSchema = z.object({
  id: z.uuid(),
  station: z.string().max(40),
  part,
  kind: z.enum(['receive', 'use', 'giveBack', 'count']),
  quantity,
  /** Of a part that is not on this shelf yet. */
  name: z.string().trim().max(60).default(''),
  unit: z.string().trim().max(8).default(''),
  priceYuan: price.default(null),
  repair: z.uuid().nullable().default(null),
  why: z.string().max(200).default(''),
  at: instant,
});
export type Move = z.infer<typeof moveSchema>;

/** From one shelf to another: it has left when it is sent, and is there when it is received. */
export const transferSchema = z.object({
  id: z.uuid(),
  from: z.string(),
  to: z.string(),
  part: z.string(),
  name: z.string(),
  unit: z.string(),
  priceYuan: price,
  quantity,
  why: z.string().max(200),
  sentAt: instant,
  sentBy: z.string(),
  receivedAt: instant.nullable(),
  /** May be less than was sent; the rest is named as lost. */
  receivedQuantity: quantity.nullable(),
  receivedBy: z.string(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** A part that went into a repair. */
export const usedPartSchema = z.object({ part: z.string(), name: z.string(), unit: z.string(), quantity: z.number(), priceYuan: price });
export type UsedPart = z.infer<typeof usedPartSchema>;
