import * as z from 'zod';
import { roles } from '../permissions.ts';
import { divisionCodeSchema, machineIdSchema } from '../registry.ts';

/** What the tables of routes are made of. A route may be `open` to somebody who is not signed in, and take an `upload` up to so many bytes. */

export const none = z.object({});

export const actorSchema = z.object({
  role: z.enum(roles),
  name: z.string(),
  account: z.string().nullable(),
  division: divisionCodeSchema.nullable(),
  machine: machineIdSchema.nullable(),
  station: z.string().nullable(),
});

/** The answer of a route that is not JSON. */
export class FileReply {
  constructor(
    readonly bytes: Uint8Array,
    readonly type: string,
    /** Name under which it is saved; null: shown in place. */
    readonly name: string | null,
  ) {}
}
export const fileReply = z.instanceof(FileReply);

/** The body of an upload, as it came. */
export const uploaded = z.instanceof(Uint8Array);
