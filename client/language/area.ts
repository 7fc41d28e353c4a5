import { computed, type ReadonlySignal } from '@preact/signals';
import { language } from './language.ts';

/**
 * The words of one area of pages, which come with its chunk: Chinese, and English of the same shape (a word that is missing there does not
 * compile, when it is declared `typeof zh`).
 */
export const areaWords = <Phrases>(zh: Phrases, en: Phrases): ReadonlySignal<Phrases> =>
  computed(() => (language.value === 'en' ? en : zh));
