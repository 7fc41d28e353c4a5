/** Something that keeps the program from starting and that its owner can mend: said in one line, without a stack, exit code 1. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What the provisioning tells while it works; a pino logger and `console` both fit. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
