import * as z from 'zod';
import { maintenanceRowSchema, maintenanceTickSchema } from '../maintenance.ts';
import { divisionCodeSchema, machineIdSchema } from '../registry.ts';
import { repairShownSchema } from '../repair.ts';
import { stationLoadSchema, teamSchema } from '../station-load.ts';
import { none } from './route.ts';

const choices = z.object({
  choices: z.array(
    stationLoadSchema.extend({
      km: z.number().nullable(),
      hours: z.number().nullable(),
      teams: z.array(teamSchema.extend({ isBusy: z.boolean(), km: z.number().nullable(), hours: z.number().nullable() })),
    }),
  ),
});

/** What stations have to do and could take on, and the care of machines. */
export const stationRoutes = {
  /** Of the stations of a unit; of all that one may see where none is named. */
  stationLoads: {
    method: 'get',
    path: '/stations/loads',
    query: z.object({ division: divisionCodeSchema.optional(), station: z.string().max(40).optional() }),
    output: z.object({ asOf: z.number(), stations: z.array(stationLoadSchema) }),
  },
  /** Stations and mobile teams for a repair, the nearest first: road km and hours are estimated. */
  repairChoices: {
    method: 'get',
    path: '/repairs/:id/choices',
    params: z.object({ id: z.uuid() }),
    query: none,
    output: choices,
  },
  /** The same for a machine that has just called, from where it was seen last. */
  machineChoices: {
    method: 'get',
    path: '/machines/:id/choices',
    params: z.object({ id: machineIdSchema }),
    query: none,
    output: choices,
  },
  /** Every repair of a machine, wherever it was done, the latest first. */
  machineRepairs: {
    method: 'get',
    path: '/machines/:id/repairs',
    params: z.object({ id: machineIdSchema }),
    query: none,
    output: z.object({ repairs: z.array(repairShownSchema) }),
  },
  teams: {
    method: 'get',
    path: '/teams',
    query: z.object({ station: z.string().max(40) }),
    output: z.object({ teams: z.array(teamSchema) }),
  },
  putTeam: { method: 'put', path: '/teams', query: none, body: teamSchema, output: teamSchema },
  /** Of one machine everything; of a station what is due or will be soon. */
  maintenance: {
    method: 'get',
    path: '/maintenance',
    query: z.object({ station: z.string().max(40).optional(), machine: machineIdSchema.optional() }),
    output: z.object({ asOf: z.number(), rows: z.array(maintenanceRowSchema) }),
  },
  tickMaintenance: { method: 'post', path: '/maintenance', query: none, body: maintenanceTickSchema, output: z.object({}) },
} as const;
