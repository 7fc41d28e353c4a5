import type { Desk } from '../state/desk.ts';
import { regroupWords } from './words.ts';

/** Whether the hand is drawn to what lies beside. */
export const SnapSwitch = ({ desk }: { desk: Desk }) => (
  <label class="drawing__snap" title={regroupWords.value.snapHint}>
    <input
      type="checkbox"
      checked={desk.snaps.value}
      onChange={event => {
        desk.snaps.value = event.currentTarget.checked;
      }}
    />{' '}
    {regroupWords.value.snap}
  </label>
);
