import { fieldText } from '../state/local-time.ts';

/** 2027-06-06 14:32 */
export const stamp = (at: number): string => fieldText(at).replace('T', ' ');
