import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartProblem } from '../database/start-problem.ts';
import { SettingsError } from '../settings.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type ValueOf<Option extends Options[string]> = Option['type'] extends 'boolean' ? boolean : string;
export type Values<Of extends Options> = { [Name in keyof Of]?: ValueOf<Of[Name]> };

export interface Command<Of extends Options> {
  /** What `--help` prints, and wrong use after what is wrong. */
  usage: string;
  options: Of;
  /** How many words it takes beside the options; none unless it says so. */
  operands?: number;
  /** The exit code: 0 good, 1 failed. */
  run: (values: Values<Of>, operands: readonly string[]) => Promise<number>;
}

/** The command was called in a way that it does not know: exit code 2. */
export class WrongUse extends Error {}

/** Runs a command to its end, which is the end of the process: 0 good, 1 failed, 2 wrong use. */
export async function runCommand<Of extends Options>(
  command: Command<Of>,
  argv: readonly string[] = process.argv.slice(2),
): Promise<never> {
  process.exitCode = await outcome(command, argv);
  // What was written to a pipe must be through before the process ends.
  await new Promise<void>(resolve => process.stdout.write('', () => resolve()));
  process.exit();
}

async function outcome<Of extends Options>({ usage, options, operands = 0, run }: Command<Of>, argv: readonly string[]): Promise<number> {
  try {
    const all: Options = { ...options, help: { type: 'boolean', short: 'h' } };
    const { values, positionals } = parseArgs({ args: [...argv], options: all, strict: true, allowPositionals: operands > 0 });
    if (!values.help && positionals.length !== operands) throw new WrongUse(`${operands} name is needed, there are ${positionals.length}`);
    if (!values.help) return await run(values as Values<Of>, positionals);
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    const misused = error instanceof WrongUse || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    const expected = misused || error instanceof StartProblem || error instanceof SettingsError;
    process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? error)}\n${misused ? `\n${usage}` : ''}`);
    return misused ? 2 : 1;
  }
}

/** With `--json` the very last line on stdout is one object on one line. */
export const printJson = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);

/** @throws WrongUse when it is not a number in these bounds */
export function numberFrom(
  text: string | undefined,
  otherwise: number,
  { name, from, to }: { name: string; from: number; to: number },
): number {
  if (text === undefined) return otherwise;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (number >= from && number <= to) return number;
  throw new WrongUse(`--${name} ${text}: must be a number from ${from} to ${to}`);
}

/** @throws WrongUse when it is not a whole number in these bounds */
export function wholeNumberFrom(text: string | undefined, otherwise: number, bounds: { name: string; from: number; to: number }): number {
  const number = numberFrom(text, otherwise, bounds);
  if (Number.isInteger(number)) return number;
  throw new WrongUse(`--${bounds.name} ${text}: must be a whole number`);
}
