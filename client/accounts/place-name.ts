import type { AccountCard, InvitationCard } from '../../shared/account.ts';
import { accountWords } from './account-words.ts';

/** Where somebody belongs, in one name; who needs no place has the whole city. */
export const placeOf = ({
  divisionName,
  stationName,
  plate,
}: Pick<AccountCard | InvitationCard, 'divisionName' | 'stationName' | 'plate'>) =>
  divisionName ?? stationName ?? plate ?? accountWords.value.wholeCity;
