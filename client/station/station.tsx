import type { PageParts } from '../app.tsx';
import { OfficePage } from '../panels/office-page.tsx';

export function Station({ session }: PageParts) {
  return <OfficePage session={session} title="…" />;
}
