import type { PermitFault, ShownPermit } from './permit.ts';
import { plainPlate } from './plate.ts';
import { addDays, type Day, type Operation } from './season.ts';

/** Longer than a year nobody issues one. */
const LONGEST_DAYS = 366;
/** A printed number: a province's sign or letters, then five digits and more; ours has dashes. */
const NUMBER = /^\p{Script=Han}?[A-Z]{0,4}(NO\.?|第)?[0-9]{5,14}号?$|^[0-9]{6}-[0-9]{4}-[0-9]{5}(-[0-9A-Z]{8})?$/u;

export interface Shower {
  plate: string;
  /** Empty: nobody said who it is. */
  holder: string;
  /** What it is to do here. */
  operation: Operation;
  day: Day;
}

/** Everything that is wrong with a permit as it was shown, by what it says of itself alone. The same at the station without a network. */
export function permitFaultsOf(permit: ShownPermit, shower: Shower): PermitFault[] {
  const faults: [PermitFault, boolean][] = [
    ['numberShape', !NUMBER.test(permit.number.normalize('NFKC').replace(/\s/g, '').toUpperCase())],
    ['datesImpossible', permit.to < permit.from || permit.to > addDays(permit.from, LONGEST_DAYS)],
    ['notYetValid', shower.day < permit.from],
    ['expired', shower.day > permit.to],
    ['otherMachine', plainPlate(permit.plate) !== plainPlate(shower.plate)],
    ['otherHolder', permit.holder !== '' && shower.holder !== '' && plainName(permit.holder) !== plainName(shower.holder)],
    ['wrongOperation', permit.operation !== shower.operation],
  ];
  return faults.flatMap(([fault, isSo]) => (isSo ? [fault] : []));
}

const plainName = (name: string): string => name.normalize('NFKC').replace(/[\s·]/g, '').toLowerCase();
