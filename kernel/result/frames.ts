/** Where an error came up, a line a frame. What its message says stays out of logs: it may repeat what somebody sent. */
export const framesOf = (error: unknown): string[] =>
  (error instanceof Error ? (error.stack ?? '') : '')
    .split('\n')
    .flatMap(line => (/^\s+at /.test(line) ? [line.trim()] : []))
