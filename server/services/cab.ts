import { lastStep } from '../../shared/repair-steps.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { SeasonBook } from './season-book.ts';

/** What the phone in the cab shows of its own machine. */
export async function cabOf(book: SeasonBook, machine: string): Promise<RouteOutput<'cab'>> {
  const { plate, kind, operatorName, implements: mounted, todayMu, lastFixTime, fieldId, fields } = book.machines.detail(machine);
  const now = book.clock.season();
  const implement = [...mounted].sort((one, other) => other.from - one.from).find(({ from }) => from <= now);
  const field = fieldId === null ? undefined : book.registry.fields.get(fieldId);
  const repair = book.repairs.openOf(machine);
  const operation = implement?.operation ?? null;
  return {
    machine,
    plate,
    kind,
    operatorName,
    operation,
    workingWidthM: implement?.workingWidthM ?? null,
    todayMu,
    field: field
      ? {
          id: field.shape.id,
          village: field.village,
          areaMu: muOfDm2(field.areaDm2),
          coveredMu: operation ? muOfDm2(book.fold.coverageOf(field.shape.id, operation)?.coveredDm2 ?? 0) : 0,
          finished: operation ? (book.fold.coverageOf(field.shape.id, operation)?.finishedAt ?? null) !== null : false,
          claimedAt: operation ? (book.finishing.saidOf(field.shape.id, operation).claim?.at ?? null) : null,
          ownMu: fields.find(worked => worked.id === field.shape.id && worked.operation === operation)?.coveredMu ?? 0,
        }
      : null,
    lastFixTime,
    duty: book.duties.of(machine),
    repair: repair && {
      id: repair.id,
      fault: repair.fault,
      calledAt: repair.calledAt,
      station: book.repairs.shown(repair).stationName,
      startedAt: repair.startedAt,
      stage: lastStep(repair.steps).stage,
    },
    dues: book.maintenance.duesOf(book.machines.find(machine)).map(({ task, unit, since, every }) => ({ task, unit, since, every })),
    consentAt: (await book.cabStore.latestConsent(machine))?.at ?? null,
  };
}
