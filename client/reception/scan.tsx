import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Modal } from '../panels/modal.tsx';
import { receptionWords } from './words.ts';

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorMaker = new (options: { formats: string[] }) => Detector;
const Maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
const LOOK_MS = 250;

/** Offered where the browser itself reads codes; a scanner that types needs no button. */
export const canScan = Maker !== undefined && 'mediaDevices' in navigator;

/** The camera until it has seen a code. */
export function Scan({ onText, close }: { onText: (text: string) => void; close: () => void }) {
  const text = receptionWords.value;
  const video = useRef<HTMLVideoElement>(null);
  const isBlind = useSignal(false);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const detector = new Maker!({ formats: ['qr_code'] });
    const look = async () => {
      const [found] = video.current ? await detector.detect(video.current).catch(() => []) : [];
      if (isOver) return;
      if (found) return onText(found.rawValue);
      timer = setTimeout(() => void look(), LOOK_MS);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      async opened => {
        stream = opened;
        if (isOver || !video.current) return stopAll(opened);
        video.current.srcObject = opened;
        await video.current.play();
        void look();
      },
      () => {
        isBlind.value = true;
      },
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (stream) stopAll(stream);
    };
  }, []);
  return (
    <Modal title={text.scan} onClose={close}>
      {isBlind.value ? <p class="note note--late">{text.scanFailed}</p> : <p>{text.scanHint}</p>}
      <video class="reception__camera" ref={video} muted playsInline />
    </Modal>
  );
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
