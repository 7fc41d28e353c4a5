import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { daySchema, operations } from './season.ts';

/** 跨区作业证: as somebody shows it who comes from elsewhere, and as the bureau issues it to its own machines that go out. */

const instant = z.number().min(0).max(8.64e15);
const line = (most: number) => z.string().trim().max(most);

/** What stands on the paper that a machine from elsewhere shows, as it was read. */
export const shownPermitSchema = z.object({
  number: line(40).min(1),
  plate: line(20).min(1),
  holder: line(40),
  issuedBy: line(40),
  operation: z.enum(operations),
  crops: line(40),
  from: daySchema,
  to: daySchema,
});
export type ShownPermit = z.infer<typeof shownPermitSchema>;

/** Why a permit is not accepted. `altered` and `revoked` are known of our own permits only. */
export const permitFaults = [
  'numberShape',
  'datesImpossible',
  'notYetValid',
  'expired',
  'otherMachine',
  'otherHolder',
  'wrongOperation',
  'altered',
  'revoked',
] as const;
export type PermitFault = (typeof permitFaults)[number];

/** Nobody can be asked about a foreign permit: there is no service of its issuers. `own`: it is one of ours, and was looked up. */
export const permitVerdictSchema = z.object({ faults: z.array(z.enum(permitFaults)), source: z.enum(['shapeOnly', 'own']) });
export type PermitVerdict = z.infer<typeof permitVerdictSchema>;

export const permitStates = ['applied', 'issued', 'refused', 'revoked'] as const;
export type PermitState = (typeof permitStates)[number];

export const permitApplicationSchema = z.object({
  /** Made by whoever applies, so that a retry is the same application. */
  id: z.uuid(),
  machine: machineIdSchema,
  operation: z.enum(operations),
  crops: line(40),
  /** Province or county it goes to. */
  destination: line(60).min(1),
  from: daySchema,
  to: daySchema,
});
export type PermitApplication = z.infer<typeof permitApplicationSchema>;

export const permitSchema = permitApplicationSchema.extend({
  year: z.number().int(),
  state: z.enum(permitStates),
  plate: z.string(),
  holder: z.string(),
  /** Of the machine. */
  division: divisionCodeSchema,
  /** That applied for it; null: a clerk or dispatcher did. */
  station: z.string().nullable(),
  appliedAt: instant,
  appliedBy: z.string(),
  /** `410100-2027-00012`; null before it is issued. */
  number: z.string().nullable(),
  /** By which it is known to be ours, and unaltered. */
  check: z.string().nullable(),
  issuedAt: instant.nullable(),
  issuedBy: z.string().nullable(),
  /** Of a refusal or revocation. */
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  reason: z.string(),
  version: z.number().int().min(1),
});
export type Permit = z.infer<typeof permitSchema>;

/** What stands in the QR code after `/permit#`, and is typed by hand where none can be read. */
export const permitCode = ({ number, check }: Pick<Permit, 'number' | 'check'>): string => `${number}-${check}`;

/** Number and check of a code, however it was typed; null: it is none of ours. */
export function readPermitCode(text: string): { number: string; check: string } | null {
  const parts = /(\d{6}-\d{4}-\d{5})-([0-9A-HJKMNP-TV-Z]{8})$/.exec(text.normalize('NFKC').replace(/\s/g, '').toUpperCase());
  return parts && { number: parts[1], check: parts[2] };
}
