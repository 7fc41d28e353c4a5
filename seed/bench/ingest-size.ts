/** How much one run of the bench does. */
export interface IngestSize {
  machines: number;
  fields: number;
  /** Fixes of each machine's track in phase A, one a second. */
  trackFixes: number;
  /** Phase A: machines at a time, a socket each; fixes a batch; batches without an answer. */
  lanes: number;
  batch: number;
  unacked: number;
  /** Phase B: seconds in which each machine sends one fix a second. */
  pacedSeconds: number;
  /** Phase C: idle sockets wanted; the open-file limit may allow fewer. */
  idleSockets: number;
}

const FULL: IngestSize = {
  machines: 5000,
  fields: 50_000,
  trackFixes: 1200,
  lanes: 50,
  batch: 10,
  unacked: 2,
  pacedSeconds: 60,
  idleSockets: 25_000,
};

export const sizes = {
  full: FULL,
  quick: { ...FULL, machines: 500, fields: 5000, trackFixes: 600, pacedSeconds: 10, idleSockets: 1000 },
  smoke: { ...FULL, machines: 12, fields: 60, trackFixes: 120, lanes: 4, pacedSeconds: 2, idleSockets: 20 },
} satisfies Record<string, IngestSize>;
