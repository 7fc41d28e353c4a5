import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Session } from '../connection/session.ts';
import { hashOf, isOfBoard, type Place } from '../state/route.ts';
import { type KeyTargets, listenToKeys } from './keyboard.ts';
import { type KeyRow, KeysDialog } from './keys-dialog.tsx';
import { type ChordName, chordsTo } from './page-keys.ts';
import { Palette } from './palette.tsx';
import type { Entry } from './palette-entries.ts';

export interface PageToolsParts extends Pick<KeyTargets, 'up' | 'focusSearch' | 'keys'> {
  session: Session;
  /** The unit that is looked at; pages without one leave it out. */
  divisionOf?: () => string | null;
  /** Goes to a place on this very page; false: it is not shown here. */
  goHere?: (place: Place) => boolean;
  /** `g` keys that this page answers in its own way. */
  own?: Partial<Record<ChordName, () => void>>;
  /** What else this page does on keys. */
  rows?: readonly KeyRow[];
  /** Rises when somebody asks for the keys by a button. */
  keysAsked?: number;
}

const nowhere = () => null;

/** Keys, the command palette and the list of all keys: what every page at a desk has besides its content. */
export function PageTools({ session, divisionOf = nowhere, goHere, own, rows, keysAsked = 0, up, focusSearch, keys }: PageToolsParts) {
  const open = useSignal<'palette' | 'keys' | null>(null);
  const show = (which: 'palette' | 'keys' | null) => () => {
    open.value = which;
  };
  useEffect(() => {
    const targets = { showKeys: show('keys'), openPalette: show('palette'), chords: chordsTo(session, divisionOf, own) };
    return listenToKeys({ ...targets, ...(up && { up }), ...(focusSearch && { focusSearch }), ...(keys && { keys }) });
  }, [session, divisionOf, own, up, focusSearch, keys]);
  useEffect(() => {
    if (keysAsked > 0) open.value = 'keys';
  }, [keysAsked]);
  const go = ({ leads }: Entry) => {
    if ('act' in leads) leads.act();
    else if ('path' in leads) location.assign(leads.path);
    else if (!goHere?.(leads.place)) location.assign(`${isOfBoard(leads.place) ? '/board' : '/'}${hashOf(leads.place)}`);
  };
  if (open.value === 'keys') return <KeysDialog session={session} rows={rows} onClose={show(null)} />;
  if (open.value === null) return null;
  return (
    <Palette
      session={session}
      division={divisionOf()}
      go={go}
      onKeys={show('keys')}
      onClose={() => {
        if (open.value === 'palette') open.value = null;
      }}
    />
  );
}
