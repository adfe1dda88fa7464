/** The wall clock as a port, so that tests and simulations decide what time it is. */
export type Clock = { now(): Date }

/** An instant in UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. The time a thing was recorded, never the time it is about. */
export type Instant = string
