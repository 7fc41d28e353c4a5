import type { ImportKind, ImportReport } from '../shared/imports.ts';
import type { TestApp } from './app-for-test.ts';

/** Sends a file as the page does. */
export async function upload(
  server: TestApp,
  { kind, bytes, apply = false, token }: { kind: ImportKind; bytes: Uint8Array; apply?: boolean; token: string },
): Promise<{ status: number; body: ImportReport }> {
  const response = await fetch(`${server.url}/api/v1/imports/${kind}?apply=${apply}&name=file`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body: bytes as BodyInit,
  });
  return { status: response.status, body: (await response.json()) as ImportReport };
}
