import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { MOST_PHOTOS } from '../../shared/photo.ts';
import type { RepairShown } from '../../shared/repair.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import type { KeptPhoto } from './kept-store.ts';
import { shrunk } from './shrink.ts';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

/** Photos of a repair: those the server has, those on their way, and one more. */
export function PhotoBar({ repair, desk }: { repair: RepairShown; desk: StationDesk }) {
  const text = stationWords.value.card;
  const failed = useSignal('');
  const kept = desk.outgoing.photos.value.filter(photo => photo.repair === repair.id);
  const held = repair.photos.length + kept.length;
  const add = async (files: FileList | null) => {
    failed.value = '';
    for (const file of [...(files ?? [])].slice(0, MOST_PHOTOS - held)) {
      const bytes = await shrunk(file);
      if (bytes) await desk.outgoing.addPhoto(repair.id, bytes);
      else failed.value = text.photoFailed;
    }
  };
  const remove = async (photo: string) => {
    try {
      desk.take(await ask('removePhoto', { id: repair.id, photo }));
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = words.value.problems[cause.code];
    }
  };
  return (
    <section>
      <h3>
        {repairWords.value.photos} <small>{text.photoCount(held, MOST_PHOTOS)}</small>
      </h3>
      <ul class="photos photos--large">
        {repair.photos.map((photo, i) => (
          <li key={photo}>
            <a href={`/api/v1/photos/${photo}`} target="_blank" rel="noopener">
              <img src={`/api/v1/photos/${photo}`} alt={repairWords.value.photo(i + 1)} loading="lazy" />
            </a>
            <RemoveButton remove={() => void remove(photo)} />
          </li>
        ))}
        {kept.map(photo => (
          <WaitingPhoto key={photo.key} photo={photo} remove={() => void desk.outgoing.discardPhoto(photo.key)} />
        ))}
        {held < MOST_PHOTOS && (
          <li>
            <label class="photos__add">
              <input type="file" accept="image/*" multiple onChange={event => void add(event.currentTarget.files)} />
              <span aria-hidden="true">＋</span> {text.addPhoto}
            </label>
          </li>
        )}
      </ul>
      {failed.value && <p role="alert">{failed.value}</p>}
    </section>
  );
}

const RemoveButton = ({ remove }: { remove: () => void }) => (
  <button type="button" class="photos__remove" aria-label={stationWords.value.card.removePhoto} onClick={remove}>
    ✕
  </button>
);

function WaitingPhoto({ photo, remove }: { photo: KeptPhoto; remove: () => void }) {
  const text = stationWords.value;
  const address = useMemo(() => URL.createObjectURL(new Blob([photo.bytes])), [photo.key]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <li>
      <img src={address} alt={text.card.photoWaits} />
      <span class="photos__state">{photo.refused ? text.trouble.fields.photo : text.card.photoWaits}</span>
      <RemoveButton remove={remove} />
    </li>
  );
}
