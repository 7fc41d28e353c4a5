import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { shrunk } from '../station/shrink.ts';
import { cabWords } from './words.ts';

/** On one bar of signal a smaller picture is one that arrives. */
const SIDE = 1280;

/** One photo of what is broken, made small on the phone; nobody has to. */
export function PhotoField({ photo, onPhoto }: { photo: Blob | null; onPhoto: (photo: Blob | null) => void }) {
  const text = cabWords.value;
  const isFailed = useSignal(false);
  const address = useMemo(() => (photo ? URL.createObjectURL(photo) : null), [photo]);
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const bytes = await shrunk(file, SIDE);
    isFailed.value = bytes === null;
    onPhoto(bytes && new Blob([bytes]));
  };
  if (address)
    return (
      <div class="cab-photo">
        <img src={address} alt={text.photo} />
        <button type="button" class="cab-button" onClick={() => onPhoto(null)}>
          {text.photoRemove}
        </button>
      </div>
    );
  return (
    <>
      <label class="cab-button cab-photo-take">
        <input type="file" accept="image/*" capture="environment" onChange={event => void take(event.currentTarget.files?.[0])} />
        {text.photoTake}
      </label>
      {isFailed.value && <p role="alert">{text.photoFailed}</p>}
    </>
  );
}
