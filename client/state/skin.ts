import { effect, signal } from '@preact/signals';
import { recall, remember } from './preference.ts';

export const skins = ['day', 'night'] as const;
export type Skin = (typeof skins)[number];

const preferred = (): Skin => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day');

export const skin = signal<Skin>(recall('skin', skins) ?? preferred());

effect(() => {
  document.documentElement.dataset.skin = skin.value;
  remember('skin', skin.value);
});
