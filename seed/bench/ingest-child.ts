import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of the bench, asked one thing at a time. */
export class Child {
  private constructor(private readonly process: ChildProcess) {}

  static start(module: URL): Child {
    const process = fork(module, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 2, 2, 'ipc'], serialization: 'advanced' });
    return new Child(process);
  }

  get pid(): number {
    return this.process.pid!;
  }

  async ask<Answer>(question: string, argument?: unknown): Promise<Answer> {
    const ended = new AbortController();
    const answer = once(this.process, 'message', { signal: ended.signal });
    const gone = once(this.process, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`${question}: the process ended with ${code}`);
    });
    try {
      this.process.send({ question, argument });
      const [reply] = (await Promise.race([answer, gone])) as [{ value?: Answer; error?: string }];
      if (reply.error !== undefined) throw new Error(`${question}: ${reply.error}`);
      return reply.value as Answer;
    } finally {
      answer.catch(() => undefined);
      gone.catch(() => undefined);
      ended.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
  }
}

/** The child's side: answers each question, and ends with the parent. */
export function answerParent(answers: Record<string, (argument: never) => unknown>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ question, argument }: { question: string; argument: unknown }) => {
    try {
      process.send!({ value: await answers[question](argument as never) });
    } catch (error) {
      process.send!({ error: error instanceof Error ? error.stack : String(error) });
    }
  });
}
