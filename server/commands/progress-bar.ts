const WIDTH = 40;

/** How far a long command is: a bar that grows on a terminal, a line for every tenth elsewhere. */
export function progressBar(unit: string, out: NodeJS.WriteStream) {
  let last = { done: 0, tenth: 0 };
  return {
    show(done: number, of: number): void {
      const share = done / of;
      const tenth = Math.floor(share * 10);
      const text = `${Math.floor(share * 100)} % ${done} of ${of} ${unit}`;
      if (out.isTTY) out.write(`\r${'█'.repeat(Math.floor(share * WIDTH)).padEnd(WIDTH, '░')} ${text}\u001B[K`);
      else if (tenth > last.tenth) out.write(`${text}\n`);
      last = { done, tenth };
    },
    /** Ends the bar's line; returns what was done. */
    end(): number {
      if (out.isTTY) out.write('\n');
      return last.done;
    },
  };
}
