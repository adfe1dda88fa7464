import { z } from 'zod'

/** A key inside data that is shipped or typed by an organisation: lower case, parts by dot or hyphen. */
export const dataKey = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
