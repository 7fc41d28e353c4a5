import type { ChildProcess } from 'node:child_process';

/** Keeps the last words a child said on stderr: its reason when it fails. @returns a question for the last line so far */
export function stderrTail(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-4000);
  });
  return () => text.trim().split('\n').at(-1)?.trim() ?? '';
}
