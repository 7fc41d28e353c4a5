import type { PageParts } from '../app.tsx';
import { OfficePage } from '../panels/office-page.tsx';

export function Audit({ session }: PageParts) {
  return <OfficePage session={session} title="…" />;
}
