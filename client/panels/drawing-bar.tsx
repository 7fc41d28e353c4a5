import { useSignal } from '@preact/signals';
import type { Polygon } from '../../shared/registry.ts';
import { candidateWords } from '../candidates/words.ts';
import { closeDrawer, openDrawer } from '../connection/address.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { SnapSwitch } from '../regroup/snap-switch.tsx';
import type { Desk } from '../state/desk.ts';
import { type Outlining, roughAreaMu } from '../state/drawing.ts';
import { mu } from '../state/format.ts';

/** Over the map while a boundary is drawn: what to do, how large it is, and the two ways out. */
export function DrawingBar({ desk, drawing }: { desk: Desk; drawing: Outlining }) {
  const text = words.value.drawing;
  const village = useSignal('');
  const busy = useSignal(false);
  const failed = useSignal<RequestFailed | null>(null);
  const polygon = desk.drawn.value;
  const title = drawing.kind === 'new' ? text.newField : drawing.kind === 'candidate' ? candidateWords.value.edit : text.editField;
  const stop = () => {
    desk.drawing.value = null;
  };
  const save = async () => {
    if (polygon === null) return;
    busy.value = true;
    failed.value = null;
    try {
      const id = await send(drawing, polygon, village.value.trim());
      stop();
      // Opened anew, so that it shows the boundary that was saved.
      closeDrawer();
      desk.candidatesAsked.value += 1;
      openDrawer({ kind: drawing.kind === 'candidate' ? 'candidate' : 'field', id });
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
    }
    busy.value = false;
  };
  return (
    <div class="drawing" role="dialog" aria-label={title}>
      <strong>{title}</strong>
      <span>{drawing.kind === 'new' && polygon === null ? text.howToDraw : text.howToEdit}</span>
      {polygon && <b>{words.value.area(mu(roughAreaMu(polygon)))}</b>}
      {drawing.kind === 'new' && (
        <input
          class="drawing__village"
          value={village.value}
          placeholder={words.value.field.village}
          aria-label={words.value.field.village}
          maxLength={40}
          onInput={event => {
            village.value = event.currentTarget.value;
          }}
        />
      )}
      <SnapSwitch desk={desk} />
      <button type="button" class="button button--main" disabled={polygon === null || busy.value} onClick={() => void save()}>
        {text.save}
      </button>
      <button type="button" class="button" onClick={stop}>
        {text.cancel}
      </button>
      {failed.value && (
        <p class="note note--late" role="alert">
          {failed.value.code === 'invalid' ? text.refused(failed.value.message) : words.value.problems[failed.value.code]}
        </p>
      )}
    </div>
  );
}

/** Returns the id of the field, or of the candidate field. */
async function send(drawing: Outlining, polygon: Polygon, village: string): Promise<string> {
  if (drawing.kind === 'candidate') {
    await ask('shapeCandidate', { id: drawing.id }, { body: { polygon, version: drawing.version } });
    return drawing.id;
  }
  if (drawing.kind !== 'new') {
    await ask('editField', { id: drawing.id }, { body: { polygon, version: drawing.version } });
    return drawing.id;
  }
  const id = `${drawing.town}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  await ask('createField', {}, { body: { id, polygon, town: drawing.town, village, crop: 'wheat', ripeDate: null } });
  return id;
}
