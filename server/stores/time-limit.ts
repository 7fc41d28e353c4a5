/**
 * For writes whose message is large. When a connection dies while such a message is on its way, the driver (7.8) waits for ever for it to
 * drain; only an operation with a time limit comes back. A write that ran into it is of unknown outcome and must be safe to be repeated.
 */
export const LARGE_WRITE = { timeoutMS: 10_000 } as const;
