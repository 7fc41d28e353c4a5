import type { PageParts } from '../app.tsx';
import { words } from '../language/language.ts';
import { OfficePage } from '../panels/office-page.tsx';

export function Board({ session }: PageParts) {
  return <OfficePage session={session} title={words.value.pages.board} />;
}
