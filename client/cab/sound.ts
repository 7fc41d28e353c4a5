import { isMute } from './cab-state.ts';

/** What a page without a voice says instead: notes in Hz, each a fifth of a second. */
const tunes = {
  new: [660, 880, 0, 660, 880],
  gone: [660, 440, 330],
  severe: [880, 520, 880, 520, 880, 520, 880, 520],
} as const;
export type Tune = keyof typeof tunes;

const NOTE_S = 0.2;
const VOICE_MS = 2500;
const BUZZ: Record<Tune, number[]> = { new: [300, 150, 300], gone: [600], severe: [500, 200, 500, 200, 500] };

/** A voice of the language, spoken in China where there is the choice. */
export function voiceFor(lang: 'zh' | 'en', voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | null {
  const fit = voices.filter(voice => new RegExp(lang === 'zh' ? '^(zh|cmn)' : '^en', 'i').test(voice.lang));
  // Cantonese and Taiwanese voices read the same text otherwise; they are better than none.
  return fit.find(voice => /CN|Hans|^zh$/i.test(voice.lang)) ?? fit[0] ?? null;
}

/** Calls out: by voice where the phone has one, else by a tune; and it buzzes. Browsers allow it after the page was touched once. */
export class Sound {
  private audio: AudioContext | null = null;
  /** Held, since a browser may forget an utterance that nobody holds, and then never ends it. */
  private readonly speaking = new Set<SpeechSynthesisUtterance>();

  constructor() {
    for (const event of ['click', 'touchend', 'keydown']) addEventListener(event, this.unlock, { capture: true, passive: true });
    // Voices are loaded when they are first asked for.
    this.voices();
  }

  callOut(tune: Tune, text: string, lang: 'zh' | 'en'): void {
    // Before a touch it would only leave a complaint in the browser's log.
    if (!isMute.peek()) navigator.vibrate?.(BUZZ[tune]);
    const voice = voiceFor(lang, this.voices());
    if (voice) this.speak(tune, text, voice);
    else this.play(tune);
  }

  hush(): void {
    window.speechSynthesis?.cancel();
  }

  private voices(): SpeechSynthesisVoice[] {
    return window.speechSynthesis?.getVoices() ?? [];
  }

  private speak(tune: Tune, text: string, voice: SpeechSynthesisVoice): void {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    let isHeard = false;
    const failed = () => {
      if (isHeard) return;
      isHeard = true;
      this.play(tune);
    };
    utterance.onstart = () => {
      isHeard = true;
    };
    utterance.onerror = ({ error }) => error !== 'canceled' && error !== 'interrupted' && failed();
    // A voice from the network may keep silent without it.
    setTimeout(failed, VOICE_MS);
    this.speaking.add(utterance);
    utterance.onend = () => this.speaking.delete(utterance);
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  private play(tune: Tune): void {
    const { audio } = this;
    if (audio?.state !== 'running') return;
    tunes[tune].forEach((hz, i) => {
      if (hz === 0) return;
      const from = audio.currentTime + i * NOTE_S;
      const note = audio.createOscillator();
      const volume = audio.createGain();
      note.type = 'square';
      note.frequency.value = hz;
      volume.gain.setValueAtTime(0.4, from);
      volume.gain.exponentialRampToValueAtTime(0.01, from + NOTE_S);
      note.connect(volume).connect(audio.destination);
      note.start(from);
      note.stop(from + NOTE_S);
    });
  }

  /** On a touch, since a phone plays nothing that no touch has asked for; again after a call or another app has taken the sound away. */
  private readonly unlock = (): void => {
    if (this.audio === null) {
      this.audio = new AudioContext();
      // An empty word now lets later ones be spoken without a touch.
      if (window.speechSynthesis) speechSynthesis.speak(new SpeechSynthesisUtterance(''));
    }
    if (this.audio.state !== 'running') void this.audio.resume();
    isMute.value = false;
  };
}
