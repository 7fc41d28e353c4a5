import { computed, effect, signal } from '@preact/signals';
import { recall, remember } from '../state/preference.ts';
import { chinese, type Phrases } from './chinese.ts';
import { english } from './english.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];
const tables: Record<Language, Phrases> = { zh: chinese, en: english };

/** Chinese unless this browser chose English before. */
export const language = signal<Language>(recall('language', languages) ?? 'zh');

/** The words to show now; reading it in a component makes the component follow the language. */
export const words = computed<Phrases>(() => tables[language.value]);

/** The name of a unit in the language shown; towns have only their Chinese name. */
export const nameOf = (unit: { name: string; nameEn?: string | undefined }): string =>
  language.value === 'en' ? (unit.nameEn ?? unit.name) : unit.name;

effect(() => {
  document.documentElement.lang = words.value.locale;
  document.title = words.value.productName;
  remember('language', language.value);
});
