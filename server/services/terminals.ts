import { createHash, randomBytes } from 'node:crypto';
import type { Terminal, TerminalCounts, TerminalInput, TerminalMessage } from '../../shared/terminal.ts';
import type { StoredTerminal, TerminalStore } from '../stores/terminals.ts';

const MESSAGES_KEPT = 30;
const UNKNOWN_KEPT = 50;
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
const noCounts = (): TerminalCounts => ({ accepted: 0, refused: 0, known: 0, unusable: 0, offDuty: 0, late: 0, clockSteps: 0 });

interface Heard {
  messages: TerminalMessage[];
  counts: TerminalCounts;
  connectedFrom: string | null;
}

/** Which terminals are enrolled, on which machine; and what was heard of each since the program started. */
export class Terminals {
  private readonly known = new Map<string, StoredTerminal>();
  private readonly heard = new Map<string, Heard>();
  /** Numbers that called and are not enrolled: when last. */
  private readonly strangers = new Map<string, number>();

  constructor(
    private readonly store: TerminalStore,
    private readonly wall: () => number,
  ) {}

  now = (): number => this.wall();

  async load(): Promise<void> {
    for (const terminal of await this.store.all()) this.known.set(terminal.number, terminal);
  }

  find = (number: string): Terminal | null => this.known.get(number) ?? null;

  list(): (Terminal & Heard)[] {
    return [...this.known.values()].map(({ codeHashes: _, ...terminal }) => ({ ...terminal, ...this.heardOf(terminal.number) }));
  }

  unknownCallers = (): { number: string; lastAt: number }[] =>
    [...this.strangers].map(([number, lastAt]) => ({ number, lastAt })).sort((a, b) => b.lastAt - a.lastAt);

  async enrol({ number, machine, datum }: TerminalInput, author: string): Promise<Terminal> {
    const terminal = { number, machine, datum, enrolledAt: this.wall(), author, codeHashes: this.known.get(number)?.codeHashes ?? [] };
    await this.store.put(terminal);
    this.known.set(number, terminal);
    this.strangers.delete(number);
    const { codeHashes: _, ...plain } = terminal;
    return plain;
  }

  async remove(number: string): Promise<void> {
    await this.store.remove(number);
    this.known.delete(number);
    this.heard.delete(number);
  }

  /**
   * A code for a terminal that registers; null: it is not enrolled. The protocol knows no secret before this: who knows an enrolled number
   * can register as it, which is why every registration is shown.
   */
  async register(number: string): Promise<string | null> {
    const terminal = this.known.get(number);
    if (!terminal) {
      this.noteStranger(number);
      return null;
    }
    const code = randomBytes(9).toString('base64url');
    const renewed = { ...terminal, codeHashes: [hashOf(code), ...terminal.codeHashes].slice(0, 2) };
    await this.store.put(renewed);
    this.known.set(number, renewed);
    return code;
  }

  authenticates(number: string, code: string): boolean {
    const terminal = this.known.get(number);
    if (!terminal) this.noteStranger(number);
    return terminal?.codeHashes.includes(hashOf(code)) ?? false;
  }

  note(number: string, kind: string, text: string): void {
    if (!this.known.has(number)) return;
    const { messages } = this.heardOf(number);
    messages.unshift({ at: this.wall(), kind, text });
    messages.length = Math.min(messages.length, MESSAGES_KEPT);
  }

  count(number: string, more: Partial<TerminalCounts>): void {
    const { counts } = this.heardOf(number);
    for (const [name, count] of Object.entries(more)) counts[name as keyof TerminalCounts] += count;
  }

  connected(number: string, from: string | null): void {
    this.heardOf(number).connectedFrom = from;
  }

  private heardOf(number: string): Heard {
    let heard = this.heard.get(number);
    if (!heard) {
      heard = { messages: [], counts: noCounts(), connectedFrom: null };
      if (this.known.has(number)) this.heard.set(number, heard);
    }
    return heard;
  }

  private noteStranger(number: string): void {
    this.strangers.delete(number);
    this.strangers.set(number, this.wall());
    if (this.strangers.size > UNKNOWN_KEPT) this.strangers.delete(this.strangers.keys().next().value!);
  }
}
