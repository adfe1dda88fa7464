import { type Browser, chromium } from 'playwright-core'
import { inject } from 'vitest'

/** The browser of this run. Closing it here ends what this file opened in it, and no more. */
export const launchBrowser = (): Promise<Browser> => chromium.connect(inject('browserAddress'))
