import type { Operation } from '../../shared/season.ts';
import { addDays, dayOf, dayStart } from '../../shared/season.ts';
import type { WorkRequestInput, WorkRequestShown } from '../../shared/work-order.ts';
import { newId } from '../connection/new-id.ts';
import type { RequestPlace } from './place-search.tsx';

const WINDOW_DAYS = 2;
/** Work ends at eight in the evening. */
const EVENING_MS = 20 * 3_600_000;

/** A request as it is typed: figures as text, until it is sent. */
export interface Draft {
  id: string;
  version: number;
  place: RequestPlace | null;
  fields: string[];
  areaMu: string;
  phone: string;
  name: string;
  price: string;
  from: number;
  to: number;
  operation: Operation;
  source: WorkRequestInput['source'];
  note: string;
  trackedOnly: boolean;
  leastWidthM: string;
  mostWidthM: string;
  contract: string | null;
  crop: string;
}

/** From now until the evening of the day after tomorrow. */
export const newDraft = (now: number): Draft => ({
  ...{ id: newId(), version: 0, place: null, fields: [], areaMu: '', phone: '', name: '', price: '' },
  ...{ from: now, to: dayStart(addDays(dayOf(now), WINDOW_DAYS)) + EVENING_MS, operation: 'harvest', source: 'farmer' },
  ...{ note: '', trackedOnly: false, leastWidthM: '', mostWidthM: '', contract: null, crop: '' },
});

export const draftOf = (request: WorkRequestShown): Draft => ({
  ...{ id: request.id, version: request.version, fields: request.fields, areaMu: String(request.areaMu), phone: request.contactPhone },
  place: { division: request.division, divisionName: request.divisionName, village: request.village },
  ...{
    name: request.contactName,
    price: request.pricePerMu === null ? '' : String(request.pricePerMu),
    from: request.from,
    to: request.to,
  },
  ...{ operation: request.operation, source: request.source, note: request.note, trackedOnly: request.trackedOnly },
  ...{ leastWidthM: String(request.leastWidthM ?? ''), mostWidthM: String(request.mostWidthM ?? '') },
  ...{ contract: request.contract, crop: request.crop },
});

export type DraftProblem = 'needPlace' | 'needArea' | 'needWindow';

export function problemOf(draft: Draft): DraftProblem | null {
  if (!draft.place) return 'needPlace';
  if (draft.fields.length === 0 && !(Number(draft.areaMu) > 0)) return 'needArea';
  return draft.to > draft.from ? null : 'needWindow';
}

const figure = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export const inputOf = (draft: Draft): WorkRequestInput => ({
  ...{ id: draft.id, source: draft.source, operation: draft.operation, division: draft.place!.division, village: draft.place!.village },
  ...{ contactName: draft.name, contactPhone: draft.phone, fields: draft.fields },
  areaMu: draft.fields.length > 0 ? null : figure(draft.areaMu),
  ...{ lngLat: null, crop: draft.crop, from: draft.from, to: draft.to, pricePerMu: figure(draft.price), trackedOnly: draft.trackedOnly },
  ...{ leastWidthM: figure(draft.leastWidthM), mostWidthM: figure(draft.mostWidthM), note: draft.note, contract: draft.contract },
});
