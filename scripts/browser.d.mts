/** Finds a Chromium for the tests in the browser, or gets one. */
export declare function findBrowser(): string | undefined
