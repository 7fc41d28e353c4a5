import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from './start-problem.ts';

/** A pid is given out again after its process; together with the start it names one process for ever. */
export interface ProcessMark {
  readonly pid: number;
  /** Opaque; null where the system does not tell cheaply. */
  readonly start: string | null;
}

export function markOf(pid: number): ProcessMark {
  return { pid, start: startOf(pid) };
}

/** A start that cannot be read now (too many open files, say) is no sign that the process is another one. */
export function isStillThere({ pid, start }: ProcessMark): boolean {
  if (!isAlive(pid)) return false;
  const now = startOf(pid);
  return start === null || now === null || now === start;
}

/** Whether the process runs. One that has ended and was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return process.platform !== 'linux' || !/^[ZX]/.test(statusFields(pid)?.[0] ?? '');
}

/** SIGTERM, then SIGKILL for a process that is still there after the patience. On Windows the first one already kills. */
export async function endProcess(pid: number, patienceMs = 10_000): Promise<void> {
  await signalAndWait(pid, 'SIGTERM', patienceMs);
  await signalAndWait(pid, 'SIGKILL', 5000);
}

export async function signalAndWait(pid: number, signal: NodeJS.Signals, waitMs: number): Promise<void> {
  if (!isAlive(pid)) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
  for (const end = Date.now() + waitMs; isAlive(pid) && Date.now() < end; ) await delay(10);
}

/** The command line of a running process, or null where it cannot be read. */
export function commandLineOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    if (process.platform === 'win32') {
      const script = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`;
      return quietly('powershell.exe', ['-NoProfile', '-Command', script]);
    }
    return quietly('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  } catch {
    return null;
  }
}

function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const ticks = statusFields(pid)?.[19];
    return ticks === undefined ? null : `${bootId()}/${ticks}`;
  }
  if (process.platform === 'win32') return null;
  try {
    return quietly('ps', ['-o', 'lstart=', '-p', String(pid)]);
  } catch {
    return null;
  }
}

/** The fields of /proc/PID/stat after the name, which may itself hold blanks and brackets: state, ppid, …, start in ticks since boot. */
function statusFields(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function quietly(file: string, args: string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000, windowsHide: true }).trim();
}
