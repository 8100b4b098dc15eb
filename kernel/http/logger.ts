import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * Structured logs of ids and codes. Personal values never get here: bodies and headers are not logged at all, and
 * queries, which may hold a name searched for, are cut off the address.
 */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
        }),
        res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
      },
    },
    destination,
  )
